import { createHash, randomBytes } from 'node:crypto';

/** A random secret of 256 bits, safe in URLs, cookies and headers. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Hash to store for a secret made by {@link newSecret}. Plain SHA-256 is enough for 256 random bits; do not use it for
 * passwords.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
