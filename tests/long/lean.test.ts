import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { makeMigrated } from '#store/make-migrated.ts';
import { newDirectory } from '#store/testing.ts';
import { LEAN_ENVIRONMENT, LEAN_OPTIONS } from '../../src/server/lean.ts';

const module = (path: string) => JSON.stringify(fileURLToPath(new URL(path, import.meta.url)));
const PROGRAM = `
  import { readFileSync } from 'node:fs';
  import { setTimeout as wait } from 'node:timers/promises';
  import { collectOnce } from ${module('../../src/store/collect.ts')};
  import { openStore } from ${module('../../src/store/open.ts')};
  const store = await openStore({ dataDir: process.argv[1] });
  collectOnce();
  // What is in use much is compiled for speed in the background.
  await wait(6_000);
  // The parser is in use much, after the server gave back what its start left behind.
  const long = 'select ' + Array.from({ length: 1_000 }, (_, n) => n + ' + (' + n + ')').join(', ');
  await store.asOwner(async (session) => {
    for (let n = 0; n < 200; n += 1) await session.query('select 1 where false and exists (' + long + ')');
  });
  await wait(6_000);
  await store.close();
  const [, peak] = /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
  console.log(JSON.stringify({ peak: Number(peak) }));
`;

interface Start {
  /** Peak memory of the process, in KB, until its database has done some work and is idle. */
  readonly peak: number;
}

function started(dataDir: string): Start {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [...LEAN_OPTIONS, '--input-type=module', '--eval', PROGRAM, dataDir],
    { env: { ...process.env, ...LEAN_ENVIRONMENT }, encoding: 'utf8' },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Start;
}

// Only Linux reports a process's peak memory. This measures the database alone; the rest of the server takes about 100
// MB. A first start after `npm ci` copies the files of an empty database, so it needs no more than a later one.
it.runIf(process.platform === 'linux')(
  'opens a database, new or not, without needing hundreds of megabytes for a moment',
  async () => {
    await makeMigrated();
    const dataDir = join(await newDirectory(), 'data');
    for (const { peak } of [started(dataDir), started(dataDir)]) {
      expect(peak).toBeLessThan(280_000);
    }
  },
);
