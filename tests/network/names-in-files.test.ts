import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom';
import { afterAll, expect, it } from 'vitest';
import { headerLines } from '#domain/network/header.ts';
import { MAKERS } from '#domain/network/makers/index.ts';
import { OURS } from '../../sandbox/anthropic/restriction.ts';
import { installed } from '../support/programs.ts';
import { restriction } from './lab.ts';

/** A client's name is a comment in every file, and in none of their languages anything else. */
const folder = mkdtempSync(join(tmpdir(), 'bylaw-names-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function made(way: string, file: string, name: string): string {
  const headers = headerLines(restriction, [OURS.id], null);
  if ('why' in headers) throw new Error('no header');
  const text = MAKERS[way]?.[file]?.({
    restriction,
    headers,
    forbidden: { tools: [], withoutHosts: [] },
    about: [`${name}: Charter version 3`, 'Made by Bylaw on Dec 2, 2026'],
    report: { server: 'https://bylaw.example', client: 'rowan' },
  });
  if (text === undefined) throw new Error(`There is no file ${file} of ${way}.`);
  return text;
}

const python = installed('python3');
it.skipIf(!python)('a name does not choose the encoding of a Python script and run as code', () => {
  writeFileSync(join(folder, 'mitmproxy.py'), 'class http: pass\n');
  const run = join(folder, 'ran');
  for (const name of [
    `coding:utf-7 +AAo-open(${JSON.stringify(run)},'w').close()+AAo-#`,
    'Guild of coding',
    '-*- coding: none-such -*-',
  ]) {
    writeFileSync(join(folder, 'claude.py'), made('mitmproxy', 'script', name));
    // mitmproxy loads a script as a module, so Python decodes all of it, the first line too.
    const code = `import claude, os; print(os.path.exists(${JSON.stringify(run)}))`;
    const { stdout, stderr } = spawnSync('python3', ['-B', '-c', code], { cwd: folder, encoding: 'utf8' });
    expect([name, stdout.trim(), stderr]).toEqual([name, 'False', '']);
  }
});

it('a name leaves the property list of a timer well formed', () => {
  const parser = new DOMParser({ onError: onErrorStopParsing });
  for (const name of ['Rowan --- Guild', 'a--->b', '--', '-', '<b>&']) {
    const text = made('device_test', 'launchd', name);
    const [, comment = ''] = /<!--([\s\S]*?)-->/.exec(text) ?? [];
    expect([name, comment.includes('--') || comment.endsWith('-')]).toEqual([name, false]);
    expect(parser.parseFromString(text, 'text/xml').documentElement?.tagName).toBe('plist');
  }
});

it('a name after REM is neither run nor expanded', () => {
  for (const name of ['& calc', '| calc', '%~', '%PATH%', '^', '> C:\\x', '(& calc)']) {
    const remarks = made('device_test', 'task', name)
      .split('\n')
      .filter((line) => line.startsWith('REM'));
    expect(remarks.length).toBeGreaterThan(1);
    for (const line of remarks) expect([name, line]).toEqual([name, expect.not.stringMatching(/[%&|<>^"]/)]);
  }
});
