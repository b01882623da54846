import type * as Oidc from 'openid-client';
import { z } from 'zod';

/** What the answer of a provider has to match; kept on the server, tied to the browser that began. */
export const begunGrant = z.object({ verifier: z.string(), state: z.string(), nonce: z.string() });
type BegunGrant = z.infer<typeof begunGrant>;

/** The address at the provider that a sign-in begins with, and what its answer has to match. */
export async function beginGrant(
  configuration: Oidc.Configuration,
  redirectUri: string,
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly url: string; readonly begun: BegunGrant }> {
  const oidc = await import('openid-client');
  const begun = {
    verifier: oidc.randomPKCECodeVerifier(),
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
  };
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: 'openid email profile',
    response_type: 'code',
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(begun.verifier),
    code_challenge_method: 'S256',
    ...more,
  });
  return { url: url.href, begun };
}

/** Redeems the code of an answer for tokens, of which the id token is checked. Throws where the answer does not hold. */
export async function redeemGrant(
  configuration: Oidc.Configuration,
  redirectUri: string,
  begun: BegunGrant,
  answer: Readonly<Record<string, unknown>>,
): Promise<Awaited<ReturnType<typeof Oidc.authorizationCodeGrant>>> {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer))
    if (typeof value === 'string') url.searchParams.set(name, value);
  const oidc = await import('openid-client');
  return oidc.authorizationCodeGrant(configuration, url, {
    pkceCodeVerifier: begun.verifier,
    expectedState: begun.state,
    expectedNonce: begun.nonce,
    idTokenExpected: true,
  });
}
