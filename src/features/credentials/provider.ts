import type * as Oidc from 'openid-client';
import { type ProviderRow, providerSecretPlace } from '#store/identity/providers.ts';
import type { ServerConfig, Services } from '../context.ts';
import { fetchAllowed } from '../outbound.ts';
import { issuerProblem } from './identity.ts';

const TIMEOUT_SECONDS = 10;
/** The largest descriptions and key sets of providers are a tenth of it. */
const MAX_BYTES = 512 * 1024;

/** The address that has to be registered at each provider. */
export function redirectUri(config: Pick<ServerConfig, 'origin'>): string {
  return `${config.origin}/api/v1/sign-in/oidc/callback`;
}

export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** null: a public client, which PKCE alone protects. */
  readonly secret: string | null;
}

/** What is stored of a provider, with its secret opened. */
export function settingsOf({ sealer }: Pick<Services, 'sealer'>, provider: ProviderRow): ProviderSettings {
  return {
    issuer: provider.issuer,
    clientId: provider.oidc_client_id,
    secret:
      provider.secret_sealed === null
        ? null
        : sealer.open(provider.secret_sealed, providerSecretPlace(provider.id)),
  };
}

/**
 * Asks a provider for its description. Only its own host is asked for that, and afterwards only the hosts that the
 * description names. Who signs in is taken only from a token that a published key of the provider signed, so that TLS is
 * not all that the answer rests on. Throws where it does not answer, or answers for another issuer.
 */
export async function discover(
  { config }: Pick<Services, 'config'>,
  { issuer, clientId, secret }: ProviderSettings,
): Promise<Oidc.Configuration> {
  const problem = issuerProblem(issuer);
  if (problem !== null) throw new Error(problem);
  const server = new URL(issuer);
  const { privateHosts } = config;
  const guarded = (hosts: readonly string[]): Oidc.CustomFetch => {
    const fetch = fetchAllowed({
      hosts,
      privateHosts,
      timeoutMs: TIMEOUT_SECONDS * 1000,
      maxBytes: MAX_BYTES,
    });
    return (url, { body, headers, method, signal }) =>
      fetch(url, {
        method,
        headers,
        redirect: 'manual',
        ...(body == null ? {} : { body: body instanceof URLSearchParams ? body.toString() : String(body) }),
        ...(signal === undefined ? {} : { signal }),
      });
  };
  // Most servers have no provider to sign in at; whoever has loads the library with the first sign-in.
  const oidc = await import('openid-client');
  const found = await oidc.discovery(
    server,
    clientId,
    secret === null ? undefined : { client_secret: secret },
    secret === null ? oidc.None() : undefined,
    {
      timeout: TIMEOUT_SECONDS,
      [oidc.customFetch]: guarded([server.host]),
      // Where TLS is missing the guard above refuses all but the hosts that may be asked without it.
      ...(server.protocol === 'http:' ? { execute: [oidc.allowInsecureRequests] } : {}),
    },
  );
  const { token_endpoint, jwks_uri, userinfo_endpoint } = found.serverMetadata();
  found[oidc.customFetch] = guarded(
    [token_endpoint, jwks_uri, userinfo_endpoint].flatMap((url) =>
      url === undefined ? [] : [new URL(url).host],
    ),
  );
  oidc.enableNonRepudiationChecks(found);
  return found;
}
