import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compareOthers } from './others.ts';

const documents = [
  { text: 'db_password = "Winter2026#Gala"\n', secret: true },
  { text: 'The board met and approved the minutes.\n', secret: false },
  { text: 'The key is on the desk.\n', secret: false },
  { text: 'pwd: Summer2026!x\n', secret: true },
];
const ours = { flagged: new Set([0, 3]), seconds: 1 };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bylaw-path-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function compared(): readonly string[] {
  const notes: string[] = [];
  compareOthers(documents, ours, (text) => notes.push(text), folder);
  return notes;
}

function program(name: string, script: string): void {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

it('names the scanners that are not installed, and compares nothing with them', () => {
  expect(compared()).toEqual([
    '(4 documents, 2 with a password or key: ours finds 1.000 of them, and 1.000 of what it names is right)',
    '(gitleaks is not installed and not compared: apt install gitleaks)',
    '(secretlint is not installed and not compared: npm install --global secretlint @secretlint/secretlint-rule-preset-recommend)',
  ]);
});

it('reports what an installed scanner finds and what share of it is correct', () => {
  program('gitleaks', `echo '[{"File":"0.txt"},{"File":"2.txt"},{"File":"0.txt"}]' > "$8"`);
  program(
    'secretlint',
    `echo '[{"filePath":"/x/3.txt","messages":[{}]},{"filePath":"/x/1.txt","messages":[]}]'`,
  );
  const [, gitleaks, secretlint] = compared();
  expect(gitleaks).toMatch(
    /^\(gitleaks finds 0\.500 of them, and 0\.500 of what it names is right; it takes /u,
  );
  expect(secretlint).toMatch(/^\(secretlint finds 0\.500 of them, and 1\.000 of what it names is right; /u);
});

it('says why an installed scanner could not be compared', () => {
  program('gitleaks', 'echo "no such command: detect" >&2; exit 2');
  expect(compared()[1]).toBe('(gitleaks could not be compared: no such command: detect)');
});
