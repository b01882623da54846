import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** Signs with Ed25519 (RFC 8032). */
export interface Signer {
  /** The 32 bytes of the public key as lower-case hex. */
  readonly publicKey: string;
  /** The signature of a text's UTF-8 bytes, as base64url without padding: 86 characters. */
  sign(text: string): string;
}

/** What comes before the 32 bytes of a private or a public key in DER (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** The same seed of 32 bytes gives the same key. */
export function signerFrom(seed: Uint8Array): Signer {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  return {
    publicKey: createPublicKey(key)
      .export({ format: 'der', type: 'spki' })
      .subarray(SPKI.length)
      .toString('hex'),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64url'),
  };
}

/** Whether a text was signed with the private half of a public key. Whatever is no key or signature was not. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const key = publicKeyOf(publicKey);
  return key !== null && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
}

function publicKeyOf(hex: string): KeyObject | null {
  if (!/^[0-9a-f]{64}$/.test(hex)) return null;
  try {
    return createPublicKey({
      key: Buffer.concat([SPKI, Buffer.from(hex, 'hex')]),
      format: 'der',
      type: 'spki',
    });
  } catch {
    return null;
  }
}
