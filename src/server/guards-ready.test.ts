import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { readyHooks } from '#features/dlp/hook/door.ts';
import { warmScanner } from '#features/dlp/scanning/scanner.ts';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { startIcap } from './icap.ts';

let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

/** As after a start: threads belong to the catalogue that was loaded. */
const started = (): Catalogue => ({ ...bylaw.services.catalogue });
/** Whether the thread that looks through what comes is ready by now. */
const isReady = (catalogue: Catalogue) =>
  Promise.race([warmScanner(catalogue).then(() => true), setImmediate(false)]);

it('is ready once a guard was set up', async () => {
  for (const guard of ['hook', 'icap']) {
    const catalogue = started();
    Object.assign(bylaw.services, { catalogue });
    const { slug } = await bylaw.client(`Alder ${guard}`, { claudePlan: 'enterprise' });
    const { status } = await bylaw.owner.call('PUT', `/clients/${slug}/dlp/${guard}`, {
      version: 0,
      mode: 'watch',
    });
    expect([guard, status, await isReady(catalogue)]).toEqual([guard, 200, true]);
  }
});

it('is ready when a server with guards takes what comes', async () => {
  const hooks = { ...bylaw.services, catalogue: started() };
  await readyHooks(hooks);
  expect(await isReady(hooks.catalogue)).toBe(true);
  const proxies = { ...bylaw.services, catalogue: started() };
  const icap = await startIcap(proxies, { host: '127.0.0.1', port: 0, from: ['127.0.0.1'], tls: null });
  expect(await isReady(proxies.catalogue)).toBe(true);
  await icap.close(0);
});

it('is waited for at a start as long as it takes, on a busy machine more than the ten seconds of Fastify', () => {
  expect(bylaw.app.initialConfig.pluginTimeout).toBe(0);
});
