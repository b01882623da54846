import { constants, createPublicKey, verify, X509Certificate } from 'node:crypto';
import type { Answer } from '../siem/receiver.ts';

/** An application registration in the Entra simulator. */
export interface RegisteredApplication {
  readonly tenant: string;
  readonly application: string;
  readonly secret: string;
  /** Certificate (PEM); left out: the application has only a secret. */
  readonly certificate?: string;
}

/** Entra's error response to a client credentials request; null if the credentials are valid. */
export function refusedSignIn(
  path: string,
  form: URLSearchParams,
  applications: readonly RegisteredApplication[],
  now: Date,
): Answer | null {
  const application = applications.find((one) => one.application === form.get('client_id'));
  const [{ tenant } = { tenant: '' }] = applications;
  if (path !== `/${tenant}/oauth2/v2.0/token`)
    return entraError(400, 'invalid_request', 90002, 'Tenant not found.');
  if (form.get('grant_type') !== 'client_credentials')
    return entraError(400, 'unsupported_grant_type', 70003, 'The grant is not supported.');
  if (application === undefined)
    return entraError(400, 'unauthorized_client', 700016, 'The application was not found in the directory.');
  return wrongProof(form, application, now);
}

function wrongProof(
  form: URLSearchParams,
  { tenant, application, secret, certificate }: RegisteredApplication,
  now: Date,
): Answer | null {
  const assertion = form.get('client_assertion');
  if (assertion === null)
    return form.get('client_secret') === secret
      ? null
      : entraError(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
  const unknown = entraError(401, 'invalid_client', 700027, 'The certificate is not registered.');
  if (certificate === undefined) return unknown;
  const [head = '', claims = '', signature = ''] = assertion.split('.');
  const genuine = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    {
      key: createPublicKey(
        new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'pem' }),
      ),
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    },
    Buffer.from(signature, 'base64url'),
  );
  if (!genuine) return unknown;
  const said = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Record<string, unknown>;
  const seconds = now.getTime() / 1000;
  const fits =
    said.iss === application &&
    said.sub === application &&
    String(said.aud).endsWith(`/${tenant}/oauth2/v2.0/token`) &&
    Number(said.nbf) <= seconds &&
    Number(said.exp) > seconds;
  return fits
    ? null
    : entraError(401, 'invalid_client', 700024, 'The client assertion is not within its valid time range.');
}

export function entraError(status: number, error: string, number: number, says: string): Answer {
  return {
    status,
    body: JSON.stringify({
      error,
      error_description: `AADSTS${number}: ${says} Trace ID: 0 Correlation ID: 0 Timestamp: 2026-11-24 15:00:00Z`,
      error_codes: [number],
    }),
  };
}
