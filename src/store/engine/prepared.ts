import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { startInThread } from './embedded-thread.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Folder for prepared databases; everything in it can be recreated. */
const CACHE = join(ROOT, 'node_modules/.cache/bylaw');

/**
 * The files of a new, empty database; null: none were prepared on this machine. Copying them takes a tenth of the time
 * that PostgreSQL needs to create one, and none of the 400 MB of memory.
 */
export async function blankFiles(): Promise<string | null> {
  const folder = await cached('blank', '');
  return existsSync(folder) ? folder : null;
}

/** Creates the files for {@link blankFiles} if they are missing. */
export async function makeBlank(): Promise<string> {
  return keepDatabase(await cached('blank', ''), async (directory) => {
    const server = await startInThread({ directory });
    await server.close();
  });
}

/** Path of a database for this PGlite version, identified by `content`: a file, or a folder. */
export async function cached(name: string, content: string, ending: '.tar' | '' = ''): Promise<string> {
  const { version }: { version: string } = JSON.parse(
    await readFile(join(ROOT, 'node_modules/@electric-sql/pglite/package.json'), 'utf8'),
  );
  const digest = createHash('sha256').update(`${version} ${content}`).digest('hex').slice(0, 16);
  return join(CACHE, `${name}-${digest}${ending}`);
}

/**
 * Creates the files of a database if they are missing: `make` leaves them closed in a folder. They are world-readable,
 * since the server may run as another user than the one who installed it.
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
 * Creates a file or folder of the cache in a temporary place and moves it if it is missing, and removes older
 * versions. Several processes may do so concurrently.
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
    // Another process may have been faster; its result is equivalent.
    if (!existsSync(place)) throw error;
  }
  await forgetOlder(place);
  return place;
}

/** Removes cache entries with the same name as `place` for other contents. */
async function forgetOlder(place: string): Promise<void> {
  const ending = /-[0-9a-f]{16}(\.tar)?$/;
  const name = basename(place).replace(ending, '');
  const older = (await readdir(CACHE)).filter(
    (other) => ending.test(other) && other.replace(ending, '') === name && other !== basename(place),
  );
  for (const other of older) await rm(join(CACHE, other), { recursive: true, force: true });
}
