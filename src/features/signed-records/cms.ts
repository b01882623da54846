import { createHash } from 'node:crypto';
import { fromBER, Null, ObjectIdentifier, OctetString, UTCTime } from 'asn1js';
import {
  AlgorithmIdentifier,
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

/** Object identifiers of RFC 5652, section 11, RFC 5754 and RFC 4055. */
const DATA = '1.2.840.113549.1.7.1';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SHA_256 = '2.16.840.1.101.3.4.2.1';
const RSA_WITH_SHA_256 = '1.2.840.113549.1.1.11';
const SIGNING_TIME = '1.2.840.113549.1.9.5';

export interface Signed {
  /** SHA-256 of the certificate, as lower-case hex. */
  readonly fingerprint: string;
  /** When the signer says that it signed; its own clock, nobody else's. */
  readonly at: Date;
}

/** A detached signature (CMS, RFC 5652) with the certificate in it. */
export async function signCms(data: Uint8Array, key: SigningKey, at: Date): Promise<Uint8Array> {
  const certificate = Certificate.fromBER(Uint8Array.from(key.certificate).buffer);
  const digest = digestOf(data);
  const cms = envelope(certificate, digest, at);
  await cms.sign(key.key, 0, 'SHA-256');
  return encoded(envelope(certificate, digest, at, cms.signerInfos[0]?.signature));
}

/** Who signed the data; null where the signature is not of these bytes, or is none that `signCms` writes. */
export async function verifyCms(data: Uint8Array, signature: Uint8Array): Promise<Signed | null> {
  try {
    const { result, offset } = fromBER(Uint8Array.from(signature).buffer);
    // The place that was kept for it is larger: zeros follow, and nothing else.
    if (offset < 0 || signature.subarray(offset).some((byte) => byte !== 0)) return null;
    const cms = new SignedData({ schema: new ContentInfo({ schema: result }).content });
    const [certificate] = cms.certificates ?? [];
    const [signer] = cms.signerInfos;
    if (!(certificate instanceof Certificate) || signer === undefined) return null;
    const at = timeOf(signer);
    // The signature itself covers neither its own wrapping nor the certificate: both must be as they are written here.
    if (at === null || certificate.signatureValue.valueBlock.unusedBits !== 0) return null;
    if (!(await certificate.verify())) return null;
    const again = encoded(envelope(certificate, digestOf(data), at, signer.signature));
    if (!Buffer.from(again).equals(signature.subarray(0, offset))) return null;
    const ok = await cms.verify({ signer: 0, data: Uint8Array.from(data).buffer, checkChain: false });
    if (!ok) return null;
    return { fingerprint: fingerprintOf(new Uint8Array(certificate.toSchema().toBER(false))), at };
  } catch {
    return null;
  }
}

/** What is signed and how; `signature` where it is known already. */
function envelope(certificate: Certificate, digest: Buffer, at: Date, signature?: OctetString): SignedData {
  const attribute = (type: string, value: unknown) => new Attribute({ type, values: [value] });
  const algorithm = (algorithmId: string) =>
    new AlgorithmIdentifier({ algorithmId, algorithmParams: new Null() });
  return new SignedData({
    version: 1,
    digestAlgorithms: signature === undefined ? [] : [algorithm(SHA_256)],
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
        ...(signature === undefined
          ? {}
          : {
              digestAlgorithm: algorithm(SHA_256),
              signatureAlgorithm: algorithm(RSA_WITH_SHA_256),
              signature,
            }),
      }),
    ],
  });
}

function encoded(cms: SignedData): Uint8Array {
  const wrapped = new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content: cms.toSchema(true) });
  return new Uint8Array(wrapped.toSchema().toBER(false));
}

function digestOf(data: Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}

export function fingerprintOf(certificate: Uint8Array): string {
  return createHash('sha256').update(certificate).digest('hex');
}

function timeOf({ signedAttrs }: SignerInfo): Date | null {
  const value = signedAttrs?.attributes.find(({ type }) => type === SIGNING_TIME)?.values[0];
  return value instanceof UTCTime ? value.toDate() : null;
}
