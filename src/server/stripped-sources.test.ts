import { execFileSync } from 'node:child_process';
import { hash, randomUUID } from 'node:crypto';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { newDirectory } from '#store/testing.ts';
import { LEAN_ENVIRONMENT } from './lean.ts';

const STRIPPED_FOLDER = fileURLToPath(new URL('../../node_modules/.cache/bylaw/stripped/', import.meta.url));

/** Runs a program as a server's process would, and returns what it printed. */
function run(file: string): string {
  return execFileSync(process.execPath, [file], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...LEAN_ENVIRONMENT },
  });
}

it('runs each source as it is now, and loads the TypeScript compiler only for what it has not kept', async () => {
  const program = join(await newDirectory(), 'program.ts');
  const source = (answer: string) => `
    import { Worker, isMainThread } from 'node:worker_threads';
    const answer: string = '${answer}';
    const compiled = (process as unknown as { moduleLoadList: string[] }).moduleLoadList.some((name) => name.includes('amaro'));
    console.log(answer, isMainThread ? 'main' : 'thread', compiled);
    if (isMainThread) new Worker(new URL(import.meta.url), { execArgv: [] });
  `;
  const first = source(randomUUID());
  writeFileSync(program, first);
  expect(run(program)).toMatch(/main true\n.* thread false\n$/);
  expect(run(program)).toMatch(/main false\n.* thread false\n$/);
  const answer = randomUUID();
  writeFileSync(program, source(answer));
  expect(run(program)).toBe(`${answer} main true\n${answer} thread false\n`);
  // A crash cut the kept text off.
  const kept = `${STRIPPED_FOLDER}${hash('sha256', source(answer))}.js`;
  truncateSync(kept, 40);
  expect(run(program)).toBe(`${answer} main true\n${answer} thread false\n`);
  expect(readFileSync(kept, 'utf8')).toContain(answer);
});
