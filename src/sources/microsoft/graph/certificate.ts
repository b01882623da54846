import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type * as Oidc from 'openid-client';

/** An application's certificate and key, as registered in Entra. */
export interface ClientCertificate {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
}

/** Parses one certificate and its key from PEM. Throws an Error with a sentence for display. */
export function readCertificate(pem: string, now: Date): ClientCertificate {
  const block = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/u.exec(pem)?.[0];
  const secret = /-----BEGIN (?:RSA )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA )?PRIVATE KEY-----/u.exec(
    pem,
  )?.[0];
  if (block === undefined || secret === undefined)
    throw new Error(
      'Paste the certificate and its private key without a password, both as PEM: one block that starts with BEGIN CERTIFICATE and one with BEGIN PRIVATE KEY.',
    );
  const { certificate, key } = parsed(block, secret);
  if (key.asymmetricKeyType !== 'rsa')
    throw new Error('Entra accepts only RSA keys for an application. Create a certificate with an RSA key.');
  if (!certificate.checkPrivateKey(key))
    throw new Error(
      'This private key does not belong to this certificate. Paste the two that were created together.',
    );
  if (certificate.validToDate <= now)
    throw new Error(
      `This certificate ended on ${certificate.validToDate.toISOString().slice(0, 10)}. Make a new one and upload it to the application in Entra.`,
    );
  return { certificate, key };
}

function parsed(block: string, secret: string): ClientCertificate {
  try {
    return { certificate: new X509Certificate(block), key: createPrivateKey(secret) };
  } catch {
    throw new Error(
      'The certificate or its private key cannot be read. Paste both as PEM, complete and unchanged.',
    );
  }
}

/** Validity of an assertion, in seconds. */
const COUNTS = 300;

/** Signed client assertion in place of a secret (RFC 7523, as Entra accepts it). */
export function certificateProof(
  oidc: typeof Oidc,
  { certificate, key }: ClientCertificate,
  { audience, now }: { readonly audience: string; readonly now: Date },
): Oidc.ClientAuth {
  const seconds = Math.floor(now.getTime() / 1000);
  const signing = key.toCryptoKey({ name: 'RSA-PSS', hash: 'SHA-256' }, false, ['sign']);
  return oidc.PrivateKeyJwt(signing, {
    [oidc.modifyAssertion]: (header, payload) => {
      header.typ = 'JWT';
      // Entra identifies the certificate by this thumbprint, and expects the token URL as audience.
      header['x5t#S256'] = createHash('sha256').update(certificate.raw).digest('base64url');
      Object.assign(payload, { aud: audience, iat: seconds, nbf: seconds - 60, exp: seconds + COUNTS });
    },
  });
}
