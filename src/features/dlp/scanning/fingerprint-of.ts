import { createHmac } from 'node:crypto';

/**
 * The fingerprint of a secret: the same secret of the same client has the same one, and without the client's key nobody
 * can try what it was. A browser sends the SHA-256 of what it found, never the secret, so that is what is keyed.
 *
 * @param key of the client, as hexadecimal digits
 * @param sha256 of the secret in UTF-8, as 64 hexadecimal digits
 */
export const fingerprintOf = (key: string, sha256: string): string =>
  createHmac('sha256', Buffer.from(key, 'hex')).update(sha256).digest('hex');
