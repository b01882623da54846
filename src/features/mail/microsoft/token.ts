import { keptToken, type TokenAsk } from '#domain/microsoft/token.ts';
import { type Credential, tokenByCredentials } from '#sources/microsoft/graph/client-credentials.ts';

/** The data with which a token is requested. */
export interface Application extends TokenAsk {
  readonly credential: 'secret' | 'certificate';
  /** The client secret, or certificate and key as PEM. */
  readonly secret: string;
}

type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body: string },
) => Promise<Response>;

/**
 * Tokens of applications by client credentials. That of the newest settings is cached in memory until shortly before it
 * expires.
 */
export function createTokens(clock: () => Date) {
  const kept = keptToken();
  return {
    /** Throws a TokenProblem that says what Entra refuses and what to do. */
    async get(asks: Application, fetch: Fetch): Promise<string> {
      const now = clock();
      return kept.get(JSON.stringify(asks), now.getTime(), () =>
        tokenByCredentials(asks, credentialOf(asks), {
          now,
          ask: (url, { method, headers, body }) => fetch(url.href, { method, headers: { ...headers }, body }),
        }),
      );
    },
    /** Discards a refused token, so that the next call requests a new one. */
    forget: kept.forget,
  };
}

function credentialOf({ credential, secret }: Application): Credential {
  return credential === 'secret' ? { secret } : { certificate: secret };
}
