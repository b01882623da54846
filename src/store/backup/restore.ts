import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { flushDirectory, openBlobs } from '../blobs.ts';
import { embeddedEngine } from '../engine/embedded.ts';
import type { Engine } from '../engine/engine.ts';
import { isFull, StorageFull, StoreProblem, StoreUnavailable } from '../engine/problems.ts';
import { serverEngine } from '../engine/server.ts';
import { lockDirectory } from '../lock.ts';
import { checksumOf, type Migration, WAY_ON } from '../migrate.ts';
import { migratedFiles } from '../migrated.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { readArchive } from './archive.ts';
import type { AccessEnded } from './end-access.ts';
import { inspectBackup } from './inspect.ts';
import { loadDatabase } from './load.ts';
import type { Manifest } from './manifest.ts';
import { type Proof, proofOf, unproven } from './proof.ts';

export interface RestoreTarget {
  /** An empty or missing directory for the evidence and, without a database server, the database. */
  readonly dataDir: string;
  /** An empty database of a PostgreSQL server. */
  readonly databaseUrl?: string | null;
  /** Destination for keys in the backup. An existing file is not replaced. */
  readonly keyFile?: string;
  /** Public backup keys of the instance keys on this machine, and their location for display. */
  readonly trusted: { readonly keys: readonly string[]; readonly place: string };
  /** Also restore backups that are not proven. */
  readonly acceptUnproven?: boolean;
  readonly migrations?: readonly Migration[];
  /** Called with what is about to be restored, before anything is written. */
  readonly onChecked?: (about: RestorePlan) => void;
  readonly onProgress?: (message: string) => void;
}

export interface RestorePlan {
  readonly proof: Proof;
  /** When the backup was made; `version` is that of the Bylaw that made it. */
  readonly made: string;
  readonly version: string;
  readonly rows: number;
  readonly evidence: number;
  readonly lost: readonly string[];
  readonly keyIncluded: boolean;
}

export interface RestoreResult {
  /** When the backup was made; `version` is that of the Bylaw that made it. */
  readonly made: string;
  readonly version: string;
  readonly tables: readonly { name: string; rows: number }[];
  readonly evidence: number;
  /** Evidence that was already lost when the backup was made. */
  readonly lost: readonly string[];
  readonly key: 'restored' | 'kept' | 'not_in_backup';
  readonly proof: Proof;
  /** Credentials of the backup that were revoked. */
  readonly ended: AccessEnded;
}

/**
 * Checks every byte of a backup, then restores all of it or nothing, after reading everything back and comparing it
 * with the manifest. Sessions, tokens, invitations and links in the backup are revoked. Throws `damaged`, `unproven`
 * (nothing here proves who made it), `newer` (a backup of a newer Bylaw), `not_empty`, `in_use`, StorageFull,
 * StoreUnavailable. In each case nothing was restored, except for a StoreUnavailable whose outcome is unknown.
 */
export async function restore(file: string, target: RestoreTarget): Promise<RestoreResult> {
  const progress = target.onProgress ?? (() => {});
  if (!existsSync(file))
    throw new StoreProblem('missing', `There is no file ${file}. Give the backup’s full path.`);
  progress('Checking the backup');
  const { manifest, seal } = await inspectBackup(file, (made) => {
    // Before reading the content: unless accepted, nothing that a stranger may have made is unpacked.
    const known = proofOf(made, false, target.trusted.keys);
    if (known !== 'proven' && known !== 'no_key' && target.acceptUnproven !== true)
      throw unproven(known, target.trusted.place);
  });
  const proof = proofOf(seal, manifest.keyIncluded, target.trusted.keys);
  if (proof !== 'proven' && target.acceptUnproven !== true) throw unproven(proof, target.trusted.place);
  const migrations = migrationsOf(manifest, target.migrations ?? MIGRATIONS);
  const { made, version, tables, evidence, lost, keyIncluded } = manifest;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  target.onChecked?.({ proof, made, version, rows, evidence: evidence.length, lost, keyIncluded });
  await mkdir(target.dataDir, { recursive: true, mode: 0o700 });
  const lock = await lockDirectory(target.dataDir);
  try {
    return { ...(await restoreInto(file, target, manifest, migrations, progress)), proof };
  } catch (error) {
    throw isFull(error) ? new StorageFull(target.dataDir, error) : error;
  } finally {
    await lock.release();
  }
}

async function restoreInto(
  file: string,
  target: RestoreTarget,
  manifest: Manifest,
  migrations: readonly Migration[],
  progress: (message: string) => void,
): Promise<Omit<RestoreResult, 'proof'>> {
  const { dataDir } = target;
  const work = join(dataDir, 'restoring');
  const database = join(dataDir, 'database');
  await requireEmpty(dataDir, work);
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { mode: 0o700 });
  const engine = target.databaseUrl
    ? serverEngine(target.databaseUrl)
    : await embeddedEngine({ directory: join(work, 'database'), from: await migratedFiles(migrations) });
  const place = await placer(target, work);
  let ended: AccessEnded;
  try {
    // The embedded database was created just now.
    if (engine.kind === 'server') await requireEmptyDatabase(engine);
    progress('Restoring the evidence');
    await restoreFiles(file, manifest, work);
    progress('Restoring the database and reading it back');
    if (engine.kind === 'server') {
      ended = await loadDatabase(engine, file, manifest, migrations, place.all);
      await engine.close();
    } else {
      ended = await loadDatabase(engine, file, manifest, migrations, async () => {});
      await engine.close();
      await place.all();
      // From here on the directory counts as restored.
      await rename(join(work, 'database'), database);
    }
    await flushDirectory(dataDir);
  } catch (error) {
    await engine.close().catch(() => {});
    // If it is unknown whether the rows were committed, keep the evidence that they would need.
    if (!(error instanceof StoreUnavailable && error.outcome === 'unknown')) await place.undo();
    throw error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return {
    made: manifest.made,
    version: manifest.version,
    tables: manifest.tables.map(({ name, rows }) => ({ name, rows })),
    evidence: manifest.evidence.length,
    lost: manifest.lost,
    key: place.key(),
    ended,
  };
}

