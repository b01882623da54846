import { randomBytes } from 'node:crypto';
import { Integer, OctetString } from 'asn1js';
import { AlgorithmIdentifier, MessageImprint, TimeStampReq } from 'pkijs';

/** Object identifier of SHA-256, RFC 5754. */
const SHA_256 = '2.16.840.1.101.3.4.2.1';

/**
 * A time-stamp request (RFC 3161) for the file with this SHA-256. It has a nonce and asks for the authority's
 * certificate.
 */
export function stampRequest(sha256: string): { readonly request: Uint8Array; readonly nonce: string } {
  // Positive and without a leading zero byte, so that the DER integer in the answer has the same bytes.
  const nonce = randomBytes(16);
  nonce[0] = ((nonce[0] ?? 0) & 0x7f) | 0x40;
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA_256 }),
      hashedMessage: new OctetString({ valueHex: Uint8Array.from(Buffer.from(sha256, 'hex')).buffer }),
    }),
    nonce: new Integer({ valueHex: Uint8Array.from(nonce).buffer }),
    certReq: true,
  });
  return { request: new Uint8Array(request.toSchema().toBER(false)), nonce: nonce.toString('hex') };
}
