import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { startApart } from './embedded-thread.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Where databases to start from are kept; anything there can be made again. */
const CACHE = join(ROOT, 'node_modules/.cache/bylaw');

/**
 * The files of a new, empty database, or null when none were made on this machine. Copying them takes a tenth of the time
 * that PostgreSQL needs to make one, and none of the 400 MB of memory.
 */
export async function blankFiles(): Promise<string | null> {
  const folder = await cached('blank', '');
  return existsSync(folder) ? folder : null;
}

/** Makes what {@link blankFiles} gives, unless it is there. */
export async function makeBlank(): Promise<string> {
  return keepDatabase(await cached('blank', ''), async (directory) => {
    const server = await startApart({ directory });
    await server.close();
  });
}

/** The place of a database of this PGlite that `content` identifies: a file, or a folder. */
export async function cached(name: string, content: string, ending: '.tar' | '' = ''): Promise<string> {
  const { version }: { version: string } = JSON.parse(
    await readFile(join(ROOT, 'node_modules/@electric-sql/pglite/package.json'), 'utf8'),
  );
  const digest = createHash('sha256').update(`${version} ${content}`).digest('hex').slice(0, 16);
  return join(CACHE, `${name}-${digest}${ending}`);
}

/**
 * Makes the files of a database, unless they are there: `make` leaves them in a folder, closed. Anyone may read them, since
 * the server may run as another user than the one who installed it.
 */
export async function keepDatabase(place: string, make: (folder: string) => Promise<void>): Promise<string> {
  return keep(place, async (folder) => {
    await make(folder);
    await chmod(folder, 0o755);
    for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }))
      await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  });
}

/**
 * Has a file or folder of the cache made beside its place, unless it is there, and removes older ones of its name. Several
 * processes may do so at once.
 */
export async function keep(place: string, make: (unfinished: string) => Promise<void>): Promise<string> {
  if (existsSync(place)) return place;
  await mkdir(CACHE, { recursive: true });
  const unfinished = join(CACHE, randomUUID());
  try {
    await make(unfinished);
    await rename(unfinished, place);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another process may have been first; what it made is as good.
    if (!existsSync(place)) throw error;
  }
  await forgetOlder(place);
  return place;
}

/** Removes what the cache holds of the same name as `place` for other contents. */
async function forgetOlder(place: string): Promise<void> {
  const ending = /-[0-9a-f]{16}(\.tar)?$/;
  const name = basename(place).replace(ending, '');
  const older = (await readdir(CACHE)).filter(
    (other) => ending.test(other) && other.replace(ending, '') === name && other !== basename(place),
  );
  for (const other of older) await rm(join(CACHE, other), { recursive: true, force: true });
}