/** Migrations that the backup's database had applied. Later ones are applied when it is opened. */
function migrationsOf(manifest: Manifest, known: readonly Migration[]): readonly Migration[] {
  const taken = manifest.migrations.map(({ name, checksum }) => {
    const migration = known.find((candidate) => candidate.name === name);
    if (migration === undefined) {
      throw new StoreProblem(
        'newer',
        `The backup was made by Bylaw ${manifest.version}, whose database this version does not know (its step ${name}). Restore it with that version or a later one. Nothing was restored.`,
      );
    }
    if (checksumOf(migration) !== checksum) throw otherwiseMade(manifest, name);
    return migration;
  });
  // Opening the database would be refused: migrations cannot be applied out of order.
  const last = known.findLastIndex((migration) => taken.includes(migration));
  const late = known.slice(0, last).find((migration) => !taken.includes(migration));
  if (late !== undefined) throw otherwiseMade(manifest, late.name);
  return taken;
}

function otherwiseMade({ version }: Manifest, step: string): StoreProblem {
  return new StoreProblem(
    'changed',
    `The backup was made by a build of Bylaw ${version} whose step ${step} of the database differs from this version’s, so this version cannot continue from it. Nothing was restored. Restore it with the build that made it. ${WAY_ON}`,
  );
}

/**
 * Marker written before the first file is moved into place, which distinguishes an interrupted restore from existing
 * data.
 */
const PLACING = 'placing';

async function requireEmpty(dataDir: string, work: string): Promise<void> {
  const evidence = join(dataDir, 'evidence');
  if (existsSync(join(dataDir, 'database'))) throw notEmpty(dataDir);
  if (existsSync(join(work, PLACING))) {
    await rm(evidence, { recursive: true, force: true });
  } else if (existsSync(evidence)) {
    const names = (await readdir(evidence)).filter((name) => name !== 'incoming');
    if (names.length > 0) throw notEmpty(dataDir);
  }
}

async function requireEmptyDatabase(engine: Engine): Promise<void> {
  const { rows } = await engine.session((session) =>
    session.query('select from pg_class where relnamespace = current_schema()::regnamespace limit 1'),
  );
  if (rows.length > 0) throw notEmpty(engine.place);
}

function notEmpty(place: string): StoreProblem {
  return new StoreProblem(
    'not_empty',
    `There is data in ${place} already, so nothing was restored. Give an empty one, with BYLAW_DATA or DATABASE_URL.`,
  );
}

async function restoreFiles(file: string, manifest: Manifest, work: string): Promise<void> {
  const blobs = await openBlobs(join(work, 'evidence'));
  for await (const { name, bytes, content } of readArchive(file)) {
    if (name === 'secret.key' && manifest.keyIncluded) {
      await writeFile(join(work, 'secret.key'), content, { mode: 0o600 });
    } else if (name.startsWith('evidence/')) {
      await blobs.put(content, { maxBytes: bytes });
    }
  }
  for (const { sha256 } of manifest.evidence) {
    if ((await blobs.verify(sha256)) !== 'whole') {
      throw new StoreProblem(
        'damaged',
        `The evidence ${sha256.slice(0, 12)} did not come back as it was saved, so nothing was restored. Use another copy of the backup.`,
      );
    }
  }
}

/** Moves the evidence and the keys into place, and can undo it. */
async function placer(
  target: RestoreTarget,
  work: string,
): Promise<{ all(): Promise<void>; undo(): Promise<void>; key(): RestoreResult['key'] }> {
  const evidence = join(target.dataDir, 'evidence');
  let key: RestoreResult['key'] = 'not_in_backup';
  let placed = false;
  return {
    key: () => key,
    async all() {
      await writeFile(join(work, PLACING), '');
      placed = true;
      await rm(join(evidence, 'incoming'), { recursive: true, force: true });
      if (existsSync(evidence)) await rmdir(evidence);
      await rename(join(work, 'evidence'), evidence);
      const keys = join(work, 'secret.key');
      if (target.keyFile === undefined || !existsSync(keys)) return;
      await mkdir(dirname(target.keyFile), { recursive: true, mode: 0o700 });
      // An existing key file is never replaced.
      key = await copyFile(keys, target.keyFile, constants.COPYFILE_EXCL).then(
        () => 'restored' as const,
        (error: unknown) => {
          if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return 'kept' as const;
          throw error;
        },
      );
    },
    async undo() {
      if (!placed) return;
      await rm(evidence, { recursive: true, force: true });
      if (key === 'restored' && target.keyFile !== undefined) await rm(target.keyFile, { force: true });
    },
  };
}
