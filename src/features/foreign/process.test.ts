import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

it('leaves the server running if the process cannot start', () => {
  const script = `
    import { runInProcess } from ${JSON.stringify(new URL('./process.ts', import.meta.url).href)};
    process.execPath = '/no-such-program';
    const outcome = await runInProcess(new URL(${JSON.stringify(FILE.href)}), {}, ${JSON.stringify(BOUNDS)}).catch(({ code }) => code);
    await new Promise((resolve) => setImmediate(resolve));
    console.log(outcome);`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    encoding: 'utf8',
  });
  expect([stdout.trim(), stderr]).toEqual(['ENOENT', '']);
});
