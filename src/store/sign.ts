import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** Signs with Ed25519 (RFC 8032). */
export interface Signer {
  /** The 32-byte public key in lower-case hex. */
  readonly publicKey: string;
  /** The signature of a text's UTF-8 bytes, as base64url without padding: 86 characters. */
  sign(text: string): string;
}

/** DER prefixes of a private and a public key (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** The same 32-byte seed always gives the same key. */
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

/** Verifies a signature. Malformed keys and signatures are not valid. */
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
