import {
  constants,
  createHash,
  createPrivateKey,
  type KeyObject,
  randomUUID,
  sign,
  X509Certificate,
} from 'node:crypto';

/** An application's certificate with its key, as Entra knows it. */
export interface ClientCertificate {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
}

/** Reads one certificate and its key from PEM. Throws an Error with a sentence for a person. */
export function readCertificate(pem: string, now: Date): ClientCertificate {
  const block = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/u.exec(pem)?.[0];
  const secret = /-----BEGIN (?:RSA )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA )?PRIVATE KEY-----/u.exec(
    pem,
  )?.[0];
  if (block === undefined || secret === undefined)
    throw new Error(
      'Paste the certificate and its private key without a password, both as PEM: one block that begins with BEGIN CERTIFICATE and one with BEGIN PRIVATE KEY.',
    );
  const { certificate, key } = parsed(block, secret);
  if (key.asymmetricKeyType !== 'rsa')
    throw new Error('Entra takes RSA keys only for an application. Make a certificate with an RSA key.');
  if (!certificate.checkPrivateKey(key))
    throw new Error(
      'This private key does not belong to this certificate. Paste the two that were made together.',
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
      'The certificate or its private key cannot be read. Paste both as PEM, whole and unchanged.',
    );
  }
}

/** Seconds for which an assertion counts. */
const COUNTS = 300;

/** A signed statement of who asks for a token, in place of a secret (RFC 7523, as Entra takes it). */
export function clientAssertion(
  { certificate, key }: ClientCertificate,
  {
    application,
    audience,
    now,
  }: { readonly application: string; readonly audience: string; readonly now: Date },
): string {
  const seconds = Math.floor(now.getTime() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const thumbprint = createHash('sha256').update(certificate.raw).digest('base64url');
  const text = `${part({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint })}.${part({
    aud: audience,
    iss: application,
    sub: application,
    jti: randomUUID(),
    nbf: seconds - 60,
    exp: seconds + COUNTS,
  })}`;
  const signature = sign('sha256', Buffer.from(text), {
    key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  });
  return `${text}.${signature.toString('base64url')}`;
}
