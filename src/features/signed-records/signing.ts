import type { Services } from '../context.ts';
import type { Signed } from './cms.ts';
import type { AboutSignature } from './pdf-placeholder.ts';
import type { SigningKey } from './signing-key.ts';

/*
 * What signs and what checks signatures, each loaded when it is first used: their libraries take several megabytes, and
 * most starts of a server sign nothing.
 */

/** The key with which this server signs records; made with the first of them. */
export async function signingKey(services: Services): Promise<SigningKey> {
  const own = await import('./signing-key.ts');
  return own.signingKey(services);
}

/** A signature of `data` apart from it, as CMS in DER. */
export async function signCms(data: Uint8Array, key: SigningKey, at: Date): Promise<Uint8Array> {
  const cms = await import('./cms.ts');
  return cms.signCms(data, key, at);
}

/** Who signed `data`, and when; null: the signature is none, or not of this data. */
export async function verifyCms(data: Uint8Array, signature: Uint8Array): Promise<Signed | null> {
  const cms = await import('./cms.ts');
  return cms.verifyCms(data, signature);
}

/** The PDF with its signature in it. */
export async function signPdf(pdf: Uint8Array, key: SigningKey, about: AboutSignature): Promise<Uint8Array> {
  const signature = await import('./pdf-signature.ts');
  return signature.signPdf(pdf, key, about);
}
