import { StoreProblem } from '../engine/problems.ts';
import type { Seal } from './archive.ts';

/** Result of checking who made a backup. Only `proven` means that a holder of a trusted key made it, unchanged. */
export type Proof = 'proven' | 'unsigned' | 'changed' | 'no_key' | 'own_key' | 'other_key';

/**
 * Checks the signature of a backup.
 *
 * @param keyIncluded The signing key is in the backup itself, so that anyone who changed it could sign it again.
 * @param trusted Public keys of the instance keys on this machine; empty: there is no key.
 */
export function proofOf(
  { signature }: Pick<Seal, 'signature'>,
  keyIncluded: boolean,
  trusted: readonly string[],
): Proof {
  if (signature === null) return 'unsigned';
  if (!signature.holds) return 'changed';
  if (trusted.includes(signature.key)) return 'proven';
  if (trusted.length > 0) return 'other_key';
  return keyIncluded ? 'own_key' : 'no_key';
}

/** Explains, in sentences for the person restoring, what an unproven backup means. */
export function unprovenWords(proof: Exclude<Proof, 'proven'>, keyPlace: string): string {
  switch (proof) {
    case 'unsigned':
      return 'The backup is not signed, so nothing shows whether someone changed it after it was made. Versions of Bylaw before signatures made such backups, and so does a server without its key file.';
    case 'changed':
      return 'The signature of the backup does not fit it: someone changed the backup after it was made.';
    case 'no_key':
      return `The backup is signed, but the key that would prove it is not here. Put your copy of the key file at ${keyPlace} first: the secrets in the backup need it as well.`;
    case 'own_key':
      return `The backup is signed with a key that is inside it, so anyone who changed it could have signed it again. Put your own copy of the key file at ${keyPlace} first, and the backup is proven by that.`;
    case 'other_key':
      return `The backup is signed with a different key from those in ${keyPlace}: another server made it, or someone changed it. If the key was changed since, put the key file of that time there.`;
  }
}

export function unproven(proof: Exclude<Proof, 'proven'>, keyPlace: string): StoreProblem {
  return new StoreProblem(
    'unproven',
    `${unprovenWords(proof, keyPlace)} Nothing was restored. If you know where the file has been since it was made, restore it anyway with --accept-unproven.`,
  );
}
