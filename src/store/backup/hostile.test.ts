import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBlobs } from '../blobs.ts';
import { openStore, type Store } from '../open.ts';
import { signerFrom } from '../sign.ts';
import { newDataDirectory, newDirectory } from '../testing.ts';
import { readArchive, writeArchive } from './archive.ts';
import { backup } from './backup.ts';
import { type RestoreTarget, restore } from './restore.ts';

const OURS = signerFrom(Buffer.alloc(32, 1));
const THEIRS = signerFrom(Buffer.alloc(32, 2));
type Entry = readonly [name: string, content: Buffer];

/** Archives that someone put together by hand, each sealed as a whole one is. */
let store: Store;
let honest: readonly Entry[];

beforeAll(async () => {
  const dataDir = await newDataDirectory();
  store = await openStore({ dataDir });
  await store.write('system', async (tx) => {
    await sql`insert into attempts (key, at) values ('k', now())`.execute(tx);
    await sql`insert into clients (id, slug, name, profile, created_at) values ('a', 'a', 'A', '{}', now())`.execute(
      tx,
    );
  });
  const blobs = await openBlobs(join(dataDir, 'evidence'));
  await blobs.put(Readable.from([Buffer.from('one')]), { maxBytes: 9 });
  const file = join(await newDirectory(), 'all.bylaw');
  await backup(store, blobs, file, { version: '0.1.0', includeKey: 'their key', signer: OURS });
  const entries: Entry[] = [];
  for await (const { name, content } of readArchive(file)) {
    const pieces: Uint8Array[] = [];
    for await (const piece of content) pieces.push(piece);
    entries.push([name, Buffer.concat(pieces)]);
  }
  honest = entries;
});
afterAll(() => store.close());

async function archive(entries: readonly Entry[], signer: typeof OURS | null): Promise<string> {
  const path = join(await newDirectory(), 'made.bylaw');
  const file = await open(path, 'wx');
  const writer = writeArchive(file);
  for (const [name, content] of entries) await writer.add(name, content.byteLength, content);
  await writer.finish(signer);
  await file.close();
  return path;
}

const trusted = { keys: [OURS.publicKey], place: 'the folder of keys' };
/** What became of it: the code of the refusal, after looking that nothing was written anywhere. */
async function outcome(file: string, more: Partial<RestoreTarget> = {}): Promise<string> {
  const parent = await newDirectory();
  const dataDir = join(parent, 'data');
  try {
    await restore(file, { dataDir, trusted, keyFile: join(parent, 'key'), ...more });
    return 'restored';
  } catch (error) {
    const written = existsSync(dataDir)
      ? (await readdir(dataDir)).filter((name) => name !== 'server.lock')
      : [];
    expect([written, existsSync(join(parent, 'key'))]).toEqual([[], false]);
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

/** The manifest with one thing changed, and everything else as it was. */
function withManifest(
  change: (manifest: { tables: object[]; migrations: object[] }) => void,
): readonly Entry[] {
  return honest.map(([name, content]): Entry => {
    if (name !== 'manifest.json') return [name, content];
    const manifest = JSON.parse(content.toString());
    change(manifest);
    return [name, Buffer.from(JSON.stringify(manifest))];
  });
}

const swapped = (): readonly Entry[] => {
  const full = honest.filter(([name]) => name.startsWith('tables/'));
  const [one, two] = full.filter(([, content]) => gunzipSync(content).byteLength > 0);
  return honest.map(([name, content]) => {
    if (name === one?.[0]) return [name, two?.[1] ?? content];
    return name === two?.[0] ? [name, one?.[1] ?? content] : [name, content];
  });
};

test('one that is not signed, or by another, is not even unpacked', async () => {
  // Were it read, what its list of contents says would be complained of first.
  const garbage: readonly Entry[] = [['manifest.json', Buffer.from('{')]];
  expect(await outcome(await archive(garbage, OURS))).toBe('damaged');
  for (const signer of [null, THEIRS]) {
    expect(await outcome(await archive(garbage, signer))).toBe('unproven');
    expect(await outcome(await archive(honest, signer))).toBe('unproven');
  }
  // The key that lies in a backup proves nothing of it.
  const nobody = { trusted: { keys: [], place: 'nowhere' } };
  expect(await outcome(await archive(honest, THEIRS), nobody)).toBe('unproven');
});

const CROOKED: Readonly<Record<string, () => readonly Entry[]>> = {
  'leads out of the folder': () => [...honest, ['../../outside', Buffer.from('x')]],
  'leads out of the folder of evidence': () => [...honest, ['evidence/../../outside', Buffer.from('x')]],
  'names an absolute path': () => [...honest, ['/tmp/outside', Buffer.from('x')]],
  'has a second key': () => [...honest, ['secret.key', Buffer.from('another')]],
  'has a second list of contents': () => [...honest, ...honest.filter(([name]) => name === 'manifest.json')],
  'has evidence that its name does not fit': () => [
    ...honest,
    [`evidence/${'0'.repeat(64)}`, Buffer.from('x')],
  ],
  'lacks its evidence': () => honest.filter(([name]) => !name.startsWith('evidence/')),
  'lacks its list of contents': () => honest.filter(([name]) => name !== 'manifest.json'),
  'has two tables changed over': swapped,
  'has a table of which the list says nothing': () => [
    ...honest,
    ['tables/pg_authid.jsonl.gz', gzipSync('["x"]\n')],
  ],
  'has a table that unpacks to more than was listed': () =>
    honest.map(([name, content]) =>
      name === 'tables/users.jsonl.gz' ? [name, gzipSync(Buffer.alloc(50_000_000, ' '))] : [name, content],
    ),
  'has a table that does not unpack': () =>
    honest.map(([name, content]) =>
      name === 'tables/users.jsonl.gz' ? [name, Buffer.from('no gzip')] : [name, content],
    ),
};

test.each(Object.keys(CROOKED))('one that %s is refused, also by who accepts anything', async (what) => {
  const file = await archive(CROOKED[what]?.() ?? [], THEIRS);
  expect(await outcome(file, { acceptUnproven: true })).toBe('damaged');
});

test('one whose tables or columns are not ours is refused before a row is stored', async () => {
  const rows = Buffer.from('["x"]\n');
  const sha256 = createHash('sha256').update(rows).digest('hex');
  const name = 'pg_catalog.pg_authid"; drop table clients; --';
  const foreign: readonly Entry[] = [
    ...withManifest(({ tables }) => {
      tables.push({ name, columns: ['a'], rows: 1, sha256 });
    }),
    [`tables/${name}.jsonl.gz`, gzipSync(rows)],
  ];
  expect(await outcome(await archive(foreign, THEIRS), { acceptUnproven: true })).not.toBe('restored');
});
