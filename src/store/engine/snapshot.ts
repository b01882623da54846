import { constants, copyFile, mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { flushDirectory } from '../blobs.ts';
import type { Session } from './engine.ts';
import { errorCode } from './problems.ts';

/** Held by the server that runs; the log is copied after everything else. */
const LOG = 'pg_wal';
const CONTROL = 'global/pg_control';
const SKIPPED: ReadonlySet<string> = new Set(['postmaster.pid', 'postmaster.opts']);

/**
 * Copies the files of an embedded database that goes on working, so that opening the copy gives the database as it was
 * at one moment, with all that was committed before the call.
 *
 * It is what PostgreSQL does for an online backup. First a checkpoint, and the note of where its log begins; then the
 * tables, in any state; then the log, which holds whole pages for all that has changed since the checkpoint. A start
 * from these files is one after a crash: it goes through the log to its end. `turn` gives the connection. Nobody
 * else may make a checkpoint until this is done, since that would remove log that the copy needs.
 */
export async function copyDatabase(
  from: string,
  to: string,
  turn: (use: (session: Session) => Promise<void>) => Promise<void>,
): Promise<void> {
  await mkdir(join(to, 'global'), { recursive: true, mode: 0o700 });
  let begins: string | null = null;
  // What has piled up is written first, so that the second one, after which nobody may write before the note is copied,
  // has little to do.
  await turn(async (session) => void (await session.query('checkpoint')));
  await turn(async (session) => {
    await session.query('checkpoint');
    begins = await logBegins(session);
    await copyFile(join(from, CONTROL), join(to, CONTROL));
  });
  await copyTree(from, to, '', (path) => path !== LOG && path !== CONTROL && !SKIPPED.has(path));
  await mkdir(join(to, LOG), { recursive: true, mode: 0o700 });
  await copyTree(from, to, LOG, () => true);
  // A server that crashed meanwhile made another checkpoint when it came back.
  await turn(async (session) => {
    if ((await logBegins(session)) !== begins)
      throw new Error('The database was restarted while it was copied. Make the backup again.');
  });
}

const FLUSHED_AT_ONCE = 64;

/** Copies the files of a database that nobody has open. The copy is on the disk when this returns. */
export async function copyClosed(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  await copyTree(from, to, '', () => true);
  const entries = await readdir(to, { withFileTypes: true, recursive: true });
  // Flushed together, many take hardly longer than one.
  for (let at = 0; at < entries.length; at += FLUSHED_AT_ONCE)
    await Promise.all(
      entries.slice(at, at + FLUSHED_AT_ONCE).map((entry) => {
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

/** One file after the other, to leave the disk to those who work. What goes away meanwhile is not needed. */
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
      // Where the file system can, both share their blocks until one is written.
      await copyFile(join(from, path), join(to, path), constants.COPYFILE_FICLONE).catch(unlessGone);
  }
}

function unlessGone(error: unknown): undefined {
  if (errorCode(error) !== 'ENOENT') throw error;
  return undefined;
}

/** Room that stays free for those who work while a copy is made. */
const SPARE_BYTES = 512 * 1024 * 1024;

/** True where the disk of `to` takes a copy of the files in `from` and what is made of it. */
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
