import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportSchema } from '../src/features/reports/model.ts';
import { command } from './support/command.ts';
import { nameServer } from './support/name-server.ts';
import type { Ended } from './support/server-process.ts';

const BYLAW = fileURLToPath(new URL('../bin/bylaw.js', import.meta.url));
let folder: string;
let server: Awaited<ReturnType<typeof nameServer>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bylaw-dns-'));
  mkdirSync(join(folder, 'files'));
  server = await nameServer({
    'rowan.example.org': [['v=spf1 -all'], ['anthropic-domain-verification-', 'abc123']],
    'bare.example.org': [],
    'broken.example.org': 2,
  });
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const bylaw = (...args: string[]): Promise<Ended> => command(args, { folder, environment: process.env });

/** Runs the command in a separate process. */
function bylawApart(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [BYLAW, ...args], { cwd: folder }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

describe('DNS from the command line', () => {
  it('distinguishes verified, missing and unanswered, by words and by exit code', async () => {
    const check = (domain: string) =>
      bylaw('dns', 'check', domain, '--resolver', server.address, '--timeout', '1');
    const verified = {
      code: 0,
      out: expect.stringContaining('anthropic-domain-verification-abc123'),
    };
    expect(await check('rowan.example.org')).toMatchObject(verified);
    const words = ['dns', 'check', 'rowan.example.org', '--resolver', server.address, '--timeout', '1'];
    expect(await bylawApart(...words)).toMatchObject(verified);
    expect(await check('bare.example.org')).toMatchObject({
      code: 1,
      out: expect.stringContaining('no TXT record'),
    });
    expect(await check('gone.example.org')).toMatchObject({
      code: 1,
      out: expect.stringContaining('does not exist'),
    });
    expect(await check('broken.example.org')).toMatchObject({
      code: 2,
      out: expect.stringContaining('nothing can be said'),
    });
    expect(await bylaw('dns', 'check', 'not a domain')).toMatchObject({ code: 3 });
    expect(await bylaw('dns', 'check', 'rowan.example.org', '--resolver', 'nonsense')).toMatchObject({
      code: 3,
    });
  });

  it.each([
    ['rowan.example.org', 'pass'],
    ['bare.example.org', 'fail'],
    ['broken.example.org', 'cannot_read'],
  ])('assess --resolver looks %s up and decides: %s', async (domain, state) => {
    writeFileSync(
      join(folder, 'p.yaml'),
      `name: Rowan Guild\ndomains: [${domain}]\nclaudePlan: team\ntimezone: America/New_York\n`,
    );
    await bylaw(
      'assess',
      'files',
      '--profile',
      'p.yaml',
      '--resolver',
      server.address,
      '--report',
      'out.json',
    );
    const report = reportSchema.parse(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')));
    expect(report.controls.find((control) => control.id === 'CLA-ACC-10')).toMatchObject({ state });
    expect(report.files.map((file) => [file.file, file.kind])).toEqual([['live DNS look-up', 'dns']]);
  });

  it('does not let an answer of today speak for a past day', async () => {
    await bylaw(
      'assess',
      'files',
      '--profile',
      'p.yaml',
      '--as-of',
      '2026-01-15',
      '--resolver',
      server.address,
      '--report',
      'past.json',
    );
    const report = reportSchema.parse(JSON.parse(readFileSync(join(folder, 'past.json'), 'utf8')));
    expect(report.controls.find((control) => control.id === 'CLA-ACC-10')?.state).toBe('cannot_read');
  });

  it('saves an answer that counts when it is put into the folder', async () => {
    await bylaw(
      'dns',
      'check',
      'rowan.example.org',
      '--resolver',
      server.address,
      '--out',
      'files/answer.json',
    );
    writeFileSync(
      join(folder, 'p.yaml'),
      'name: Rowan Guild\ndomains: [rowan.example.org]\nclaudePlan: team\n',
    );
    await bylaw('assess', 'files', '--profile', 'p.yaml', '--report', 'saved.json');
    const report = reportSchema.parse(JSON.parse(readFileSync(join(folder, 'saved.json'), 'utf8')));
    expect(report.controls.find((control) => control.id === 'CLA-ACC-10')?.state).toBe('pass');
  });
});
