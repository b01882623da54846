import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { cached } from './engine/blank.ts';
import { checksumOf, type Migration } from './migrate.ts';

/** Where a database with exactly these migrations and nothing in it is kept, made or not. */
export function migratedFile(migrations: readonly Migration[]): Promise<string> {
  return cached('migrated', migrations.map(checksumOf).join());
}

/**
 * A database with exactly these migrations and nothing in it, or null when none was made on this machine. Unpacking it
 * takes a tenth of the time of the migrations.
 */
export async function readMigrated(migrations: readonly Migration[]): Promise<Blob | null> {
  const file = await migratedFile(migrations);
  return existsSync(file) ? new Blob([await readFile(file)]) : null;
}
