import { z } from 'zod';
import { oneLine } from '#domain/text/said.ts';
import { clientAssertion, readCertificate } from './certificate.ts';

/** What a token is asked with. */
export interface Application {
  /** Address of the sign-in service. */
  readonly login: string;
  readonly tenant: string;
  readonly application: string;
  readonly credential: 'secret' | 'certificate';
  /** The client secret, or certificate and key as PEM. */
  readonly secret: string;
  readonly scope: string;
}

type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body: string },
) => Promise<Response>;

interface Kept {
  readonly token: string;
  readonly until: number;
}

const tokenSchema = z.looseObject({ access_token: z.string().min(1), expires_in: z.coerce.number() });
const errorSchema = z.looseObject({ error: z.string(), error_description: z.string().default('') });

/** A token is not used in its last minutes, so that it does not end on the way. Milliseconds. */
const SPARE = 300_000;

/** Tokens of applications by client credentials, each kept in memory until it is about to end. */
export function createTokens(clock: () => Date) {
  const kept = new Map<string, Kept>();
  return {
    /** Throws an Error with a sentence for a person: what Entra refuses and what to do. */
    async get(asks: Application, fetch: Fetch): Promise<string> {
      const key = JSON.stringify(asks);
      const now = clock();
      const found = kept.get(key);
      if (found !== undefined && now.getTime() < found.until - SPARE) return found.token;
      // What was kept for other settings is of no more use.
      kept.clear();
      const fresh = await ask(asks, fetch, now);
      kept.set(key, fresh);
      return fresh.token;
    },
    /** The token was refused: the next one is asked for anew. */
    forget(): void {
      kept.clear();
    },
  };
}

async function ask(asks: Application, fetch: Fetch, now: Date): Promise<Kept> {
  const url = `${asks.login}/${encodeURIComponent(asks.tenant)}/oauth2/v2.0/token`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({
      client_id: asks.application,
      scope: asks.scope,
      grant_type: 'client_credentials',
      ...proof(asks, url, now),
    }).toString(),
  });
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) {
    const token = tokenSchema.safeParse(body);
    if (token.success)
      return {
        token: token.data.access_token,
        until: now.getTime() + token.data.expires_in * 1000,
      };
    throw new Error('Microsoft’s sign-in gave an answer without a token. Check the cloud and the tenant.');
  }
  const said = errorSchema.safeParse(body);
  if (!said.success)
    throw new Error(
      `Microsoft’s sign-in is not available now (HTTP ${answer.status}). Try again in a few minutes.`,
    );
  throw new Error(refusalOf(said.data.error_description, answer.status));
}

function proof(asks: Application, audience: string, now: Date): Readonly<Record<string, string>> {
  if (asks.credential === 'secret') return { client_secret: asks.secret };
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: clientAssertion(readCertificate(asks.secret, now), {
      application: asks.application,
      audience,
      now,
    }),
  };
}

/** What to do about Entra's refusals, by their number; learn.microsoft.com/entra/identity-platform/reference-error-codes. */
const TO_DO: Readonly<Record<string, string>> = {
  90002: 'The tenant is not known. Check its ID on the overview page of Entra.',
  900023: 'The tenant is not known. Check its ID on the overview page of Entra.',
  700016: 'The application is not known in this tenant. Check the application (client) ID and the tenant.',
  7000215: 'The client secret is wrong. Enter the secret’s value, not its ID.',
  7000222: 'The client secret has expired. Make a new one in Entra and enter it here.',
  700027: 'The certificate is not registered for this application. Upload it under Certificates & secrets.',
  7000229:
    'The application has no service principal in this tenant. Have an administrator give consent to it.',
  7000112: 'The application is disabled in Entra.',
  53003: 'A Conditional Access policy for workload identities blocks the application.',
};

function refusalOf(description: string, status: number): string {
  const number = /AADSTS(\d+)/u.exec(description)?.[1] ?? '';
  const toDo = TO_DO[number] ?? 'Check tenant, application and credential.';
  const said =
    description === '' ? '' : ` It said: ${oneLine(description.split(/\r?\n| Trace ID:/u)[0] ?? '')}`;
  return `Microsoft’s sign-in gives no token (HTTP ${status}). ${toDo}${said}`;
}
