import { copyFile, mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Blobs, openBlobs } from '../blobs.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { openStore, type Store } from '../open.ts';
import { eachEngine, newDatabase, newDataDirectory, newDirectory, newMigratedDatabase } from '../testing.ts';
import { backup } from './backup.ts';
import { restore } from './restore.ts';

/** Takes a backup that nothing proves. */
const ANYONE = { trusted: { keys: [], place: 'nowhere' }, acceptUnproven: true } as const;

/** The long run restores what each database gave into each, refuses what is refused from both, and changes more bytes. */
const LONG = process.env.BYLAW_TEST === 'long';

const HOSTILE = 'a\u2028b\u2029"\\\n\r\t\u0001é😀 <script> \'; drop table clients; --';
const texts = (...parts: string[]) => Readable.from(parts.map((part) => Buffer.from(part)));

eachEngine('a backup', (engine) => {
  let store: Store;
  let blobs: Blobs;
  let file: string;
  let evidence: string[];
  let before: Record<string, unknown>;

  beforeAll(async () => {
    const place = await engine.place();
    store = await openStore(place);
    blobs = await openBlobs(join(place.dataDir, 'evidence'));
    evidence = [];
    for (const text of ['one', '', 'three']) {
      evidence.push((await blobs.put(texts(text), { maxBytes: 1000 })).sha256);
    }
    await fill(store, evidence);
    before = await everything(store);
    file = join(await newDirectory(), 'all.bylaw');
    const created = await backup(store, blobs, file, {
      version: '0.1.0',
      now: () => new Date('2026-03-01T00:00:00Z'),
    });
    expect(created).toMatchObject({ evidence: 3, lost: [], keyIncluded: false });
    expect(created.notes.join()).toContain('The key that opens the secrets is not in this file.');
    return () => store.close();
  });

  it('is one private file with nothing half made beside it', async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(file, '..'))).toEqual(['all.bylaw']);
    await expect(backup(store, blobs, file, { version: '0.1.0' })).rejects.toMatchObject({ code: 'refused' });
  });

  const directory = [
    'an empty data directory',
    async () => ({ dataDir: await newDirectory(), databaseUrl: null }),
  ] as const;
  const database = [
    'an empty database of a server',
    async () => ({ dataDir: await newDirectory(), databaseUrl: await newDatabase() }),
  ] as const;
  const own = engine.kind === 'server' ? database : directory;
  it.each(LONG ? [directory, database] : [own])('comes back the same in %s', async (_name, newTarget) => {
    const target = await newTarget();
    const result = await restore(file, { ...ANYONE, ...target, ...ANYONE });
    expect(result).toMatchObject({
      version: '0.1.0',
      made: '2026-03-01T00:00:00.000Z',
      evidence: 3,
      key: 'not_in_backup',
      ended: { changes: 1 },
    });
    expect(result.tables).toContainEqual({ name: 'attempts', rows: 450 });
    const restored = await openStore(target);
    expect(await everything(restored)).toEqual(before);
    // What was being written outside may have been finished and taken back since, so nobody goes on with it.
    const [change] = await restored.read('system', (tx) => tx.selectFrom('changes').selectAll().execute());
    expect(change).toMatchObject({ state: 'failed', held_until: null, version: 2 });
    expect(change?.lacks).toEqual([expect.stringContaining('A backup was restored')]);
    const again = await openBlobs(join(target.dataDir, 'evidence'));
    for (const sha256 of evidence) expect(await again.verify(sha256)).toBe('whole');
    // What ties rows together and counts them is there too.
    await expect(
      restored.write('system', (tx) =>
        sql`insert into observation_rows (client_id, observation_id, part, rows) values ('anna', 'none', 1, '')`.execute(
          tx,
        ),
      ),
    ).rejects.toMatchObject({ code: '23503' });
    const { id } = await restored.write('system', (tx) =>
      tx
        .insertInto('attempts')
        .values({ key: 'next', at: new Date() })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    expect(Number(id)).toBe(451);
    // And from there once more, to the same bytes of every row.
    const second = join(await newDirectory(), 'second.bylaw');
    await restored.write('system', (tx) => tx.deleteFrom('attempts').where('key', '=', 'next').execute());
    await backup(restored, again, second, { version: '0.1.0' });
    await restored.close();
    const [, newOther] = LONG ? own : database;
    expect((await restore(second, { ...(await newOther()), ...ANYONE })).tables).toEqual(result.tables);
  });

  // What a backup is made of does not differ by where it comes from.
  if (engine.kind === 'server' && !LONG) return;

  it('is not restored over existing data', async () => {
    const used = await newDataDirectory();
    await expect(restore(file, { ...ANYONE, dataDir: used })).rejects.toMatchObject({ code: 'not_empty' });
    const withEvidence = await newDirectory();
    const other = await openBlobs(join(withEvidence, 'evidence'));
    const { sha256 } = await other.put(texts('mine'), { maxBytes: 9 });
    await expect(restore(file, { ...ANYONE, dataDir: withEvidence })).rejects.toMatchObject({
      code: 'not_empty',
    });
    expect(await other.verify(sha256)).toBe('whole');
    const databaseUrl = await newMigratedDatabase();
    const empty = await newDirectory();
    await expect(restore(file, { ...ANYONE, dataDir: empty, databaseUrl })).rejects.toMatchObject({
      code: 'not_empty',
    });
    expect(await readdir(empty)).toEqual(['server.lock']);
  });

  it('of the first format, whose lines are in the order of their bytes, comes back', async () => {
    const first = join(await newDirectory(), 'first.tar');
    const packed = await readFile(new URL('./testing/format-1.tar.gz', import.meta.url));
    await writeFile(first, gunzipSync(packed));
    const dataDir = await newDirectory();
    const result = await restore(first, { ...ANYONE, dataDir });
    // They lie the other way round.
    expect(result.tables).toContainEqual({ name: 'clients', rows: 2 });
  });

  it('that was changed in any byte or cut short is refused before anything is written', async () => {
    const whole = await readFile(file);
    const copy = join(await newDirectory(), 'copy.bylaw');
    const target = await newDirectory();
    const places = new Set([
      0,
      1,
      100,
      257,
      500,
      512,
      whole.length - 1,
      whole.length - 2,
      whole.length - 70,
      whole.length - 85,
    ]);
    const more = LONG ? 150 : 15;
    for (let at = 0; at < whole.length; at += Math.floor(whole.length / more)) places.add(at);
    for (const at of places) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await writeFile(copy, changed);
      await expect(restore(copy, { ...ANYONE, dataDir: target }), `byte ${at}`).rejects.toMatchObject({
        code: 'damaged',
      });
    }
    await copyFile(file, copy);
    for (const length of [whole.length - 1, whole.length - 86, Math.floor(whole.length / 2), 512, 10, 0]) {
      await truncate(copy, length);
      await expect(restore(copy, { ...ANYONE, dataDir: target }), `${length} bytes`).rejects.toMatchObject({
        code: 'damaged',
      });
    }
    await writeFile(copy, Buffer.concat([whole, Buffer.from('x')]));
    await expect(restore(copy, { ...ANYONE, dataDir: target })).rejects.toMatchObject({ code: 'damaged' });
    expect(await readdir(target)).toEqual([]);
  });

  it('of a database that this program does not know is refused', async () => {
    const changed = MIGRATIONS.map((migration) => ({
      ...migration,
      statements: [...migration.statements, 'select 1'],
    }));
    const [first] = MIGRATIONS;
    if (first === undefined) throw new Error('There are no migrations.');
    // Opening what was restored would refuse a step that comes before the last one that was taken.
    const between = [first, { name: '001-z', statements: ['select 1'] }, ...MIGRATIONS.slice(1)];
    for (const [migrations, code, message] of [
      [[], 'newer', /.+/],
      [changed, 'changed', /Nothing was restored\. .*import them/],
      [between, 'changed', /Nothing was restored\. .*import them/],
    ] as const) {
      const dataDir = await newDirectory();
      await expect(restore(file, { ...ANYONE, dataDir, migrations })).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message),
      });
      expect(await readdir(dataDir)).toEqual([]);
    }
  });
});

