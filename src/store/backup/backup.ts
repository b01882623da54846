import { createWriteStream } from 'node:fs';
import { mkdtemp, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Blobs, flushDirectory } from '../blobs.ts';
import type { Session } from '../engine/engine.ts';
import { isFull, StorageFull, StoreProblem } from '../engine/problems.ts';
import type { Store } from '../open.ts';
import type { Signer } from '../sign.ts';
import { type ArchiveWriter, writeArchive } from './archive.ts';
import type { Manifest } from './manifest.ts';
import { dumpTable, EXACT_TEXT, sequencesOf, tablesOf } from './tables.ts';

export interface BackupOptions {
  /** Version of the program that makes the backup. */
  readonly version: string;
  /** Keys as returned by {@link KeyRing.exported}, to include them in the backup; omitted: not included. */
  readonly includeKey?: string;
  /** Signs the backup; omitted: unsigned, and restored only by someone who accepts that. */
  readonly signer?: Signer;
  readonly now?: () => Date;
}

export interface BackupResult {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly tables: number;
  readonly rows: number;
  readonly evidence: number;
  /** Evidence that the database refers to but that is missing or damaged, and therefore not in the backup. */
  readonly lost: readonly string[];
  readonly keyIncluded: boolean;
  /** Sentences about this backup for people to read. */
  readonly notes: readonly string[];
}

/**
 * Writes one file with all rows of a consistent snapshot and all evidence. The file appears under its name only once it
 * is complete and flushed to disk. Others can keep working meanwhile. Throws StorageFull, and `refused` if the file
 * already exists.
 */
export async function backup(
  store: Store,
  blobs: Blobs,
  file: string,
  options: BackupOptions,
): Promise<BackupResult> {
  const target = resolve(file);
  if ((await stat(target).catch(() => null)) !== null) {
    throw new StoreProblem('refused', `${target} already exists. Give the backup another name.`);
  }
  const work = await mkdtemp(join(dirname(target), `.${basename(target)}-`)).catch((error: unknown) => {
    throw isFull(error)
      ? new StorageFull(dirname(target), error)
      : new StoreProblem('refused', `No file can be written to ${dirname(target)}. Choose another place.`, {
          cause: error,
        });
  });
  try {
    const rows = await store.snapshot(work, (session) => snapshot(session, work));
    const unfinished = join(work, 'backup');
    const handle = await open(unfinished, 'wx', 0o600);
    try {
      const archive = writeArchive(handle);
      for (const table of rows.tables) {
        const content = await readFile(pathOf(work, table.name));
        await archive.add(`tables/${table.name}.jsonl.gz`, content.byteLength, content);
      }
      const evidence = await addEvidence(archive, blobs, rows.named);
      if (options.includeKey !== undefined) await addText(archive, 'secret.key', options.includeKey);
      const manifest: Manifest = {
        format: 'bylaw-backup-2',
        version: options.version,
        made: (options.now?.() ?? new Date()).toISOString(),
        migrations: rows.migrations,
        tables: rows.tables,
        sequences: rows.sequences,
        evidence: evidence.added,
        lost: evidence.lost,
        keyIncluded: options.includeKey !== undefined,
      };
      await addText(archive, 'manifest.json', JSON.stringify(manifest, null, 1));
      const sealed = await archive.finish(options.signer ?? null);
      await rename(unfinished, target);
      await flushDirectory(dirname(target));
      return result(target, sealed, manifest, options.signer ?? null);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw isFull(error) ? new StorageFull(dirname(target), error) : error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

type Snapshot = Pick<Manifest, 'migrations' | 'tables' | 'sequences'> & {
  /** Evidence that the rows refer to. */
  readonly named: readonly string[];
};

async function snapshot(session: Session, work: string): Promise<Snapshot> {
  await session.script('begin isolation level repeatable read read only');
  try {
    await session.script(EXACT_TEXT);
    const migrations = await session.query<Manifest['migrations'][number]>(
      'select name, checksum from schema_migrations order by name collate "C"',
    );
    const tables: Manifest['tables'] = [];
    for (const table of await tablesOf(session)) {
      const gzip = createGzip();
      const written = pipeline(gzip, createWriteStream(pathOf(work, table.name), { mode: 0o600 }));
      written.catch(() => {});
      const digest = await dumpTable(session, table, async (lines) => {
        if (!gzip.write(lines)) await Promise.race([drained(gzip), written]);
      });
      gzip.end();
      await written;
      tables.push({ name: table.name, columns: table.columns.map((column) => column.name), ...digest });
    }
    const there = new Set(tables.map(({ name }) => name));
    const named: string[] = [];
    for (const [table, query] of NAMED)
      if (there.has(table))
        named.push(...(await session.query<{ sha256: string }>(query)).rows.map((row) => row.sha256));
    return {
      migrations: migrations.rows,
      tables,
      sequences: await sequencesOf(session),
      named: [...new Set(named)].sort(),
    };
  } finally {
    await session.script('rollback');
  }
}

/** Queries for the blobs that rows refer to, by table. */
const NAMED = [
  ['evidence', 'select distinct sha256 from evidence'],
  ['content_files', 'select blob_sha256 as sha256 from content_files where blob_sha256 is not null'],
] as const;

function drained(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((done) => stream.once('drain', done));
}

async function addEvidence(
  archive: ArchiveWriter,
  blobs: Blobs,
  named: readonly string[],
): Promise<{ added: Manifest['evidence']; lost: string[] }> {
  const missing = new Set(named);
  const added: Manifest['evidence'] = [];
  const damaged: string[] = [];
  for await (const sha256 of blobs.list()) {
    const isNamed = missing.delete(sha256);
    // Verify it before adding anything: one damaged file must not abort the backup.
    const state = await blobs.verify(sha256);
    if (state !== 'whole') {
      // A file that nothing refers to may have been swept meanwhile.
      if (state === 'damaged' || isNamed) damaged.push(sha256);
      continue;
    }
    const { bytes, stream } = await blobs.open(sha256);
    await archive.add(`evidence/${sha256}`, bytes, stream);
    added.push({ sha256, bytes });
  }
  return { added, lost: [...missing, ...damaged].sort() };
}

async function addText(archive: ArchiveWriter, name: string, text: string): Promise<void> {
  const content = Buffer.from(text);
  await archive.add(name, content.byteLength, content);
}

function pathOf(work: string, table: string): string {
  return join(work, `${Buffer.from(table).toString('hex')}.gz`);
}

function result(
  file: string,
  sealed: { bytes: number; sha256: string },
  manifest: Manifest,
  signer: Signer | null,
): BackupResult {
  const notes = [
    manifest.keyIncluded
      ? 'The key that opens the secrets is in this file: anyone who has the file can read them. Keep it locked away.'
      : 'The key that opens the secrets is not in this file. Keep a copy of the key file somewhere else: without the key, mail and sign-in secrets have to be entered again.',
  ];
  if (signer === null)
    notes.push(
      'The backup is not signed, since the key is not here: nothing will show whether someone changed it.',
    );
  if (manifest.lost.length > 0) {
    notes.push(
      `${manifest.lost.length} evidence ${manifest.lost.length === 1 ? 'file is' : 'files are'} gone or damaged and not in this backup: ${manifest.lost.map((sha) => sha.slice(0, 12)).join(', ')}.`,
    );
  }
  return {
    file,
    ...sealed,
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    evidence: manifest.evidence.length,
    lost: manifest.lost,
    keyIncluded: manifest.keyIncluded,
    notes,
  };
}
