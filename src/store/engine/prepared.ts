import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Where databases to start from are kept; anything there can be made again. */
const CACHE = join(ROOT, 'node_modules/.cache/bylaw');

/**
 * A new, empty database as a file, or null when none was made on this machine. Unpacking it takes a tenth of the time
 * that PostgreSQL needs to make one.
 */
export async function readBlank(): Promise<Blob | null> {
  const file = await cached('blank', '');
  return existsSync(file) ? new Blob([await readFile(file)]) : null;
}

/** Makes the file that {@link readBlank} gives, unless it is there. */
export async function makeBlank(): Promise<void> {
  const file = await cached('blank', '');
  if (existsSync(file)) return;
  // Loaded only here, since the server's own thread never needs it.
  const { PGlite } = await import('@electric-sql/pglite');
  const database = await PGlite.create();
  const dump = await database.dumpDataDir('none');
  await database.close();
  await keep(file, dump);
}

/** The place of a database of this PGlite that `content` identifies: a file, or a folder. */
export async function cached(name: string, content: string, ending: '.tar' | '' = '.tar'): Promise<string> {
  const { version }: { version: string } = JSON.parse(
    await readFile(join(ROOT, 'node_modules/@electric-sql/pglite/package.json'), 'utf8'),
  );
  const digest = createHash('sha256').update(`${version} ${content}`).digest('hex').slice(0, 16);
  return join(CACHE, `${name}-${digest}${ending}`);
}

/** Writes a file of the cache in place of older ones of its name; several processes may do so at once. */
export async function keep(file: string, dump: Blob): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const unfinished = join(CACHE, randomUUID());
  await writeFile(unfinished, Buffer.from(await dump.arrayBuffer()));
  await rename(unfinished, file);
  await forgetOlder(file);
}

/** Removes what the cache holds of the same name as `place` for other contents. */
export async function forgetOlder(place: string): Promise<void> {
  const ending = /-[0-9a-f]{16}(\.tar)?$/;
  const name = basename(place).replace(ending, '');
  const older = (await readdir(CACHE)).filter(
    (other) => ending.test(other) && other.replace(ending, '') === name && other !== basename(place),
  );
  for (const other of older) await rm(join(CACHE, other), { recursive: true, force: true });
}
