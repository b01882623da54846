import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keep } from './engine/blank.ts';
import { embeddedEngine } from './engine/embedded.ts';
import { migratedFile } from './migrated.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { storeOn } from './open.ts';

/** Makes the file that `readMigrated` gives for the migrations of this program, unless it is there. */
export async function makeMigrated(): Promise<void> {
  const file = await migratedFile(MIGRATIONS);
  if (existsSync(file)) return;
  const folder = await mkdtemp(join(tmpdir(), 'bylaw-migrated-'));
  try {
    const directory = join(folder, 'database');
    await (await storeOn(await embeddedEngine({ directory }))).close();
    // Loaded only here, since the server's own thread never needs it.
    const { PGlite } = await import('@electric-sql/pglite');
    const database = await PGlite.create(directory);
    await keep(file, await database.dumpDataDir('none'));
    await database.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
