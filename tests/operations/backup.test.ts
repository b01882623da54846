import { once } from 'node:events';
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readSettings } from '#features/server-settings.ts';
import { newDatabase, newDataDirectory, newDirectory } from '#store/testing.ts';
import { startServer } from '../../src/server/start.ts';
import { command } from '../support/command.ts';
import { builtConsole } from '../support/console-browser.ts';
import { freePort } from '../support/free-port.ts';
import {
  bylaw as apart,
  type Ended,
  type Server,
  start,
  started,
  Visitor,
} from '../support/server-process.ts';

const PASSWORD = 'four quiet wooden herons';
const MAIL = 'olive@msp.example';
const LIMIT = 600_000;
/** The long run also restores to PostgreSQL, starts a server on the restored data, and reads all that it shows. */
const LONG = process.env.BYLAW_TEST === 'long';

const control = z.looseObject({ id: z.string(), state: z.string(), since: z.string() });
const controls = z.object({ items: z.array(control) });
const check = z.object({ whole: z.boolean(), records: z.number(), head: z.unknown() });
const evidence = z.object({ items: z.array(z.object({ sha256: z.string(), name: z.string() })) });

/** Runs a command in this process. Each kind of command is also run once with {@link apart}, in a separate process. */
async function bylaw(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const plain = { PATH: process.env.PATH, XDG_CONFIG_HOME: '/nowhere' };
  return command(words, { folder: await newDirectory(), environment: { ...plain, ...environment } });
}

/**
 * Starts a server on existing data: in this process, which has already loaded the code, or in the long run in a
 * separate one. The first server of this file, and those that refuse to start, are always separate processes.
 */
async function startedAgain(dataDir: string, port?: number): Promise<Server> {
  if (LONG) return started({ BYLAW_DATA: dataDir }, port);
  const on = port ?? (await freePort());
  const settings = readSettings({ BYLAW_DATA: dataDir, BYLAW_PORT: String(on), BYLAW_LOG: 'silent' });
  const running = await startServer(settings, await builtConsole());
  const stop = () => running.close();
  return { origin: settings.origin, firstOwner: running.firstOwner, pid: process.pid, stop, kill: stop };
}

/** What a server returns about its client, its log and its files. */
async function shown(visitor: Visitor, server: Server, slug: string) {
  const files = await visitor.get(server, evidence, `/clients/${slug}/evidence`);
  const states: string[] = [];
  for (const { sha256 } of files.items) {
    const one = z.object({ state: z.string() });
    states.push((await visitor.get(server, one, `/clients/${slug}/evidence/${sha256}/verify`)).state);
  }
  return {
    controls: (await visitor.get(server, controls, `/clients/${slug}/controls`)).items,
    chain: await visitor.get(server, check, `/clients/${slug}/audit/check`),
    workspace: (await visitor.get(server, check, '/workspace/audit/check')).whole,
    files: files.items,
    states: [...new Set(states)],
  };
}

function code(secret: string, shift = 0): string {
  const app = new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 });
  return app.generate({ timestamp: Date.now() + shift * 30_000 });
}

/** Signs in with password and authenticator app in a new browser. */
async function signInWithApp(
  server: Server,
  secret: string,
  shift = 0,
  visitor = new Visitor(),
): Promise<number> {
  const first = await visitor.call(server, 'POST', '/sign-in/password', { email: MAIL, password: PASSWORD });
  const { data } = z.object({ data: z.object({ step: z.string() }) }).parse(first.body);
  const input = { step: data.step, code: code(secret, shift) };
  return (await visitor.call(server, 'POST', '/sign-in/code', input)).status;
}

/** Sends the start of a file on a connection that stays open and whose response is never read. */
async function beginFile(visitor: Visitor, server: Server, slug: string): Promise<Socket> {
  const made = z.object({ id: z.string() });
  const { id } = await visitor.ask(server, made, 'POST', `/clients/${slug}/imports`, {});
  const { port, host } = new URL(server.origin);
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  socket.write(
    [
      `PUT /api/v1/clients/${slug}/imports/${id}/files?name=staff.csv HTTP/1.1`,
      `host: ${host}`,
      `origin: ${server.origin}`,
      `cookie: ${visitor.cookie}`,
      'content-type: application/octet-stream',
      'content-length: 1000000',
      '',
      'Name,Email',
    ].join('\r\n'),
  );
  return socket;
}