describe('a backup of damaged evidence', () => {
  it('is made without it and names it, and comes back also where a restore was cut short', async () => {
    const dataDir = await newDataDirectory();
    const store = await openStore({ dataDir });
    const blobs = await openBlobs(join(dataDir, 'evidence'));
    const kept = (await blobs.put(texts('kept'), { maxBytes: 9 })).sha256;
    const broken = (await blobs.put(texts('broken'), { maxBytes: 9 })).sha256;
    const gone = 'ab'.repeat(32);
    await fill(store, [kept, broken, gone]);
    await writeFile(join(dataDir, 'evidence', broken.slice(0, 2), broken.slice(2)), 'brokem');
    const file = join(await newDirectory(), 'all.bylaw');
    const created = await backup(store, blobs, file, { version: '0.1.0', includeKey: 'key' });
    expect([...created.lost].sort()).toEqual([broken, gone].sort());
    expect(created.notes.join(' ')).toContain('2 evidence files are gone or damaged');
    await store.close();
    const target = await newDirectory();
    const keyFile = join(target, 'config', 'secret.key');
    expect(await restore(file, { ...ANYONE, dataDir: target, keyFile })).toMatchObject({
      evidence: 1,
      key: 'restored',
    });
    expect(await readFile(keyFile, 'utf8')).toBe('key');
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
    const other = await newDirectory();
    const mine = join(other, 'mine.key');
    await writeFile(mine, 'mine');
    const begun = join(other, 'data');
    await mkdir(join(begun, 'restoring', 'database'), { recursive: true });
    await writeFile(join(begun, 'restoring', 'placing'), '');
    const left = await openBlobs(join(begun, 'evidence'));
    await left.put(texts('of the restore that was cut short'), { maxBytes: 99 });
    expect(await restore(file, { ...ANYONE, dataDir: begun, keyFile: mine })).toMatchObject({ key: 'kept' });
    expect(await readFile(mine, 'utf8')).toBe('mine');
    expect((await readdir(begun)).sort()).toEqual(['database', 'evidence', 'server.lock']);
    const names: string[] = [];
    for await (const sha256 of (await openBlobs(join(begun, 'evidence'))).list()) names.push(sha256);
    expect(names).toEqual([kept]);
  });
});

