import type * as Oidc from 'openid-client';
import { readToken, type Token, type TokenAsk, TokenProblem, tokenUrl } from '#domain/microsoft/token.ts';
import { certificateProof, readCertificate } from './certificate.ts';

/** An application's credential: a client secret, or its certificate with the key as PEM. */
export type Credential = { readonly secret: string } | { readonly certificate: string };

/** Sends a request to the token endpoint; errors are passed on to the caller. */
export type AskSignIn = (
  url: URL,
  request: {
    readonly method: 'POST';
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  },
) => Promise<Response>;

/**
 * Gets an application's token by client credentials (RFC 6749, 4.4), with openid-client. Throws a {@link TokenProblem}
 * for error responses of Entra, an Error with a sentence for display if the certificate is unusable, and anything that
 * `ask` throws.
 */
export async function tokenByCredentials(
  asks: TokenAsk,
  credential: Credential,
  { ask, now }: { readonly ask: AskSignIn; readonly now: Date },
): Promise<Token> {
  const url = tokenUrl(asks);
  const oidc = await import('openid-client');
  const proof =
    'secret' in credential
      ? oidc.ClientSecretPost(credential.secret)
      : certificateProof(oidc, readCertificate(credential.certificate, now), { audience: url, now });
  const configuration = new oidc.Configuration(
    { issuer: url, token_endpoint: url },
    asks.application,
    {},
    proof,
  );
  // `ask` itself rejects hosts without TLS, except those that are allowed.
  if (new URL(url).protocol === 'http:') oidc.allowInsecureRequests(configuration);
  let answer: { readonly status: number; readonly body: string } | null = null;
  let unanswered: { readonly error: unknown } | null = null;
  configuration[oidc.customFetch] = async (address, { method, headers, body }) => {
    if (method !== 'POST') throw new TypeError(`A token is not asked for by ${method}.`);
    try {
      const response = await ask(new URL(address), { method, headers, body: formIn(body) });
      answer = { status: response.status, body: await response.clone().text() };
      return response;
    } catch (error) {
      unanswered = { error };
      throw error;
    }
  };
  try {
    const { access_token, expires_in } = await oidc.clientCredentialsGrant(configuration, {
      scope: asks.scope,
    });
    // A token without an expiry is requested anew each time.
    return { token: access_token, until: now.getTime() + (expires_in ?? 0) * 1000 };
  } catch (error) {
    throw problemOf({ error, answer, unanswered }, now);
  }
}

function formIn(body: Oidc.FetchBody): string {
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError('A token is asked for by a form.');
}

/** Why the request could not be sent, or else Entra's error response, with its own numbers. */
function problemOf(
  {
    error,
    answer,
    unanswered,
  }: {
    readonly error: unknown;
    readonly answer: { readonly status: number; readonly body: string } | null;
    readonly unanswered: { readonly error: unknown } | null;
  },
  now: Date,
): unknown {
  if (unanswered !== null) return unanswered.error;
  if (answer === null) return error;
  try {
    readToken(answer.status, answer.body, now.getTime());
  } catch (problem) {
    return problem;
  }
  // openid-client rejected the response, for example because of an unexpected token type.
  return new TokenProblem({ code: 'no_entra', status: answer.status, said: '' });
}
