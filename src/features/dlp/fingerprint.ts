import { randomBytes } from 'node:crypto';
import { findFingerprintKey, fingerprintKeyPlace, makeFingerprintKey } from '#store/dlp/fingerprints.ts';
import type { Services } from '../context.ts';

type Needs = Pick<Services, 'store' | 'sealer' | 'log'>;

/**
 * The key for fingerprints of a client's secrets, in hex. Created on first use; null: it cannot be opened, because the
 * key that sealed it was lost.
 */
export async function fingerprintKeyOf(
  { store, sealer, log }: Needs,
  clientId: string,
): Promise<string | null> {
  const place = fingerprintKeyPlace(clientId);
  try {
    const known = await store.read([clientId], (tx) => findFingerprintKey(tx, clientId));
    const sealed =
      known ??
      (await store.write([clientId], (tx) =>
        makeFingerprintKey(tx, clientId, sealer.seal(randomBytes(32).toString('hex'), place)),
      ));
    return sealer.open(sealed, place);
  } catch (error) {
    log.error({ err: error, client: clientId }, 'the key of fingerprints cannot be opened');
    return null;
  }
}
