import fs from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import workerThreads, { type Worker } from 'node:worker_threads';
import { sql } from 'kysely';
import { afterEach, expect, it, vi } from 'vitest';
import { type Store, storeOn } from '../open.ts';
import { newDataDirectory, newDirectory } from '../testing.ts';
import { embeddedEngine } from './embedded.ts';
import { makeBlank } from './prepared.ts';
import { watchRoom } from './room.ts';
import { upkeep } from './upkeep.ts';

afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

const newPlace = async () => join(await newDataDirectory(), 'database');

const add = (store: Store, key: string) =>
  store.write('system', (tx) => tx.insertInto('attempts').values({ key, at: new Date() }).execute());
const keys = async (store: Store) =>
  (await store.read('system', (tx) => tx.selectFrom('attempts').select('key').orderBy('id').execute())).map(
    (row) => row.key,
  );

it('flushes every commit to the disk before it is reported', async () => {
  const store = await storeOn(await embeddedEngine({ directory: await newPlace(), thread: 'same' }));
  const { rows } = await store.asOwner((session) =>
    session.query(
      "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'wal_sync_method', 'full_page_writes') order by 1",
    ),
  );
  expect(rows.map((row) => row.setting)).toEqual(['on', 'on', 'on', 'fsync']);
  const flushes = vi.spyOn(fs, 'fsyncSync');
  syncBuiltinESMExports();
  for (let n = 1; n <= 5; n += 1) {
    await add(store, `k${n}`);
    expect(flushes.mock.calls.length).toBeGreaterThanOrEqual(n);
  }
  await store.close();
});

it('goes on reading and refuses to write while the disk is full, and writes again after', async () => {
  // Enough, and not so much that the disk need not be asked for a while.
  let free = 5e8;
  const store = await storeOn(
    await embeddedEngine({ directory: await newPlace(), freeBytes: async () => free }),
  );
  await add(store, 'before');
  free = 1_000_000;
  await expect(add(store, 'full')).rejects.toMatchObject({
    name: 'StorageFull',
    code: 'full',
    retryable: true,
  });
  expect(await keys(store)).toEqual(['before']);
  free = 1e12;
  await add(store, 'after');
  expect(await keys(store)).toEqual(['before', 'after']);
  await store.close();
});

it('asks a disk with ample room now and then, and one without each time', async () => {
  let asked = 0;
  let free = 1e12;
  const isFull = watchRoom('.', async () => {
    asked += 1;
    return free;
  });
  expect([await isFull(), await isFull(), asked]).toEqual([false, false, 1]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  free = 5e8;
  expect([await isFull(), await isFull(), asked]).toEqual([false, false, 3]);
  free = 1_000_000;
  expect([await isFull(), asked]).toEqual([true, 4]);
});

it('comes back by itself after a disk that failed in the middle of a commit, with all that was stored', async () => {
  const store = await storeOn(await embeddedEngine({ directory: await newPlace(), thread: 'same' }));
  await add(store, 'before');
  vi.spyOn(fs, 'fsyncSync').mockImplementation(() => {
    throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO' });
  });
  syncBuiltinESMExports();
  await expect(add(store, 'lost?')).rejects.toMatchObject({ code: 'unavailable', outcome: 'unknown' });
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  expect((await keys(store))[0]).toBe('before');
  await add(store, 'after');
  expect((await keys(store)).at(-1)).toBe('after');
  await store.close();
});

it('comes back by itself after its thread has died, with all that was stored', async () => {
  const started: Worker[] = [];
  const { Worker } = workerThreads;
  workerThreads.Worker = class extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      started.push(this);
    }
  };
  syncBuiltinESMExports();
  const store = await storeOn(await embeddedEngine({ directory: await newPlace() }));
  await add(store, 'before');
  const asked = store.write('system', async (tx) => {
    await sql`insert into attempts (key, at) values ('lost', now())`.execute(tx);
    await started.at(-1)?.terminate();
    await sql`select 1`.execute(tx);
  });
  await expect(asked).rejects.toMatchObject({ code: 'unavailable', outcome: 'not_stored' });
  expect(await keys(store)).toEqual(['before']);
  await add(store, 'after');
  expect(await keys(store)).toEqual(['before', 'after']);
  await store.close();
  workerThreads.Worker = Worker;
  syncBuiltinESMExports();
});

it('lets this thread do other things while it works', async () => {
  const store = await storeOn(await embeddedEngine({ directory: await newPlace() }));
  let turns = 0;
  const ticking = setInterval(() => {
    turns += 1;
  }, 1);
  const count = await store.read('system', (tx) =>
    sql<{ n: number }>`select count(*)::int as n from generate_series(1, 3000000)`.execute(tx),
  );
  clearInterval(ticking);
  expect(count.rows).toEqual([{ n: 3_000_000 }]);
  expect(turns).toBeGreaterThan(10);
  await store.close();
});

it('starts over when the making of the database was cut short', async () => {
  await makeBlank();
  const directory = join(await newDirectory(), 'database');
  await mkdir(`${directory}.new`, { recursive: true });
  await writeFile(join(`${directory}.new`, 'PG_VERSION'), '18');
  const store = await storeOn(await embeddedEngine({ directory }));
  await add(store, 'first');
  expect(await keys(store)).toEqual(['first']);
  await store.close();
  expect(await readdir(join(directory, '..'))).toEqual(['database']);
});

it('says what to do when the files are no database anymore', async () => {
  const directory = await newPlace();
  await (await storeOn(await embeddedEngine({ directory }))).close();
  await rm(join(directory, 'global', 'pg_control'));
  await expect(embeddedEngine({ directory })).rejects.toMatchObject({
    code: 'damaged',
    message: expect.stringContaining(`The database in ${directory} cannot be opened.`),
  });
  await expect(embeddedEngine({ directory, freeBytes: async () => 0 })).rejects.toMatchObject({
    code: 'full',
  });
});

it('counts the rows of tables that changed for the planner, and cuts its log', async () => {
  const engine = await embeddedEngine({ directory: await newPlace() });
  const store = await storeOn(engine);
  const stand = async () =>
    (
      await store.asOwner((session) =>
        session.query<{ rows: number; due: boolean }>(
          `select (select reltuples::int from pg_class where relname = 'attempts') as rows,
                  pg_wal_lsn_diff(pg_current_wal_insert_lsn(), (select redo_lsn from pg_control_checkpoint())) > 64 * 1024 * 1024 as due`,
        ),
      )
    ).rows[0];
  await store.asOwner((session) =>
    session.query(
      "insert into attempts (key, at) select repeat('x', 700) || n, now() from generate_series(1, 100000) n",
    ),
  );
  expect(await stand()).toEqual({ rows: -1, due: true });
  await upkeep(engine);
  expect(await stand()).toEqual({ rows: 100_000, due: false });
  await store.close();
});
