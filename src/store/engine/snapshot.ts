import { constants, copyFile, mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { flushDirectory } from '../blobs.ts';
import type { Session } from './engine.ts';
import { errorCode } from './problems.ts';

/** Lock file of the running server; the log is copied after everything else. */
const LOG = 'pg_wal';
const CONTROL = 'global/pg_control';
const SKIPPED: ReadonlySet<string> = new Set(['postmaster.pid', 'postmaster.opts']);

/**
 * Copies the files of an embedded database in use, so that opening the copy gives a consistent snapshot with
 * everything that was committed before the call.
 * Works like PostgreSQL's online backup. First a checkpoint, and the control file that says where the log starts; then
 * the tables, in any state; then the log, which contains full pages for everything changed since the checkpoint.
 * Opening the copy is a crash recovery, which replays the log to its end. `turn` provides the connection. Nobody else
 * may make a checkpoint until this is done, because that would remove log segments that the copy needs.
 */
export async function copyDatabase(
  from: string,
  to: string,
  turn: (use: (session: Session) => Promise<void>) => Promise<void>,
): Promise<void> {
  await mkdir(join(to, 'global'), { recursive: true, mode: 0o700 });
  let begins: string | null = null;
  // Flush the backlog with a first checkpoint, so that the second one, after which nobody may write until the control
  // file is copied, is short.
  await turn(async (session) => void (await session.query('checkpoint')));
  await turn(async (session) => {
    await session.query('checkpoint');
    begins = await logBegins(session);
    await copyFile(join(from, CONTROL), join(to, CONTROL));
  });
  await copyTree(from, to, '', (path) => path !== LOG && path !== CONTROL && !SKIPPED.has(path));
  await mkdir(join(to, LOG), { recursive: true, mode: 0o700 });
  await copyTree(from, to, LOG, () => true);
  // A server that crashed and recovered in the meantime made another checkpoint.
  await turn(async (session) => {
    if ((await logBegins(session)) !== begins)
      throw new Error('The database was restarted while it was copied. Make the backup again.');
  });
}

const MAX_CONCURRENT_FLUSHES = 64;

/** Copies the files of a closed database. The copy is durable on return. */
export async function copyClosed(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  await copyTree(from, to, '', () => true);
  const entries = await readdir(to, { withFileTypes: true, recursive: true });
  // Flushing many files together takes hardly longer than one.
  for (let at = 0; at < entries.length; at += MAX_CONCURRENT_FLUSHES)
    await Promise.all(
      entries.slice(at, at + MAX_CONCURRENT_FLUSHES).map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return entry.isFile() ? flushFile(path) : flushDirectory(path);
      }),
    );
  await flushDirectory(to);
}

async function flushFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function logBegins(session: Session): Promise<string | null> {
  const { rows } = await session.query<{ at: string }>(
    'select redo_lsn::text as at from pg_control_checkpoint()',
  );
  return rows[0]?.at ?? null;
}

/** Copies one file at a time, to keep the disk available to others. Files that disappear meanwhile are not needed. */
async function copyTree(
  from: string,
  to: string,
  folder: string,
  wanted: (path: string) => boolean,
): Promise<void> {
  const entries = await readdir(join(from, folder), { withFileTypes: true }).catch(unlessGone);
  for (const entry of entries ?? []) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (!wanted(path)) continue;
    if (entry.isDirectory()) {
      await mkdir(join(to, path), { recursive: true, mode: 0o700 });
      await copyTree(from, to, path, wanted);
    } else if (entry.isFile())
      // Shares blocks (copy-on-write) if the file system supports it.
      await copyFile(join(from, path), join(to, path), constants.COPYFILE_FICLONE).catch(unlessGone);
  }
}

function unlessGone(error: unknown): undefined {
  if (errorCode(error) !== 'ENOENT') throw error;
  return undefined;
}

/** Disk space that stays free for others while a copy is made. */
const SPARE_BYTES = 512 * 1024 * 1024;

/** Whether the disk of `to` has room for a copy of the files in `from`, and for what is made from it. */
export async function hasRoomForCopy(from: string, to: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(to);
  return bavail * bsize > 2 * (await bytesIn(from)) + SPARE_BYTES;
}

async function bytesIn(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = await stat(join(entry.parentPath, entry.name)).catch(unlessGone);
    bytes += file?.size ?? 0;
  }
  return bytes;
}

/** Removes a copy. */
export async function removeCopy(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
