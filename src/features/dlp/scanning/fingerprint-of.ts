import { createHmac } from 'node:crypto';

/**
 * The fingerprint of a secret: equal for equal secrets of one client, and impossible to test guesses against without
 * the client's key. Browsers send the SHA-256 of a finding, never the secret, so that is what is keyed.
 *
 * @param key of the client, in hex
 * @param sha256 of the secret in UTF-8, as 64 hexadecimal digits
 */
export const fingerprintOf = (key: string, sha256: string): string =>
  createHmac('sha256', Buffer.from(key, 'hex')).update(sha256).digest('hex');
