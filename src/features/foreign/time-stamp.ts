import { createHash } from 'node:crypto';
import {
  Certificate,
  ContentInfo,
  ExtKeyUsage,
  IssuerAndSerialNumber,
  SignedData,
  type SignerInfo,
  TimeStampResp,
  TSTInfo,
} from 'pkijs';
import type { StampCheck, StampExpected, StampProblem } from '#domain/time-stamps/stamp.ts';

/** Object identifiers of RFC 3161, RFC 5652 and RFC 5754. */
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const DATA = '1.2.840.113549.1.7.1';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const SHA_256 = '2.16.840.1.101.3.4.2.1';
const EXTENDED_KEY_USAGE = '2.5.29.37';
/** Signed attributes that identify the certificate by its hash (RFC 5035): by SHA-1, and by SHA-256. */
const SIGNING_CERTIFICATE = ['1.2.840.113549.1.9.16.2.12', '1.2.840.113549.1.9.16.2.47'];
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

/**
 * Checks that a response (RFC 3161, 2.4.2) is a time stamp of a file: its status, the file's hash, the nonce, the
 * signature, and a certificate that is only for time stamps and was valid at that time.
 */
export async function checkStamp(answer: Uint8Array, expected: StampExpected): Promise<StampCheck> {
  try {
    return await check(answer, expected);
  } catch {
    return failed('unreadable');
  }
}

function failed(problem: StampProblem): StampCheck {
  return { proved: false, problem };
}

async function check(answer: Uint8Array, { sha256, nonce, issuers }: StampExpected): Promise<StampCheck> {
  const { status, timeStampToken } = TimeStampResp.fromBER(Uint8Array.from(answer).buffer);
  // 0 is granted, 1 is grantedWithMods.
  if (Number(status.status) > 1) return failed('refused');
  if (timeStampToken === undefined || timeStampToken.contentType !== ContentInfo.SIGNED_DATA)
    return failed('unreadable');
  const cms = new SignedData({ schema: timeStampToken.content });
  const { eContent, eContentType } = cms.encapContentInfo;
  const [signer] = cms.signerInfos;
  if (
    eContentType !== TST_INFO ||
    eContent === undefined ||
    signer === undefined ||
    cms.signerInfos.length > 1
  )
    return failed('unreadable');
  const info = TSTInfo.fromBER(eContent.getValue());
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  if (hashAlgorithm.algorithmId !== SHA_256 || hexOf(hashedMessage.getValue()) !== sha256)
    return failed('other_file');
  if (
    nonce !== undefined &&
    (info.nonce === undefined || hexOf(info.nonce.valueBlock.valueHexView) !== nonce)
  )
    return failed('other_request');
  const certificate = cms.certificates?.find(
    (one): one is Certificate =>
      one instanceof Certificate &&
      signer.sid instanceof IssuerAndSerialNumber &&
      one.issuer.isEqual(signer.sid.issuer) &&
      one.serialNumber.isEqual(signer.sid.serialNumber),
  );
  const signedType = signer.signedAttrs?.attributes.find(({ type }) => type === CONTENT_TYPE)?.values[0];
  if (certificate === undefined || signedType?.valueBlock?.toString() !== TST_INFO)
    return failed('unreadable');
  // For a time stamp the library would need the file itself. Its hash was compared above, so only the signature is
  // verified, as for data.
  cms.encapContentInfo.eContentType = DATA;
  if (!(await cms.verify({ signer: 0, checkChain: false }).catch(() => false)))
    return failed('bad_signature');
  if (!isForTimeStamps(certificate)) return failed('no_usage');
  if (!namesCertificate(signer, certificate)) return failed('bad_signature');
  if (info.genTime < certificate.notBefore.value || info.genTime > certificate.notAfter.value)
    return failed('not_valid_then');
  if (issuers !== undefined && issuers.trim() !== '' && !(await issuedBy(certificate, cms, issuers)))
    return failed('untrusted');
  return {
    proved: true,
    at: info.genTime.toISOString(),
    authority: nameOf(certificate),
    certificate: createHash('sha256').update(derOf(certificate)).digest('hex'),
  };
}

/** RFC 3161, 2.3: the extension must be critical and contain only the purpose of time stamping. */
function isForTimeStamps({ extensions }: Certificate): boolean {
  const usage = extensions?.find(({ extnID }) => extnID === EXTENDED_KEY_USAGE);
  return (
    usage?.critical === true &&
    usage.parsedValue instanceof ExtKeyUsage &&
    usage.parsedValue.keyPurposes.join() === TIME_STAMPING
  );
}

/**
 * Whether the signature is bound to this certificate, so that no other certificate with the same key can replace it.
 */
function namesCertificate({ signedAttrs }: SignerInfo, certificate: Certificate): boolean {
  const der = derOf(certificate);
  return (signedAttrs?.attributes ?? [])
    .filter(({ type }) => SIGNING_CERTIFICATE.includes(type))
    .some((attribute) => {
      const bytes = Buffer.from(attribute.toSchema().toBER(false));
      return ['sha1', 'sha256'].some((hash) => bytes.includes(createHash(hash).update(der).digest()));
    });
}

/** Whether the certificate chains to one of the configured issuers, through the certificates in the response. */
async function issuedBy(
  certificate: Certificate,
  { certificates }: SignedData,
  pem: string,
): Promise<boolean> {
  const trusted = certificatesIn(pem);
  const between = (certificates ?? []).filter((one): one is Certificate => one instanceof Certificate);
  let current = certificate;
  for (let step = 0; step < 8; step += 1) {
    const der = hexOf(derOf(current));
    if (trusted.some((one) => hexOf(derOf(one)) === der)) return true;
    let next: Certificate | undefined;
    for (const one of [...trusted, ...between])
      if (one.subject.isEqual(current.issuer) && (await current.verify(one).catch(() => false))) next = one;
    if (next === undefined || next === current) return false;
    current = next;
  }
  return false;
}

/** Whether a PEM text contains certificates and all can be read. */
export function canReadCertificates(pem: string): boolean {
  try {
    return certificatesIn(pem).length > 0;
  } catch {
    return false;
  }
}

function certificatesIn(pem: string): readonly Certificate[] {
  return [...pem.matchAll(/-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]+)-----END CERTIFICATE-----/g)].map(
    ([, body = '']) => Certificate.fromBER(Uint8Array.from(Buffer.from(body, 'base64')).buffer),
  );
}

function derOf(certificate: Certificate): Uint8Array {
  return new Uint8Array(certificate.toSchema().toBER(false));
}

function nameOf({ subject }: Certificate): string {
  const named = (type: string) =>
    subject.typesAndValues.find((one) => one.type === type)?.value.valueBlock.value as string | undefined;
  return named('2.5.4.3') ?? named('2.5.4.10') ?? 'An authority without a name';
}

function hexOf(bytes: ArrayBuffer | Uint8Array): string {
  return Buffer.from(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)).toString('hex');
}
