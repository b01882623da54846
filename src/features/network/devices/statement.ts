import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { PROBE_OUTCOMES } from '#domain/network/probe.ts';
import { certificatesSchema, placeSchema } from '../schemas.ts';

/** Maximum minutes between the clocks of a device and of the server. */
export const MINUTES_APART = 10;
/** Bytes of a P-256 signature in IEEE P1363 form, as Windows writes it. Others write DER. */
const SIDE_BY_SIDE = 64;

/** The JSON that a device signs. Exactly the signed bytes are parsed. */
const statementSchema = z.strictObject({
  device: z.string().max(80),
  at: z.iso.datetime(),
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  place: placeSchema,
  own: z.enum(PROBE_OUTCOMES),
  otherKey: z.enum(PROBE_OUTCOMES).nullable(),
  otherValue: z.enum(PROBE_OUTCOMES),
  headerElsewhere: z.boolean().nullable().optional(),
  certificates: certificatesSchema.optional(),
});
export type Statement = z.infer<typeof statementSchema>;

/**
 * The P-256 key in a text with SubjectPublicKeyInfo in base64; null if it is none. A point has several encodings; the
 * returned key always has the same, so that keys can be compared.
 */
export function publicKeyOf(text: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return null;
    return createPublicKey({ key: key.export({ format: 'jwk' }), format: 'jwk' });
  } catch {
    return null;
  }
}

/** The statement of a device, if the signature is by its key; null if it is not, or the statement is invalid. */
export function statementOf(
  publicKey: string,
  { statement, signature }: { readonly statement: string; readonly signature: string },
): Statement | null {
  const key = publicKeyOf(publicKey);
  if (key === null) return null;
  const bytes = Buffer.from(statement, 'base64');
  const signed = Buffer.from(signature, 'base64');
  const dsaEncoding = signed.length === SIDE_BY_SIDE ? 'ieee-p1363' : 'der';
  if (!verify('sha256', bytes, { key, dsaEncoding }, signed)) return null;
  try {
    return statementSchema.safeParse(JSON.parse(bytes.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}
