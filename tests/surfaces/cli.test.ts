import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { command } from '../support/command.ts';
import type { Ended } from '../support/server-process.ts';
import { bylawIn, type OwnedServer, ownedServer } from './server.ts';

/** The commands as a technician types them, against a server; in the long run, it runs in a separate process. */
let server: OwnedServer;
let folder: string;
let token: string;
let environment: Readonly<Record<string, string>>;
const runs: Ended[] = [];

async function bylaw(words: readonly string[], stdin = ''): Promise<Ended> {
  const run = await command(words, { folder, environment, stdin });
  runs.push(run);
  return run;
}

/** Runs the command in a separate process. */
async function bylawApart(words: readonly string[], stdin = ''): Promise<Ended> {
  const run = await bylawIn(folder, words, stdin);
  runs.push(run);
  return run;
}

beforeAll(async () => {
  server = await ownedServer(process.env.BYLAW_TEST === 'long');
  folder = mkdtempSync(join(tmpdir(), 'bylaw-commands-'));
  environment = { HOME: folder, XDG_CONFIG_HOME: join(folder, 'config') };
  token = await server.token('cli');
});
afterAll(async () => {
  await server?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

/** Runs a command that must succeed and parses its JSON output. */
async function answer<T>(schema: z.ZodType<T>, ...args: string[]): Promise<T> {
  const run = await bylaw([...args, '--json']);
  expect(run.err).toBe('');
  expect(run.code).toBe(0);
  return schema.parse(JSON.parse(run.out));
}
const id = z.object({ id: z.string() });

describe('signing in', () => {
  it('says how, where nobody signed in yet', async () => {
    const run = await bylawApart(['clients', 'list']);
    expect(run.code).toBe(3);
    expect(run.err).toMatch(/bylaw login/);
  });

  it('refuses a token that the server does not know, and keeps nothing', async () => {
    const run = await bylaw(['login', server.origin], 'byl_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n');
    expect(run.code).toBe(1);
    expect(run.err).toMatch(/does not know this token/);
    expect(existsSync(join(folder, 'config', 'bylaw', 'session.json'))).toBe(false);
  });

  it('refuses what is no token without repeating it', async () => {
    const run = await bylaw(['login', server.origin], 'hunter2-my-password\n');
    expect(run.code).toBe(3);
    expect(run.err).toMatch(/starts with “byl_”/);
    expect(run.err + run.out).not.toContain('hunter2');
  });

  it('refuses to send a token to another machine in the clear', async () => {
    const run = await bylaw(['login', 'http://bylaw.example.org'], `${token}\n`);
    expect(run.code).toBe(3);
    expect(run.err).toMatch(/not encrypted/);
  });

  it('takes the token from standard input and keeps it for this person only', async () => {
    const run = await bylawApart(['login', server.origin], `${token}\n`);
    expect(run.err).toBe('');
    expect(run.out).toMatch(/Signed in to .* as Olive Owner/);
    expect(statSync(join(folder, 'config', 'bylaw', 'session.json')).mode & 0o777).toBe(0o600);
    expect((await bylaw(['whoami'])).out).toContain('Olive Owner');
  });
});

describe('clients and controls', () => {
  it('adds a client with lists and plain options, lists and shows it', async () => {
    const made = await bylaw([
      ...['clients', 'create', '--name', 'Alder Society', '--claude-plan', 'team'],
      ...['--domains', 'alder.example.org', '--domains', 'alder.example.net', '--claude-seats', '20'],
    ]);
    expect(made.err).toBe('');
    expect(made.out).toContain('client: alder-society');
    const shown = await answer(
      z.object({
        profile: z.object({ domains: z.array(z.string()), claudeSeats: z.number() }).loose(),
      }),
      ...['clients', 'show', 'alder-society'],
    );
    expect(shown.profile.domains).toEqual(['alder.example.org', 'alder.example.net']);
    expect(shown.profile.claudeSeats).toBe(20);
    const list = await bylaw(['clients', 'list', '--attention', 'cannot_read']);
    expect(list.out).toMatch(/^client +name/m);
    expect(list.out).toMatch(/^alder-society +Alder Society/m);
  });

  it('filters the controls and shows one', async () => {
    const lines = await answer(
      z.object({ items: z.array(z.object({ id: z.string(), state: z.string() })), all: z.number() }),
      ...['controls', 'list', 'alder-society', '--state', 'cannot_read', '--severity', 'critical'],
    );
    expect(lines.items.length).toBeGreaterThan(0);
    expect(lines.items.length).toBeLessThan(lines.all);
    expect(new Set(lines.items.map(({ state }) => state))).toEqual(new Set(['cannot_read']));
    const first = lines.items[0]?.id ?? '';
    const run = await bylaw(['controls', 'show', 'alder-society', first]);
    expect(run.code).toBe(0);
    expect(run.out).toContain(`id: ${first}`);
    expect(run.out).toContain('state: cannot_read');
  });

  it('says what an option takes', async () => {
    const run = await bylaw(['controls', 'list', 'alder-society', '--state', 'green']);
    expect(run.code).toBe(3);
    expect(run.err).toMatch(/one of attention, fail/);
  });

  it("repeats the server's sentence for a client that is not there, and ends with 1", async () => {
    const run = await bylaw(['clients', 'show', 'no-such-client']);
    expect(run.code).toBe(1);
    expect(run.out).toBe('');
    expect(run.err).toBe(
      'There is nothing here that you can open. It may have been removed, or your role may not include it.\n',
    );
  });

  it('takes no name that would act on the terminal, and removes a client by its name', async () => {
    const input = { domains: ['red.example.org'], claudePlan: 'team' };
    const hostile = { ...input, name: 'Red \u001b[31mGuild\u009b2J \u202eevil\u2066' };
    expect((await server.call('POST', '/clients', hostile)).status).toBe(400);
    const name = 'Red Guild';
    const { body } = await server.call('POST', '/clients', { ...input, name });
    const { client } = z.object({ client: z.string() }).parse(body);
    // Removing a client requires its name, which the DELETE has in its body.
    expect((await bylaw(['clients', 'remove', client, '--name', 'Another'])).code).toBe(1);
    expect((await bylaw(['clients', 'remove', client, '--name', name])).out).toContain('removed: yes');
    expect((await bylaw(['clients', 'show', client])).code).toBe(1);
  });
});

describe('imports', () => {
  it('start, take files, are read, previewed and stored', async () => {
    writeFileSync(
      join(folder, 'who has claude.csv'),
      'Name,Email,Role,Seat type\nAda Quist,ada@alder.example.org,Primary Owner,Standard\nCleo Shaw,cleo@alder.example.org,User,Standard\n',
    );
    writeFileSync(
      join(folder, 'staff.csv'),
      'Full name,Work email,Status,Last day\nAda Quist,ada@alder.example.org,Active,\nCleo Shaw,cleo@alder.example.org,Terminated,2026-01-01\n',
    );
    // The day on which a file was saved is sent along, since it is the date of its rows.
    const saved = new Date(Date.now() - 3 * 86_400_000);
    utimesSync(join(folder, 'staff.csv'), saved, saved);
    const started = (await answer(id, 'imports', 'start', 'alder-society')).id;
    for (const file of ['who has claude.csv', 'staff.csv'])
      expect(
        await answer(
          z.object({ name: z.string(), bytes: z.number() }),
          ...['imports', 'add-file', 'alder-society', started, '--file', join(folder, file)],
        ),
      ).toEqual({ name: file, bytes: statSync(join(folder, file)).size });
    const read = await answer(
      z.object({ state: z.string(), problem: z.string().nullable() }),
      ...['imports', 'read', 'alder-society', started, '--wait'],
    );
    expect(read.problem).toBeNull();
    const preview = await answer(
      z.object({
        facts: z.number(),
        kinds: z.array(
          z.object({ kind: z.string(), after: z.object({ observedOn: z.string() }).loose().nullable() }),
        ),
        verdicts: z.object({ changes: z.array(z.object({ control: z.string() }).loose()) }),
      }),
      ...['imports', 'preview', 'alder-society', started],
    );
    expect(preview.kinds.map(({ kind }) => kind).sort()).toEqual(['members', 'roster']);
    expect(preview.kinds.find(({ kind }) => kind === 'roster')?.after?.observedOn).toBe(
      saved.toISOString().slice(0, 10),
    );
    expect(preview.verdicts.changes.length).toBeGreaterThan(0);
    const stored = await bylaw([
      ...['imports', 'store', 'alder-society', started, '--facts', String(preview.facts)],
    ]);
    expect(stored.err).toBe('');
    expect(stored.out).toContain('stored: yes');
    const people = await bylaw(['people', 'list', 'alder-society', '--json']);
    expect(people.out).toContain('cleo@alder.example.org');
  });

  it('says that there is no such file, and that a required word is missing', async () => {
    const started = (await answer(id, 'imports', 'start', 'alder-society')).id;
    const none = await bylaw(['imports', 'add-file', 'alder-society', started, '--file', 'nowhere.csv']);
    expect(none.code).toBe(3);
    expect(none.err).toMatch(/There is no file nowhere\.csv/);
    expect((await bylaw(['imports', 'store', 'alder-society', started])).err).toMatch(/--facts/);
  });

  it('take a file out again, by a DELETE', async () => {
    const started = (await answer(id, 'imports', 'start', 'alder-society')).id;
    const file = (
      await answer(
        id,
        ...['imports', 'add-file', 'alder-society', started, '--file', join(folder, 'staff.csv')],
      )
    ).id;
    expect((await bylaw(['imports', 'remove-file', 'alder-society', started, file])).out).toContain(
      'removed: yes',
    );
  });
});

describe('exceptions, reports and the audit log', () => {
  it('asks for an exception of a whole control', async () => {
    const control = 'CLA-ACC-07';
    const asked = await answer(
      z.object({ control: z.string(), state: z.string(), items: z.array(z.string()).nullable() }),
      ...['exceptions', 'request', 'alder-society', '--control', control, '--items', 'null'],
      ...['--until', new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)],
      ...['--reason', 'The new contract starts next month.', '--owner', 'Olive Owner'],
    );
    expect(asked).toMatchObject({ control, items: null });
    expect((await bylaw(['exceptions', 'list', 'alder-society'])).out).toContain(control);
  });

  it('makes a report and writes it to a file', async () => {
    const made = (await answer(id, 'reports', 'make', 'alder-society', '--title', 'Board, November')).id;
    const path = join(folder, 'board.pdf');
    const run = await bylaw([
      ...['reports', 'download', 'alder-society', made, '--format', 'pdf', '--out', path],
    ]);
    expect(run.err).toBe('');
    expect(run.out).toBe(`Written: ${path}\n`);
    expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-');
    expect(existsSync(`${path}.part`)).toBe(false);
    // A file name chosen by the server never overwrites a local file.
    expect((await bylaw(['reports', 'download', 'alder-society', made, '--format', 'json'])).code).toBe(0);
    const again = await bylaw(['reports', 'download', 'alder-society', made, '--format', 'json']);
    expect(again.code).toBe(3);
    expect(again.err).toMatch(/The file .* already exists\. Say where to write with --out\./);
    const piped = await bylawApart([
      ...['reports', 'download', 'alder-society', made, '--format', 'json', '--out', '-'],
    ]);
    expect(JSON.parse(piped.out)).toMatchObject({ schema: 'bylaw.report/1' });
  });

  it('exports the audit log and proves it without the server', async () => {
    const path = join(folder, 'audit.tar');
    expect((await bylaw(['audit', 'export', 'alder-society', '--out', path])).err).toBe('');
    const proved = await bylaw(['audit', 'verify', path]);
    expect(proved.out).toMatch(/^Proved: \d+ audit records of Alder Society/);
    expect(proved.code).toBe(0);
    const records = await answer(
      z.object({ items: z.array(z.object({ action: z.string(), actor: z.unknown() })) }),
      ...['audit', 'list', 'alder-society'],
    );
    expect(records.items.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['clients.create', 'imports.store', 'exceptions.request', 'reports.make']),
    );
  });
});

describe('the end', () => {
  it('says that the server cannot be reached', async () => {
    writeFileSync(
      join(folder, 'config', 'bylaw', 'session.json'),
      JSON.stringify({ server: 'http://127.0.0.1:1', token }),
    );
    const run = await bylawApart(['clients', 'list']);
    expect(run.code).toBe(3);
    expect(run.err).toMatch(/The server at http:\/\/127\.0\.0\.1:1 cannot be reached/);
  });

  it('forgets the token', async () => {
    expect((await bylaw(['logout'])).out).toMatch(/deleted here/);
    expect(existsSync(join(folder, 'config', 'bylaw', 'session.json'))).toBe(false);
  });

  it('showed the token nowhere', async () => {
    expect(runs.length).toBeGreaterThan(20);
    for (const { out, err } of runs) expect(out + err).not.toContain(token);
  });
});
