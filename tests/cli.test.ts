import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ASSOCIATION } from '../sandbox/generate.ts';
import { type Report, reportSchema } from '../src/features/reports/model.ts';
import { command } from './support/command.ts';
import type { Ended } from './support/server-process.ts';

const BYLAW = fileURLToPath(new URL('../bin/bylaw.js', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bylaw-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const bylaw = (...args: string[]): Promise<Ended> => command(args, { folder, environment: process.env });

/** Runs the command in a separate process. */
function bylawApart(...args: string[]): Ended {
  const result = spawnSync(process.execPath, [BYLAW, ...args], { cwd: folder, encoding: 'utf8' });
  return { code: result.status, out: result.stdout, err: result.stderr };
}
const write = (name: string, text: string | Uint8Array) => {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
};
const report = (name = 'out.json'): Report =>
  reportSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
const stateOf = (r: Report, id: string) => r.controls.find((control) => control.id === id)?.state;

const PROFILE =
  'name: Rowan Guild\ndomains: [rowan.example.org]\nclaudePlan: team\nm365: business_premium\nswg: none\nsiem: none\ntimezone: America/New_York\nasOf: 2026-11-24\n';
const MEMBERS =
  'Name,Email,Role,Seat type\nAda Quist,ada@rowan.example.org,Primary Owner,Standard\nBen Rook,ben@rowan.example.org,User,Standard\nCleo Shaw,cleo@rowan.example.org,User,Standard\n';
const ROSTER =
  'Full name,Work email,Status,Last day\nAda Quist,ada@rowan.example.org,Active,\nBen Rook,ben@rowan.example.org,Active,\nCleo Shaw,cleo@rowan.example.org,Terminated,2026-11-01\n';

describe('bylaw assess', () => {
  it('gives a stranger’s folder true verdicts, whatever the files are called', async () => {
    write('files/old/xyz.dat', MEMBERS);
    write('files/q1 (final).txt', ROSTER);
    write('files/notes.md', '# Notes\nNothing of interest.\n');
    write('p.yaml', PROFILE);
    const run = bylawApart('assess', 'files', '--profile', 'p.yaml', '--report', 'out.json');
    expect(run.err).toBe('');
    expect(run.code).toBe(1);
    expect(run.out).toContain('old/xyz.dat: members file, 3 rows');
    expect(run.out).toContain('q1 (final).txt: staff roster, 3 rows');
    expect(run.out).toContain('notes.md: not placed');
    const r = report();
    expect(r.people.leavers.map((person) => [person.email, person.days])).toEqual([
      ['cleo@rowan.example.org', 23],
    ]);
    const seats = r.controls.find((control) => control.id === 'CLA-ACC-07');
    expect(seats?.state).toBe('fail');
    expect(seats?.reason).toContain('Cleo Shaw');
    expect(seats?.items[0]?.observations.map((o) => [o.file, o.row])).toEqual([
      ['old/xyz.dat', 4],
      ['q1 (final).txt', 4],
    ]);
    expect(r.notRead.map((entry) => entry.kind)).toContain('charter');
  });

  it('keeps what it cannot read apart from what holds, and says what to bring', async () => {
    write('files/members.csv', MEMBERS);
    write('p.yaml', PROFILE);
    const run = await bylaw('assess', 'files', '--profile', 'p.yaml', '--report', 'out.json');
    expect([1, 2]).toContain(run.code);
    const seats = report().controls.find((control) => control.id === 'CLA-ACC-07');
    expect(seats?.state).toBe('cannot_read');
    expect(seats?.reason).toContain('staff roster has not been provided');
    expect(seats?.question).toContain('HR');
  });

  it('lets readings go stale with the day, also for files that were saved long ago', async () => {
    write('files/members.csv', MEMBERS);
    write('files/roster.csv', ROSTER);
    write('p.yaml', PROFILE);
    const old = new Date('2026-08-01T12:00:00Z');
    utimesSync(join(folder, 'files/members.csv'), old, old);
    await bylaw('assess', 'files', '--profile', 'p.yaml', '--report', 'out.json');
    expect(report().controls.find((control) => control.id === 'CLA-ACC-07')).toMatchObject({
      state: 'cannot_read',
    });
    expect(report().controls.find((control) => control.id === 'CLA-ACC-07')?.reason).toContain(
      '115 days old',
    );
    await bylaw('assess', 'files', '--profile', 'p.yaml', '--as-of', '2026-08-20', '--report', 'then.json');
    expect(report('then.json').asOf).toBe('2026-08-20');
  });

  it('refuses a malformed file with one sentence, decides without it, and answers 3', async () => {
    write('files/members.csv', MEMBERS);
    write('files/roster.csv', Buffer.from(`${ROSTER}\0\0`));
    write('p.yaml', PROFILE);
    const run = await bylaw('assess', 'files', '--profile', 'p.yaml', '--report', 'out.json');
    expect(run.code).toBe(3);
    expect(run.out).toMatch(/roster\.csv: refused\. .+/);
    const r = report();
    expect(r.files.find((file) => file.file === 'roster.csv')?.outcome).toBe('malformed');
    expect(stateOf(r, 'CLA-ACC-07')).toBe('cannot_read');
  });

  it('names unknown keys of the profile and writes nothing', async () => {
    write('files/members.csv', MEMBERS);
    write('p.yaml', `${PROFILE}seats: 3\n`);
    const run = await bylaw('assess', 'files', '--profile', 'p.yaml', '--report', 'out.json');
    expect(run.code).toBe(3);
    expect(run.err).toContain('seats');
    expect(run.err).toContain('9');
    expect(readdirSync(folder)).not.toContain('out.json');
  });

  it.each([
    [['assess', 'nowhere', '--profile', 'p.yaml'], 'is not a folder'],
    [['assess', 'files', '--profile', 'gone.yaml'], 'cannot be read'],
    [
      ['assess', 'files', '--profile', 'p.yaml', '--report', 'out.docx'],
      'must end in .html, .pdf, .xlsx, .json',
    ],
    [
      ['assess', 'files', '--profile', 'p.yaml', '--as-of', '24/11/2026'],
      'not a date of the form YYYY-MM-DD',
    ],
    [['assess', 'files', '--profile', 'p.yaml', '--map', 'people=members.csv'], 'is no kind of file'],
    [
      ['assess', 'files', '--profile', 'p.yaml', '--since', 'files/members.csv'],
      'is not a JSON report of Bylaw',
    ],
    [['assess', 'files'], '--profile'],
  ])('says in one sentence what is wrong with %j', async (args, says) => {
    write('files/members.csv', MEMBERS);
    write('p.yaml', PROFILE);
    const run = await bylaw(...args);
    expect(run.code).toBe(3);
    expect(run.err).toContain(says);
    expect(run.err).not.toContain('    at ');
  });

  it('follows --map where content does not tell', async () => {
    write('files/a.csv', 'x,y\nada@rowan.example.org,Ada Quist\n');
    write('files/members.csv', MEMBERS);
    write('p.yaml', PROFILE);
    await bylaw(
      'assess',
      'files',
      '--profile',
      'p.yaml',
      '--map',
      'roster=files/a.csv',
      '--report',
      'out.json',
    );
    expect(report().files.find((file) => file.file === 'a.csv')).toMatchObject({
      kind: 'roster',
      outcome: 'taken',
    });
  });

  it('writes all forms and the appendix, and the same bytes for the same input and day', async () => {
    cpSync(ASSOCIATION, join(folder, 'alder'), { recursive: true });
    const forms = ['html', 'pdf', 'xlsx', 'json'];
    const args = (name: string) => [
      ...['assess', 'alder', '--profile', 'alder/client.yaml'],
      ...forms.flatMap((form) => ['--report', `${name}.${form}`]),
    ];
    expect(bylawApart(...args('one'), '--appendix', 'one-appendix.pdf').code).toBe(1);
    expect((await bylaw(...args('two'))).code).toBe(1);
    for (const form of forms) {
      const first = readFileSync(join(folder, `one.${form}`));
      expect(first.length, form).toBeGreaterThan(1000);
      expect(first.equals(readFileSync(join(folder, `two.${form}`))), form).toBe(true);
    }
    const pages = (name: string) =>
      readFileSync(join(folder, name))
        .toString('latin1')
        .match(/\/Type \/Page\b/g)?.length ?? 0;
    expect(pages('one.pdf')).toBeGreaterThanOrEqual(6);
    expect(pages('one.pdf')).toBeLessThanOrEqual(9);
    expect(pages('one-appendix.pdf')).toBeGreaterThan(20);
    const words = readFileSync(join(folder, 'one.html'), 'utf8');
    expect(words).toContain('Three former staff can still open Claude.');
    expect(words).not.toMatch(/CLA-|\.ya?ml\b|SIEM_|undefined/);
  });

  it('writes its reports also when the reader of its output has gone', async () => {
    write('files/members.csv', MEMBERS);
    write('p.yaml', PROFILE);
    const pipe = `"${process.execPath}" "${BYLAW}" assess files --profile p.yaml --report out.json | head -n 1`;
    spawnSync('sh', ['-c', pipe], { cwd: folder, encoding: 'utf8' });
    expect(report().client.name).toBe('Rowan Guild');
  });

  it('takes a profile in JSON', async () => {
    write('files/members.csv', MEMBERS);
    write(
      'p.json',
      JSON.stringify({
        name: 'Rowan Guild',
        domains: ['rowan.example.org'],
        claudePlan: 'team',
        asOf: '2026-11-24',
      }),
    );
    expect((await bylaw('assess', 'files', '--profile', 'p.json', '--report', 'out.json')).err).toBe('');
    expect(report().client.m365).toBe('Not stated');
  });

  it('says what has changed since an earlier report', async () => {
    write('files/members.csv', MEMBERS);
    write('files/roster.csv', ROSTER);
    write('p.yaml', PROFILE);
    await bylaw('assess', 'files', '--profile', 'p.yaml', '--report', 'before.json');
    write('files/members.csv', MEMBERS.replace(/Cleo.*\n/, ''));
    await bylaw('assess', 'files', '--profile', 'p.yaml', '--since', 'before.json', '--report', 'out.json');
    const changes = report().changes;
    expect(changes?.lines).toContain('People who have left but still hold a seat: 1 then, 0 now.');
    expect(changes?.controls.find((change) => change.control === 'CLA-ACC-07')).toMatchObject({
      from: 'fail',
      to: 'pass',
    });
  });

  it('keeps strangers’ names from reaching the terminal as commands', async () => {
    write('files/members.csv', MEMBERS.replace('Cleo Shaw', '"\u001B[31mCleo\u202E Shaw"'));
    write('files/roster.csv', ROSTER);
    write('p.yaml', PROFILE);
    const run = await bylaw('assess', 'files', '--profile', 'p.yaml');
    expect(run.out).not.toContain('\u001B');
    expect(run.out).not.toContain('\u202E');
  });
});

describe('other commands', () => {
  it('init writes templates that work and leaves what is there', async () => {
    write('acme/client.yaml', PROFILE);
    const run = await bylaw('init', 'acme');
    expect(run.code).toBe(0);
    expect(run.out).toContain('Left');
    expect(readFileSync(join(folder, 'acme/client.yaml'), 'utf8')).toBe(PROFILE);
    expect(statSync(join(folder, 'acme/charter.yaml')).size).toBeGreaterThan(500);
    const assessed = await bylaw('assess', 'acme', '--profile', 'acme/client.yaml', '--report', 'out.json');
    expect(assessed.code).toBe(2);
    // The profile's licenses are the only input, and the profile is not a reading.
    const passing = report().controls.filter((control) => control.state === 'pass');
    expect(
      passing.flatMap((control) => control.observations.map((o) => o.kind)).filter((kind) => kind !== 'plan'),
    ).toEqual([]);
  });

  it('catalogue show opens a control by its short id, and lint finds nothing', async () => {
    const shown = await bylaw('catalogue', 'show', 'acc-07');
    expect(shown.code).toBe(0);
    expect(shown.out).toContain('CLA-ACC-07');
    expect(shown.out).toContain('How to fix');
    expect((await bylaw('catalogue', 'show', 'nothing')).code).toBe(3);
    const outlook = await bylaw('catalogue', 'show', 'microsoft365_outlook');
    expect(outlook.out).toContain('Reaches          Mail, calendar, member data');
    expect(outlook.out).toContain('Verified domain  Can be tied to verified domains (Enterprise)');
    expect(outlook.out).toMatch(
      /send +blocked Send email {2}\(Mail\.Send\) {2}Always allow is not offered\./,
    );
    expect((await bylaw('catalogue', 'show', 'workato')).out).toContain(
      'Reaches          The vendor does not say',
    );
    // The charter template sends people here for the ids of clauses.
    expect((await bylaw('catalogue', 'show', 'clauses')).out).toMatch(/^no_member_data +required +\S/m);
    expect((await bylaw('catalogue', 'lint')).code).toBe(0);
  });
});
// Guide: G2.1-02 G2.2-08 G2.2-12 G5.5-05 G6.6-03 G7.1-02 GB-10
