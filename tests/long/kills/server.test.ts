import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { openStore } from '#store/open.ts';
import { eachEngine } from '#store/testing.ts';
import { freePort } from '../../support/free-port.ts';
import { type Api, apiOf, WrongAnswer } from './api.ts';
import { type Brought, bringNext, bringRoster, importsHold } from './imports.ts';
import { type Kill, killed } from './killed.ts';
import { seeded } from './seeded.ts';

const MAIN = fileURLToPath(new URL('../../../src/server/main.ts', import.meta.url));
/** Few, since starting the whole server takes a while; set by BYLAW_KILLS. */
const KILLS = Number(process.env.BYLAW_KILLS ?? 2);
const SEED = Number(process.env.BYLAW_SEED ?? 20_261_124);
const READY = /^Bylaw is ready/;
const FIRST_OWNER = /^\s*(http\S+#\S+)$/;

/** What the server confirmed as stored. */
interface Reported {
  /** Names given to each client, in order. */
  readonly names: Map<string, string[]>;
  readonly created: string[];
  brought: Brought | null;
}

eachEngine('the server, killed without warning', (engine) => {
  it(`keeps every change whole over ${KILLS} kills (seed ${SEED})`, async () => {
    const { dataDir, databaseUrl } = await engine.place();
    const origin = `http://127.0.0.1:${await freePort()}`;
    const environment = {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      BYLAW_DATA: dataDir,
      BYLAW_PORT: new URL(origin).port,
      ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
    };
    const run = async (kill: Kill) => {
      const round = await killed([process.execPath, MAIN], kill, environment);
      expect(round.complaint).toBe('');
      expect(round.working).toBe(true);
      if (databaseUrl !== null) await endLeases(dataDir, databaseUrl);
    };
    const api = apiOf(origin);
    const reported: Reported = { names: new Map(), created: [], brought: null };
    await run({
      after: 0,
      working: FIRST_OWNER,
      before: async (lines) => {
        await api.signUp(FIRST_OWNER.exec(lines.at(-1) ?? '')?.[1] ?? '');
        for (const name of ['Alder Society', 'Harrow Guild'])
          reported.names.set((await api.create(name)).client, []);
        reported.brought = {
          client: (await api.create('Importing Guild')).client,
          reported: new Map(),
          next: 1,
        };
        // One import exists from the start, so that every kill may hit its replacement.
        await bringRoster(api, reported.brought);
        await bringNext(api, reported.brought);
      },
    });
    const random = seeded(SEED);
    const nothing = () => reported.created.length === 0 || [...reported.names.values()].flat().length === 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      await run({
        after: async () => {
          // A run in which nothing was stored proves nothing, so the last kill waits until something was.
          if (kill === KILLS - 1) await expect.poll(nothing).toBe(false);
          await wait(random() * 1_500);
        },
        working: READY,
        before: () => holds(api, reported),
        during: async () => {
          await Promise.all([
            ...[...reported.names].flatMap(([client, names]) => [
              edits(api, client, names),
              edits(api, client, names),
            ]),
            untilGone(async () => {
              if (reported.brought !== null) await bringNext(api, reported.brought);
            }),
            untilGone(async () => {
              reported.created.push((await api.create(`New ${randomUUID()}`)).client);
            }),
          ]);
        },
      });
    }
    await run({ after: 0, working: READY, before: () => holds(api, reported) });
    expect(nothing()).toBe(false);
    await rm(dataDir, { recursive: true });
  });
});

/**
 * Expires the leases of imports that the killed server was reading, which would otherwise take over a minute after each
 * kill. import-lease.test.ts covers how a lease expires.
 */
async function endLeases(dataDir: string, databaseUrl: string): Promise<void> {
  const store = await openStore({ dataDir, databaseUrl });
  await store.write('system', (tx) =>
    tx
      .updateTable('imports')
      .set({ reader_until: sql`now() - interval '1 second'` })
      .where('state', '=', 'reading')
      .execute(),
  );
  await store.close();
}

/** Renames a client repeatedly; on a conflict it reads the client again, as a person would. */
function edits(api: Api, client: string, names: string[]): Promise<void> {
  return untilGone(async () => {
    const name = `Name ${randomUUID()}`;
    try {
      await api.rename(client, name, await api.get(client));
    } catch (error) {
      if (error instanceof WrongAnswer && error.message.includes('gave 409')) return;
      throw error;
    }
    names.push(name);
  });
}

async function untilGone(act: () => Promise<void>): Promise<void> {
  while (true) {
    try {
      await act();
    } catch (error) {
      if (error instanceof WrongAnswer) throw error;
      return;
    }
  }
}

/** Checks that everything confirmed is present, and that changes and records correspond. */
async function holds(api: Api, { names, created, brought }: Reported): Promise<void> {
  if (brought !== null) await importsHold(api, brought);
  for (const [client, given] of names) {
    const { version, name } = await api.get(client);
    const check = await api.check(client);
    expect(check).toMatchObject({ whole: true });
    // One record is of the client's creation, and each edit wrote one and incremented the version.
    expect(check.records).toBe(version);
    const { items } = await api.newest(client);
    if (version > 1) expect(items[0]).toMatchObject({ action: 'clients.update', subject: { name } });
    // Only a sample, because each search reads all records.
    for (const one of given.slice(-10)) expect((await api.text(client, one)).total).toBeGreaterThan(0);
    expect(version).toBeGreaterThan(given.length);
  }
  for (const client of created.slice(-10)) {
    await api.get(client);
    expect(await api.check(client)).toMatchObject({ whole: true, records: 1 });
  }
}
