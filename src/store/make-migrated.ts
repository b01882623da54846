import { embeddedEngine } from './engine/embedded.ts';
import { keepDatabase, makeBlank } from './engine/prepared.ts';
import { migratedPlace } from './migrated.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { storeOn } from './open.ts';

/** Makes the files that `migratedFiles` gives for the migrations of this program, unless they are there. */
export async function makeMigrated(): Promise<string> {
  const from = await makeBlank();
  return keepDatabase(await migratedPlace(MIGRATIONS), async (directory) => {
    await (await storeOn(await embeddedEngine({ directory, from }))).close();
  });
}
