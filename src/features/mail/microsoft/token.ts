import { keptToken, readToken, type TokenAsk, tokenForm, tokenUrl } from '#domain/microsoft/token.ts';
import { clientAssertion, readCertificate } from '#sources/microsoft/graph/certificate.ts';

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
      return kept.get(JSON.stringify(asks), now.getTime(), async () => {
        const url = tokenUrl(asks);
        const answer = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
          body: tokenForm(asks, await proofOf(asks, url, now)),
        });
        return readToken(answer.status, await answer.text(), now.getTime());
      });
    },
    /** The token was refused: the next one is asked for again. */
    forget: kept.forget,
  };
}

async function proofOf({ credential, secret, application }: Application, audience: string, now: Date) {
  if (credential === 'secret') return { secret };
  return { assertion: await clientAssertion(readCertificate(secret, now), { application, audience, now }) };
}
