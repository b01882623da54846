import { StoreProblem } from '#store/engine/problems.ts';
import type { Store } from '#store/open.ts';
import { type KeyRing, keyIdOf, openSealer } from '#store/seal.ts';
import type { ServerSettings } from '../server-settings.ts';
import { sealedTexts } from './sealed-places.ts';

/**
 * Opens the keys of a database. Creates the first one if nothing was sealed yet. Throws `key` if a key is missing that
 * sealed something: a new one would seem to work but open nothing.
 */
export async function openKeys(
  store: Store,
  { key, keyFile }: Pick<ServerSettings, 'key' | 'keyFile'>,
  now: Date,
): Promise<KeyRing> {
  const texts = await store.read('system', (tx) => sealedTexts(tx, now));
  const ring = await openSealer({ key, keyFile, create: texts.length === 0 });
  const missing = texts.find(({ sealed, context }) => !opens(ring, sealed, context));
  if (missing !== undefined)
    throw new StoreProblem(
      'key',
      `The key ${keyIdOf(missing.sealed)}, which sealed secrets in the database, is not in ${key === null ? keyFile : 'BYLAW_KEY'}. Put it there from where you keep it; if it is permanently lost, “bylaw keys replace-lost” creates a new one and discards those secrets.`,
    );
  return ring;
}

/** Whether the key of a sealed text is available. A damaged text does not mean that the key is wrong. */
export function opens(ring: KeyRing, sealed: string, context: string): boolean {
  try {
    ring.open(sealed, context);
    return true;
  } catch (error) {
    if (error instanceof StoreProblem && error.code === 'key') return false;
    if (error instanceof StoreProblem && error.code === 'damaged') return true;
    throw error;
  }
}
