import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newDirectory } from '#store/testing.ts';
import { runInProcess } from './process.ts';

const FILE = new URL('./testing/killed-process.ts', import.meta.url);
const BOUNDS = { heapMb: 64, maxMs: 60_000 };
const RETRY_MS = 10;
const input = async (always: boolean) => ({ seen: join(await newDirectory(), 'seen'), always });

it('retries once what the kernel ended for lack of memory', async () => {
  const created = await runInProcess(FILE, await input(false), BOUNDS, RETRY_MS);
  expect(Buffer.from(created).toString()).toBe('made');
});

it('says that there is too little memory if it is ended again', async () => {
  await expect(runInProcess(FILE, await input(true), BOUNDS, RETRY_MS)).rejects.toMatchObject({
    code: 'too_much_memory',
  });
});
