import { keptToken, type TokenAsk } from '#domain/microsoft/token.ts';
import { type Credential, tokenByCredentials } from '#sources/microsoft/graph/client-credentials.ts';

/** What a token is asked with. */
export interface Application extends TokenAsk {
  readonly credential: 'secret' | 'certificate';
  /** The client secret, or certificate and key as PEM. */
  readonly secret: string;
}

type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body: string },
) => Promise<Response>;

/** Tokens of applications by client credentials; that of the newest settings is kept in memory until it is about to end. */
export function createTokens(clock: () => Date) {
  const kept = keptToken();
  return {
    /** Throws a TokenProblem: what Entra refuses and what to do. */
    async get(asks: Application, fetch: Fetch): Promise<string> {
      const now = clock();
      return kept.get(JSON.stringify(asks), now.getTime(), () =>
        tokenByCredentials(asks, credentialOf(asks), {
          now,
          ask: (url, { method, headers, body }) => fetch(url.href, { method, headers: { ...headers }, body }),
        }),
      );
    },
    /** The token was refused: the next one is asked for again. */
    forget: kept.forget,
  };
}

function credentialOf({ credential, secret }: Application): Credential {
  return credential === 'secret' ? { secret } : { certificate: secret };
}
