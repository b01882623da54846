import { createHash, randomBytes } from 'node:crypto';

/** A secret that nobody can guess: 256 bits, safe in addresses, cookies and headers. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What is stored of a secret that `newSecret` made. Plain SHA-256 is enough for 256 random bits; passwords are not
 * hashed here.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
