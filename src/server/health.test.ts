import { join } from 'node:path';
import { expect, it } from 'vitest';
import { embeddedEngine } from '#store/engine/embedded.ts';
import { StorageFull } from '#store/engine/problems.ts';
import { storeOn } from '#store/open.ts';
import { newDataDirectory } from '#store/testing.ts';
import { testConsole } from './testing/console.ts';

it('says that it is ready only while something can be written', async () => {
  let free = Number.POSITIVE_INFINITY;
  const engine = await embeddedEngine({
    directory: join(await newDataDirectory(), 'database'),
    thread: 'same',
    freeBytes: async () => free,
  });
  const bylaw = await testConsole({ store: await storeOn(engine) });
  const status = async (url: string) => (await bylaw.inject({ method: 'GET', url })).status;
  expect([await status('/livez'), await status('/readyz'), await status('/healthz')]).toEqual([
    200, 200, 200,
  ]);
  free = 1_000_000;
  // An answer counts for a second, and a disk with ample room for a quarter of one.
  await expect.poll(() => status('/readyz')).toBe(503);
  expect(await status('/healthz')).toBe(503);
  expect(await status('/livez')).toBe(200);
  const { body } = await bylaw.inject({ method: 'GET', url: '/readyz' });
  expect(body.problem).toBe(new StorageFull(engine.place).message);
  free = Number.POSITIVE_INFINITY;
  await expect.poll(() => status('/readyz')).toBe(200);
  await bylaw.close();
});
