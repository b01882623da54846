import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { appendAudit, headOf } from '#store/audit.ts';
import { CLIENT, exported, sample } from '../testing/sample.ts';

const HAS_PYTHON = spawnSync('python3', ['--version']).error === undefined;
const HAS_TAR = spawnSync('tar', ['--version']).error === undefined;
let folder: string;
let head: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bylaw-readme-'));
  const created = await sample(folder);
  // Letters outside the alphabet of English, and separators that some programs take for line ends.
  await created.store.write([CLIENT.id], (tx) =>
    appendAudit(tx, {
      chain: CLIENT.id,
      actor: { kind: 'user', id: 'u1', name: 'Zoë 協会 🌳\u2028\u0085\n' },
      action: 'clients.edit',
      subject: { kind: 'client', id: CLIENT.id },
      at: new Date('2026-11-23T12:00:00Z'),
    }),
  );
  head = (await created.store.read([CLIENT.id], (tx) => headOf(tx, CLIENT.id))).hash;
  await writeFile(join(folder, 'export.tar'), await exported(created));
  await created.store.close();
});
afterAll(() => rm(folder, { recursive: true }));

it.skipIf(!HAS_TAR || !HAS_PYTHON)('gives steps that work for proving the records with Python', async () => {
  const run = (program: string, ...args: string[]) =>
    spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  expect(run('tar', '-xf', 'export.tar').status).toBe(0);
  const readme = run('cat', 'README.txt').stdout;
  const script = readme
    .split('\n')
    .filter((line) => line.startsWith('    ') && !line.includes('bylaw audit'));
  const program = script.map((line) => line.slice(4)).slice(0, 8);
  await writeFile(join(folder, 'prove.py'), program.join('\n'));
  expect(run('python3', 'prove.py').stdout).toBe(`whole; the last hash is ${head}\n`);
  expect(readme).toContain(head);
  expect(run('sha256sum', '--check', 'manifest.sha256').stdout).toContain('manifest.json: OK');
  expect(run('sed', '-i', '2s/Rowan/Robin/', 'audit.jsonl').status).toBe(0);
  expect(run('python3', 'prove.py').status).not.toBe(0);
});