describe('a server, backed up', () => {
  const olive = new Visitor();
  let dataDir: string;
  let server: Server;
  let port: number;
  let slug: string;
  let token: string;
  let secret: string;
  let before: Awaited<ReturnType<typeof shown>>;
  let file: string;

  const on = (folder: string) => ({ BYLAW_DATA: folder });

  beforeAll(async () => {
    dataDir = await newDataDirectory();
    port = await freePort();
    file = join(await newDirectory(), 'backup.tar');
    server = await started({ ...on(dataDir), BYLAW_TRUST_PROXY: '127.0.0.1' }, port);
    const owner = { token: server.firstOwner, name: 'Olive Owner', email: MAIL, password: PASSWORD };
    const from = { 'x-forwarded-for': '203.0.113.9' };
    await olive.ask(server, z.unknown(), 'POST', '/start/owner', owner, from);
    const client = z.object({ client: z.string() });
    slug = (await olive.ask(server, client, 'POST', '/sandbox', {})).client;
    const made = z.object({ secret: z.string() });
    token = (await olive.ask(server, made, 'POST', '/me/tokens', { name: 'Backup', purpose: 'backup' }))
      .secret;
    const begun = z.object({ enrolment: z.string(), secret: z.string() });
    const app = await olive.ask(server, begun, 'POST', '/me/totp', {});
    secret = app.secret;
    const first = { enrolment: app.enrolment, code: code(secret, -1) };
    await olive.ask(server, z.unknown(), 'POST', '/me/totp/confirm', first);
    before = await shown(olive, server, slug);
    expect(before.controls.length).toBeGreaterThan(50);
    expect(before.files.length).toBeGreaterThan(5);
    expect(before).toMatchObject({ states: ['whole'], workspace: true, chain: { whole: true } });
  }, LIMIT);
  afterAll(() => server.stop());

  it(
    'is the only one on its data directory, and the commands say so too',
    async () => {
      const second = await start(on(dataDir));
      expect(second).toMatchObject({
        code: 1,
        err: expect.stringContaining('is in use by the Bylaw server'),
      });
      for (const args of [
        ['recover', MAIL],
        ['keys', 'rotate'],
      ]) {
        const tried = await bylaw([...args, '--data', dataDir]);
        expect(tried).toMatchObject({ code: 3, err: expect.stringContaining('Stop it first') });
      }
      const unknown = await bylaw(['backup', file], on(dataDir));
      expect(unknown).toMatchObject({ code: 3, err: expect.stringContaining('bylaw login') });
    },
    LIMIT,
  );

  it('takes the address of a visitor from its reverse proxy', async () => {
    const sessions = z.object({ items: z.array(z.object({ ip: z.string() })) });
    expect((await olive.get(server, sessions, '/me/sessions')).items).toEqual([{ ip: '203.0.113.9' }]);
  });

  it(
    'gives a backup while it works, recorded, without the key',
    async () => {
      const signedIn = { ...on(dataDir), BYLAW_SERVER: server.origin, BYLAW_TOKEN: token };
      expect(await bylaw(['backup', file, '--with-key'], signedIn)).toMatchObject({
        code: 3,
        err: expect.stringContaining('never sent over the network'),
      });
      expect(apart(['backup', file], signedIn)).toMatchObject({ code: 0, err: '' });
      expect(await bylaw(['backup', file], signedIn)).toMatchObject({
        code: 3,
        err: expect.stringContaining('already exists'),
      });
      const key = (await readFile(join(dataDir, 'secret.key'), 'utf8')).split('\n')[1] ?? '';
      expect(key.length).toBeGreaterThan(40);
      expect((await readFile(file)).includes(key)).toBe(false);
      expect(await readdir(join(dataDir, 'sending'))).toEqual([]);
      const records = z.object({ items: z.array(z.object({ action: z.string() })) });
      const { items } = await olive.get(server, records, '/workspace/audit?limit=5');
      expect(items.map(({ action }) => action)).toContain('backup.make');
    },
    LIMIT,
  );

  it(
    'comes back elsewhere with the same verdicts, whole, and does not start without its key',
    async () => {
      const elsewhere = join(await newDirectory(), 'data');
      expect(await bylaw(['restore', file, '--data', elsewhere])).toMatchObject({
        code: 3,
        out: '',
        err: expect.stringContaining(
          `Put your copy of the key file at ${join(elsewhere, 'secret.key')} first`,
        ),
      });
      const done = apart(['restore', file, '--data', elsewhere, '--accept-unproven']);
      expect(done).toMatchObject({ code: 0, err: '' });
      expect(done.out).toContain('NOT PROVEN, but restored: ');
      // The command says what will not work before it starts.
      expect(done.out.indexOf('passwords of mail and sign-in stay closed')).toBeLessThan(
        done.out.indexOf('Restored into'),
      );
      expect(done.out).toMatch(/Audit log: \d+ chains, intact\./);
      expect(done.out).toContain('not in the backup');
      expect(await bylaw(['restore', file, '--data', elsewhere, '--accept-unproven'])).toMatchObject({
        code: 3,
        err: expect.stringContaining('There is data in'),
      });
      const keyless = await start(on(elsewhere));
      expect(keyless).toMatchObject({ code: 1, err: expect.stringMatching(/^The key file .* is missing/) });
      expect(await readdir(elsewhere)).not.toContain('secret.key');
      // src/features/keys always tests data that was sealed with another key.
      const wrong = { ...on(elsewhere), BYLAW_KEY: Buffer.alloc(32, 7).toString('base64') };
      if (LONG)
        expect(await start(wrong)).toMatchObject({
          code: 1,
          err: expect.stringContaining('is not in BYLAW_KEY'),
        });

      await copyFile(join(dataDir, 'secret.key'), join(elsewhere, 'secret.key'));
      const again = await startedAgain(elsewhere);
      expect(again.firstOwner).toBeNull();
      // Sessions, tokens and links from the time of the backup no longer work.
      expect((await olive.call(again, 'GET', '/me')).status).toBe(401);
      const withToken = { ...on(elsewhere), BYLAW_SERVER: again.origin, BYLAW_TOKEN: token };
      expect((await bylaw(['backup', join(elsewhere, 'b.tar')], withToken)).code).not.toBe(0);
      const back = new Visitor();
      expect(await signInWithApp(again, secret, 0, back)).toBe(201);
      expect(await shown(back, again, slug)).toEqual(before);
      const records = z.object({ items: z.array(z.object({ action: z.string() })) });
      const { items } = await back.get(again, records, '/workspace/audit?limit=5');
      expect(items.map(({ action }) => action)).toContain('backup.restore');
      await again.stop();
    },
    LIMIT,
  );

  it(
    'is proven by the key file alone: not when unsigned, changed and sealed again, or of another server',
    async () => {
      const elsewhere = await newDirectory();
      const keyFile = join(elsewhere, 'secret.key');
      await copyFile(join(dataDir, 'secret.key'), keyFile);
      const bytes = await readFile(file);
      const seal = bytes.lastIndexOf('bylaw-backup sha256 ');
      const [, , sha256 = '', , key = ''] = bytes.subarray(seal).toString('latin1').split(' ');
      const copy = join(elsewhere, 'copy.tar');
      const refused = async (line: string, why: string) => {
        await writeFile(copy, Buffer.concat([bytes.subarray(0, seal), Buffer.from(line)]));
        expect(await bylaw(['restore', copy, '--data', elsewhere])).toMatchObject({
          code: 3,
          out: '',
          err: expect.stringContaining(why),
        });
      };
      await refused(`bylaw-backup sha256 ${sha256}\n`, 'is not signed');
      const forged = `bylaw-backup sha256 ${sha256} key ${key} ed25519 ${'A'.repeat(86)}\n`;
      await refused(forged, 'someone changed the backup');
      await writeFile(keyFile, `${Buffer.alloc(32, 9).toString('base64')}\n`);
      expect(await bylaw(['restore', file, '--data', elsewhere])).toMatchObject({
        code: 3,
        err: expect.stringContaining('signed with a different key'),
      });
      expect(await readdir(elsewhere)).toEqual(['copy.tar', 'secret.key']);
    },
    LIMIT,
  );

  // src/store/backup always restores into both databases; this does the same by commands, next to a server.
  if (LONG)
    it(
      'comes back on PostgreSQL, where keys are rotated beside the running server',
      async () => {
        const elsewhere = { BYLAW_DATA: await newDirectory(), DATABASE_URL: await newDatabase() };
        const keyFile = join(elsewhere.BYLAW_DATA, 'secret.key');
        await copyFile(join(dataDir, 'secret.key'), keyFile);
        const done = await bylaw(['restore', file], elsewhere);
        expect(done).toMatchObject({ code: 0, err: '' });
        expect(done.out).toContain('Its signature is that of a key in');
        expect(done.out).toMatch(/Ended: 1 session, 1 token, /);
        const again = await started(elsewhere);
        const back = new Visitor();
        expect(await signInWithApp(again, secret, 0, back)).toBe(201);
        expect(await back.get(again, check, `/clients/${slug}/audit/check`)).toEqual(before.chain);
        expect(await shown(back, again, slug)).toEqual(before);
        const old = await readFile(keyFile, 'utf8');
        const rotated = apart(['keys', 'rotate'], elsewhere);
        expect(rotated).toMatchObject({
          code: 0,
          err: '',
          // The secrets of the authenticator app and of the sandbox's log server.
          out: expect.stringContaining('2 secrets were encrypted again'),
        });
        expect(await readFile(keyFile, 'utf8')).not.toContain(old.split('\n')[1]);
        expect(await signInWithApp(again, secret, 1)).toBe(201);
        const beside = join(await newDirectory(), 'beside.tar');
        expect(await bylaw(['backup', beside], elsewhere)).toMatchObject({ code: 0, err: '' });
        await again.stop();
      },
      LIMIT,
    );

  it(
    'is refused where the backup was damaged, and nothing is written',
    async () => {
      const bytes = await readFile(file);
      const at = Math.floor(bytes.length / 2);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      const damaged = join(await newDirectory(), 'damaged.tar');
      await writeFile(damaged, bytes);
      const empty = await newDirectory();
      expect(await bylaw(['restore', damaged, '--data', empty])).toMatchObject({
        code: 3,
        out: '',
        err: expect.stringContaining('changed after it was made'),
      });
      expect(await readdir(empty)).toEqual([]);
    },
    LIMIT,
  );

  // A request may take 15 minutes to arrive, but a server that is stopping does not wait for it.
  it(
    'ends when it is told to, although a file is still on its way and nobody reads an answer',
    async () => {
      const client = { name: 'Harrow Guild', domains: ['harrow.example.org'], claudePlan: 'team' };
      const made = z.object({ client: z.string() });
      const other = await olive.ask(server, made, 'POST', '/clients', client);
      const socket = await beginFile(olive, server, other.client);
      const closed = once(socket.resume(), 'close');
      // The server has received the start once it responds to a later request.
      expect((await olive.call(server, 'GET', '/me')).status).toBe(200);
      expect(socket.bytesRead).toBe(0);
      await server.stop();
      await closed;
    },
    LIMIT,
  );

  it(
    'rotates its key when stopped, keeps its sign-in, and lets nobody be locked out for good',
    async () => {
      const withKey = join(await newDirectory(), 'with-key.tar');
      expect(await bylaw(['backup', withKey, '--data', dataDir, '--with-key'])).toMatchObject({
        code: 0,
        err: '',
      });
      const old = await readFile(join(dataDir, 'secret.key'), 'utf8');
      expect(await bylaw(['keys', 'rotate', '--data', dataDir])).toMatchObject({ code: 0, err: '' });
      expect(await readFile(join(dataDir, 'secret.key'), 'utf8')).not.toContain(old.split('\n')[1]);
      const link = apart(['recover', MAIL, '--data', dataDir]);
      expect(link).toMatchObject({ code: 0, err: '' });
      expect(await bylaw(['recover', 'nobody@msp.example', '--data', dataDir])).toMatchObject({
        code: 3,
        out: '',
      });

      server = await startedAgain(dataDir, port);
      expect(await shown(olive, server, slug)).toEqual(before);
      expect(await signInWithApp(server, secret)).toBe(201);
      const input = { token: /#(\S+)/.exec(link.out)?.[1], password: 'seven loud copper geese' };
      expect((await new Visitor().call(server, 'POST', '/sign-in/reset', input)).status).toBe(201);

      // The backup from before the rotation contains its own key.
      const elsewhere = await newDirectory();
      expect(await bylaw(['restore', withKey, '--data', elsewhere])).toMatchObject({
        code: 3,
        err: expect.stringContaining('a key that is inside it'),
      });
      expect(await bylaw(['restore', withKey, '--data', elsewhere, '--accept-unproven'])).toMatchObject({
        code: 0,
        err: '',
      });
      expect(await readFile(join(elsewhere, 'secret.key'), 'utf8')).toBe(old);
      if (!LONG) return;
      const again = await started(on(elsewhere));
      expect(await signInWithApp(again, secret)).toBe(201);
      await again.stop();
    },
    LIMIT,
  );
});
