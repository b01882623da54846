import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { openBlobs } from '../blobs.ts';
import { openStore } from '../open.ts';
import { newDataDirectory, newDirectory } from '../testing.ts';
import { backup } from './backup.ts';
import { restore } from './restore.ts';

/** Takes a backup that nothing proves. */
const ANYONE = { trusted: { keys: [], place: 'nowhere' }, acceptUnproven: true } as const;

it('goes on with others while a moment is looked at', async () => {
  const store = await openStore({ dataDir: await newDataDirectory() });
  const note = (key: string) =>
    store.write('system', (tx) =>
      tx
        .insertInto('attempts')
        .values({ key, at: new Date('2026-11-28T00:00:00Z') })
        .execute(),
    );
  await note('before');
  const folder = await newDirectory();
  const seen = await store.snapshot(folder, async (session) => {
    await note('meanwhile');
    return (await session.query<{ key: string }>('select key from attempts')).rows;
  });
  expect(seen).toEqual([{ key: 'before' }]);
  expect(await readdir(folder)).toEqual([]);
  await store.close();
});

it('lets others write while it is made, and holds all of a moment and nothing after it', async () => {
  const dataDir = await newDataDirectory();
  const store = await openStore({ dataDir });
  const blobs = await openBlobs(join(dataDir, 'evidence'));
  const at = new Date('2026-11-28T00:00:00Z');
  // Each transaction writes a pair; half of one would show.
  const pair = (number: number) =>
    store.write('system', (tx) =>
      tx
        .insertInto('attempts')
        .values(['a', 'b'].map((half) => ({ key: `${number}-${half}`, at })))
        .execute(),
    );
  await store.write('system', (tx) =>
    sql`insert into attempts (key, at) select repeat('x', 1000) || n, ${at} from generate_series(1, 10000) n`.execute(
      tx,
    ),
  );
  await pair(0);
  const folder = await newDirectory();
  const file = join(folder, 'all.bylaw');
  let over = false;
  const made = backup(store, blobs, file, { version: '0.1.0' }).finally(() => {
    over = true;
  });
  let during = 0;
  while (!over) {
    await pair(during + 1);
    during += 1;
    // Enough of them, and not as many as a busy machine has time for: all are restored below.
    await wait(5);
  }
  const { rows } = await made;
  expect(rows).toBeGreaterThan(10_002);
  expect(await readdir(folder)).toEqual(['all.bylaw']);
  await store.close();

  const target = join(await newDirectory(), 'restored');
  await mkdir(target);
  await restore(file, { ...ANYONE, dataDir: target });
  const restored = await openStore({ dataDir: target });
  const keys = await restored.read('system', (tx) =>
    tx.selectFrom('attempts').select('key').where('key', 'not like', 'x%').execute(),
  );
  await restored.close();
  const numbers = keys.map(({ key }) => Number(key.split('-')[0])).sort((a, b) => a - b);
  // Every pair up to some moment, whole, and none after it.
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, place) => Math.floor(place / 2)));
  expect(numbers.length % 2).toBe(0);
  expect(numbers.length / 2).toBeLessThanOrEqual(during + 1);
});
