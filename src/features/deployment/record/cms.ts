import { createHash } from 'node:crypto';
import { fromBER, ObjectIdentifier, OctetString, UTCTime } from 'asn1js';
import {
  Attribute,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import type { SigningKey } from './signing-key.ts';

/** Object identifiers of RFC 5652, section 11. */
const DATA = '1.2.840.113549.1.7.1';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_TIME = '1.2.840.113549.1.9.5';

export interface Signed {
  /** SHA-256 of the certificate, as lower-case hex. */
  readonly fingerprint: string;
  /** When the signer says that it signed; its own clock, nobody else's. */
  readonly at: Date | null;
}

/** A detached signature (CMS, RFC 5652) with the certificate in it. */
export async function signCms(data: Uint8Array, key: SigningKey, at: Date): Promise<Uint8Array> {
  const certificate = Certificate.fromBER(Uint8Array.from(key.certificate).buffer);
  const digest = createHash('sha256').update(data).digest();
  const attribute = (type: string, value: unknown) => new Attribute({ type, values: [value] });
  const cms = new SignedData({
    version: 1,
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: DATA }),
    certificates: [certificate],
    signerInfos: [
      new SignerInfo({
        version: 1,
        sid: new IssuerAndSerialNumber({
          issuer: certificate.issuer,
          serialNumber: certificate.serialNumber,
        }),
        signedAttrs: new SignedAndUnsignedAttributes({
          type: 0,
          attributes: [
            attribute(CONTENT_TYPE, new ObjectIdentifier({ value: DATA })),
            attribute(SIGNING_TIME, new UTCTime({ valueDate: at })),
            attribute(MESSAGE_DIGEST, new OctetString({ valueHex: Uint8Array.from(digest).buffer })),
          ],
        }),
      }),
    ],
  });
  await cms.sign(key.key, 0, 'SHA-256');
  const wrapped = new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content: cms.toSchema(true) });
  return new Uint8Array(wrapped.toSchema().toBER(false));
}

/** Who signed the data; null where the signature is not of these bytes, or cannot be read. */
export async function verifyCms(data: Uint8Array, signature: Uint8Array): Promise<Signed | null> {
  try {
    // The place that was kept for it is larger: zeros follow.
    const { result } = fromBER(Uint8Array.from(signature).buffer);
    const cms = new SignedData({ schema: new ContentInfo({ schema: result }).content });
    const [certificate] = cms.certificates ?? [];
    const [signer] = cms.signerInfos;
    if (!(certificate instanceof Certificate) || signer === undefined) return null;
    if (!isOf(signer, certificate)) return null;
    const ok = await cms.verify({ signer: 0, data: Uint8Array.from(data).buffer, checkChain: false });
    return ok
      ? {
          fingerprint: fingerprintOf(new Uint8Array(certificate.toSchema().toBER(false))),
          at: timeOf(signer),
        }
      : null;
  } catch {
    return null;
  }
}

export function fingerprintOf(certificate: Uint8Array): string {
  return createHash('sha256').update(certificate).digest('hex');
}

function isOf({ sid }: SignerInfo, certificate: Certificate): boolean {
  return sid instanceof IssuerAndSerialNumber && sid.serialNumber.isEqual(certificate.serialNumber);
}

function timeOf({ signedAttrs }: SignerInfo): Date | null {
  const value = signedAttrs?.attributes.find(({ type }) => type === SIGNING_TIME)?.values[0];
  return value instanceof UTCTime ? value.toDate() : null;
}
