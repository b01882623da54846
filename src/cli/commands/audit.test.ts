import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exported, removedByRetention, sample } from '#features/audit/testing/sample.ts';
import { headOf } from '#store/audit.ts';
import { command } from '../../../tests/support/command.ts';
import type { Ended } from '../../../tests/support/server-process.ts';

const BYLAW = fileURLToPath(new URL('../../../bin/bylaw.js', import.meta.url));
let folder: string;
let head: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bylaw-verify-'));
  const created = await sample(folder);
  const whole = await exported(created);
  await writeFile(join(folder, 'whole.tar'), whole);
  const changed = Buffer.from(whole);
  changed[changed.indexOf('Rowan', changed.indexOf('"record":'))] = 'B'.charCodeAt(0);
  await writeFile(join(folder, 'changed.tar'), changed);
  await writeFile(
    join(folder, 'days.tar'),
    await exported(created, { from: '2026-11-21', evidence: 'without' }),
  );
  head = (await created.store.read('system', (tx) => headOf(tx, 'c-alder'))).hash;
  const [first = ''] = created.evidence;
  await removedByRetention(created, first, new Date('2026-11-23T12:00:00Z'));
  await writeFile(join(folder, 'removed.tar'), await exported(created));
  await writeFile(join(folder, 'before.tar'), await exported(created, { to: '2026-11-22' }));
  await created.store.close();
});
afterAll(() => rm(folder, { recursive: true }));

/** As on another machine: nothing of ours in the environment, no server and no data. */
const ENVIRONMENT = { PATH: process.env.PATH };
const verify = (...args: string[]): Promise<Ended> =>
  command(['audit', 'verify', ...args], { folder, environment: ENVIRONMENT });

/** The same in a process of its own. */
function verifyApart(...args: string[]): Ended {
  const result = spawnSync(process.execPath, [BYLAW, 'audit', 'verify', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: ENVIRONMENT,
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

it('proves an export and says what was proved', () => {
  const { code, out } = verifyApart('whole.tar');
  expect(out).toContain(
    'Proved: 3 audit records of Alder Society (c-alder), numbers 1 to 3, from the very first one, Nov 20, 2026, 12:00:00 PM UTC to Nov 22, 2026, 12:00:00 PM UTC.',
  );
  expect(out).toContain('3 evidence files are what their addresses say.');
  expect(out).toContain(`Last hash: ${head}`);
  expect(out).toContain('An export alone cannot show that no later records exist.');
  expect(code).toBe(0);
});

it('says which range an export covers and that evidence was left out', async () => {
  const { code, out } = await verify('days.tar', '--head', head.toUpperCase());
  expect(out).toContain(
    '2 audit records of Alder Society (c-alder), numbers 2 to 3, following record 1, which is not here',
  );
  expect(out).toContain('2 evidence files are listed and not part of this export.');
  expect(out).toContain('The noted hash is that of the last record.');
  expect(code).toBe(0);
});

it('says which evidence retention removed, and by which record', async () => {
  const { code, out } = await verify('removed.tar');
  expect(out).toContain('2 evidence files are what their addresses say.');
  expect(out).toContain(
    '“roster 0.CSV” is not here: removed by retention on Nov 23, 2026, recorded in record 4.',
  );
  expect(code).toBe(0);
  // Without that record it is only what the server said.
  const before = await verify('before.tar');
  expect(before.out).toContain('Record 4 would show it and is not in this export, so this is not proved.');
  expect(before.code).toBe(0);
});

it('ends with 1 and the first place that differs', async () => {
  const { code, out } = await verify('changed.tar');
  expect(out).toBe(
    'NOT PROVED. audit.jsonl, line 1: record 1 was changed: its text does not give the hash beside it.\n',
  );
  expect(code).toBe(1);
  const other = await verify('whole.tar', '--head', 'a'.repeat(64));
  expect(other.out).toContain(`No record of this export has the hash ${'a'.repeat(64)}.`);
  expect(other.code).toBe(1);
});

it('ends with 3 and says what to give instead', async () => {
  for (const [args, says] of [
    [['nowhere.tar'], 'is not there'],
    [['evidence'], 'Give the .tar file as it was exported'],
    [['whole.tar', '--head', 'abc'], 'a hash has 64 characters'],
  ] as const) {
    const { code, err } = await verify(...args);
    expect(err).toContain(says);
    expect(code).toBe(3);
  }
});
