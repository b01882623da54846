import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { lockDirectory } from './lock.ts';
import { newDirectory } from './testing.ts';

it('lets one server in, tells the second who holds the directory, and lets the next in after it', async () => {
  const directory = await newDirectory();
  const first = await lockDirectory(directory);
  await expect(lockDirectory(directory)).rejects.toMatchObject({
    code: 'in_use',
    message: expect.stringMatching(
      new RegExp(
        `^This data directory is in use by the Bylaw server with process id ${process.pid}, started \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC\\. Stop it first, or choose another directory with BYLAW_DATA\\.$`,
      ),
    ),
  });
  await first.release();
  await (await lockDirectory(directory)).release();
});

it('holds against another process, and is free at once when that process is killed', async () => {
  const directory = await newDirectory();
  const holder = await holdInChild(directory);
  await expect(lockDirectory(directory)).rejects.toThrow(`process id ${holder.pid}`);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const next = await lockDirectory(directory);
  expect(JSON.parse(await readFile(join(directory, 'server.json'), 'utf8'))).toMatchObject({
    pid: process.pid,
  });
  await next.release();
});

it('is not misled by a note that a killed server left, even when its process id lives again', async () => {
  const directory = await newDirectory();
  await writeFile(
    join(directory, 'server.json'),
    JSON.stringify({ pid: process.pid, started: '2020-01-01T00:00:00Z' }),
  );
  await (await lockDirectory(directory)).release();
});

it('lets exactly one of many in that start at once', async () => {
  const directory = await newDirectory();
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockDirectory(directory)));
  expect(tries.filter((attempt) => attempt.status === 'fulfilled')).toHaveLength(1);
});

async function holdInChild(directory: string): Promise<ChildProcess> {
  const code = `const { lockDirectory } = await import(${JSON.stringify(resolve(import.meta.dirname, 'lock.ts'))});
    await lockDirectory(${JSON.stringify(directory)}); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}
