import { createPrivateKey, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { BitString, Integer, Utf8String } from 'asn1js';
import { AttributeTypeAndValue, Certificate, Extension } from 'pkijs';
import { currentSigningKey, insertSigningKey, signingKeyPlace } from '#store/deployment/signing-keys.ts';
import type { Services } from '../context.ts';
import { fingerprintOf } from './cms.ts';

export interface SigningKey {
  readonly key: webcrypto.CryptoKey;
  /** X.509 certificate in DER, signed by the key itself. */
  readonly certificate: Uint8Array;
  /** SHA-256 of the certificate, as lower-case hex. */
  readonly fingerprint: string;
}

const ALGORITHM = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 3072,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
} as const;
const YEARS = 20;

/**
 * The key with which this server signs records. It is made here when it is first needed and never leaves: the private
 * half is sealed like every other secret. No authority vouches for it; who holds a record compares its fingerprint.
 */
export async function signingKey(services: Services): Promise<SigningKey> {
  const { store } = services;
  const known = usable(await store.read('system', currentSigningKey));
  if (known !== null) return opened(services, known.id, known.certificate, known.key_sealed);
  const created = await makeKey(services);
  return store.write('system', async (tx) => {
    // Someone else may have made one in the meantime; then theirs signs.
    const other = usable(await currentSigningKey(tx));
    if (other !== null) return opened(services, other.id, other.certificate, other.key_sealed);
    await insertSigningKey(tx, created.row);
    return created.key;
  });
}

/**
 * The key, unless its certificate is one that strict readers refuse. Until December 2026 one in 256 was: its serial
 * number began with a zero byte that DER does not allow, and PDF viewers reported each of its signatures as invalid.
 */
function usable(
  row: { readonly id: string; readonly certificate: string; readonly key_sealed: string | null } | null,
) {
  if (row === null || row.key_sealed === null) return null;
  try {
    new X509Certificate(Buffer.from(row.certificate, 'base64'));
  } catch {
    return null;
  }
  return { id: row.id, certificate: row.certificate, key_sealed: row.key_sealed };
}

async function opened(
  { sealer }: Services,
  id: string,
  certificate: string,
  sealed: string,
): Promise<SigningKey> {
  const pem = sealer.open(sealed, signingKeyPlace(id));
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  const key = await webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']);
  return { key, certificate: Buffer.from(certificate, 'base64'), fingerprint: id };
}

async function makeKey({ sealer, clock, config }: Services) {
  const now = clock();
  const pair = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await certificateOf(pair, `Bylaw at ${new URL(config.origin).host}`, now);
  const fingerprint = fingerprintOf(certificate);
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', pair.privateKey);
  const pem = `-----BEGIN PRIVATE KEY-----\n${Buffer.from(pkcs8).toString('base64')}\n-----END PRIVATE KEY-----\n`;
  return {
    key: { key: pair.privateKey, certificate, fingerprint } satisfies SigningKey,
    row: {
      id: fingerprint,
      certificate: Buffer.from(certificate).toString('base64'),
      key_sealed: sealer.seal(pem, signingKeyPlace(fingerprint)),
      created_at: now,
    },
  };
}

/** Signed by itself, for signatures only (key usage bits 0 and 1 of RFC 5280, 4.2.1.3). */
async function certificateOf(pair: webcrypto.CryptoKeyPair, name: string, now: Date): Promise<Uint8Array> {
  const certificate = new Certificate();
  certificate.version = 2;
  // Positive, and without the leading zero that DER does not allow: the first byte is 0x40 to 0x7f.
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  certificate.serialNumber = new Integer({ valueHex: Uint8Array.from(serial).buffer });
  for (const who of [certificate.issuer, certificate.subject])
    who.typesAndValues.push(
      new AttributeTypeAndValue({ type: '2.5.4.3', value: new Utf8String({ value: name.slice(0, 64) }) }),
    );
  certificate.notBefore.value = new Date(now.getTime() - 3_600_000);
  const end = new Date(now);
  end.setUTCFullYear(end.getUTCFullYear() + YEARS);
  certificate.notAfter.value = end;
  const usage = new BitString({ valueHex: Uint8Array.of(0xc0).buffer, unusedBits: 6 });
  certificate.extensions = [
    new Extension({
      extnID: '2.5.29.15',
      critical: true,
      extnValue: usage.toBER(false),
      parsedValue: usage,
    }),
  ];
  await certificate.subjectPublicKeyInfo.importKey(pair.publicKey);
  await certificate.sign(pair.privateKey, 'SHA-256');
  return new Uint8Array(certificate.toSchema(true).toBER(false));
}