/** Rows of every awkward kind: hostile text, exact numbers and instants, bytes, JSON null, rows that refer to others. */
async function fill(store: Store, evidence: readonly string[]): Promise<void> {
  await store.write('system', async (tx) => {
    await sql`insert into clients (id, slug, name, profile, created_at, logo, facts_version) values
      ('anna', 'anna', ${HOSTILE}, '{"n": 1.500, "big": 12345678901234567890, "s": "\\u2028"}', '2026-01-01 10:00:00.123456+00', '\\x00ff', 9007199254740991),
      ('bert', 'bert', '', 'null', '0044-03-15 12:00:00+00 BC', '', 0)`.execute(tx);
    await sql`insert into attempts (key, at) select 'k' || n, now() + n * interval '1 microsecond' from generate_series(1, 450) as n`.execute(
      tx,
    );
    await sql`insert into changes (client_id, id, target, subject, title, plan, plan_sha256, state, reason, planned_by,
      planned_by_name, planned_at, approvals, applied_at, held_until, changed_by_name, changed_at)
      values ('anna', 'c', 'conditional_access', 'mfa', 'MFA', '{}', '', 'applying', '', 'u', 'U', now(), '[]', now(),
        now(), 'U', now())`.execute(tx);
    for (const [at, sha256] of evidence.entries()) {
      await sql`insert into evidence (client_id, sha256, name, media_type, bytes, how, added_by, added_at)
        values ('anna', ${sha256}, ${`${HOSTILE}${at}`}, 'text/plain', 5, 'upload', 'u', now())`.execute(tx);
    }
  });
}

async function everything(store: Store): Promise<Record<string, unknown>> {
  return store.read('system', async (tx) => ({
    clients: (await sql`select to_jsonb(c)::text as row from clients c order by id`.execute(tx)).rows,
    attempts: (await sql`select id, key, at::text from attempts order by id`.execute(tx)).rows,
    evidence: (await sql`select to_jsonb(e)::text as row from evidence e order by sha256`.execute(tx)).rows,
  }));
}
