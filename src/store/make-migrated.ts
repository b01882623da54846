import { embeddedEngine } from './engine/embedded.ts';
import { keepDatabase, makeBlank } from './engine/prepared.ts';
import { migratedPlace } from './migrated.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { storeOn } from './open.ts';

/** Creates the files that `migratedFiles` returns for this version's migrations, if they are missing. */
export async function makeMigrated(): Promise<string> {
  const from = await makeBlank();
  return keepDatabase(await migratedPlace(MIGRATIONS), async (directory) => {
    await (await storeOn(await embeddedEngine({ directory, from }))).close();
  });
}
