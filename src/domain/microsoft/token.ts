import { z } from 'zod';
import { ownValue } from '../model/own-value.ts';
import { oneLine } from '../text/response-text.ts';

/** Parameters of a token request: the application, the sign-in service and the scope. */
export interface TokenAsk {
  /** Base URL of the sign-in service. */
  readonly login: string;
  readonly tenant: string;
  /** Application (client) ID. */
  readonly application: string;
  readonly scope: string;
}

export interface Token {
  readonly token: string;
  /** Expiry, in milliseconds since 1970. */
  readonly until: number;
}

/**
 * Why Entra gave no token. unavailable: a later attempt may succeed · no_entra: the server that answered is not Entra ·
 * others: a problem with the application that a person has to fix.
 */
export type TokenFailureCode =
  | 'unavailable'
  | 'no_entra'
  | 'tenant_unknown'
  | 'application_unknown'
  | 'application_disabled'
  | 'secret_wrong'
  | 'secret_ended'
  | 'certificate_unknown'
  | 'no_consent'
  | 'policy_blocks'
  | 'cloud_wrong'
  | 'clock_wrong'
  | 'refused';

export interface TokenFailure {
  readonly code: TokenFailureCode;
  /** HTTP status. */
  readonly status: number;
  /** First line of Entra's message; empty: none. */
  readonly said: string;
}

/** Entra gave no token. The message is a sentence for people. */
export class TokenProblem extends Error {
  override readonly name = 'TokenProblem';
  readonly failure: TokenFailure;
  constructor(failure: TokenFailure) {
    super(failureWords(failure));
    this.failure = failure;
  }
}

export function tokenUrl({ login, tenant }: TokenAsk): string {
  return `${login.replace(/\/$/u, '')}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`;
}

/** Request body for client credentials with a secret. */
export function tokenForm({ application, scope }: TokenAsk, { secret }: { readonly secret: string }): string {
  return new URLSearchParams({
    client_id: application,
    scope,
    grant_type: 'client_credentials',
    client_secret: secret,
  }).toString();
}

const tokenSchema = z.looseObject({ access_token: z.string().min(1), expires_in: z.coerce.number() });
const errorSchema = z.looseObject({ error: z.string(), error_description: z.string().default('') });

/** Reads Entra's response; `now` in milliseconds since 1970. Throws a {@link TokenProblem}. */
export function readToken(status: number, body: string, now: number): Token {
  const json = readJson(body);
  const token = tokenSchema.safeParse(json);
  if (status === 200 && token.success)
    return { token: token.data.access_token, until: now + token.data.expires_in * 1000 };
  const error = errorSchema.safeParse(json);
  const description = error.success ? error.data.error_description : '';
  const words = oneLine(description.split(/\r?\n| Trace ID:/u)[0] ?? '');
  throw new TokenProblem({
    code: codeOf(status, error.success ? error.data.error : null, description),
    status,
    said: words,
  });
}

function codeOf(status: number, error: string | null, description: string): TokenFailureCode {
  if (status === 429 || status >= 500) return 'unavailable';
  if (error === null) return 'no_entra';
  return (
    ownValue(BY_NUMBER, /AADSTS(\d+)/u.exec(description)?.[1] ?? '') ?? ownValue(BY_ERROR, error) ?? 'refused'
  );
}

/** Error codes: learn.microsoft.com/entra/identity-platform/reference-error-codes. */
const BY_NUMBER: Readonly<Record<string, TokenFailureCode>> = {
  90002: 'tenant_unknown',
  900023: 'tenant_unknown',
  700016: 'application_unknown',
  7000112: 'application_disabled',
  7000215: 'secret_wrong',
  7000222: 'secret_ended',
  700024: 'clock_wrong',
  700027: 'certificate_unknown',
  7000229: 'no_consent',
  53003: 'policy_blocks',
};

/** Fallback if the response has no known error number. */
const BY_ERROR: Readonly<Record<string, TokenFailureCode>> = {
  invalid_client: 'secret_wrong',
  unauthorized_client: 'application_unknown',
  invalid_request: 'tenant_unknown',
  invalid_scope: 'cloud_wrong',
};

const TO_DO: Readonly<Record<TokenFailureCode, string>> = {
  unavailable: 'It is not available now. Try again in a few minutes.',
  no_entra: 'What answers there is not Entra. Check the cloud, the sign-in address and the tenant.',
  tenant_unknown: 'The tenant is not known. Check its ID on the overview page of Entra.',
  application_unknown:
    'The application is not known in this tenant. Check the application (client) ID and the tenant.',
  application_disabled: 'The application is disabled in Entra.',
  secret_wrong:
    'The client secret is wrong or has ended. Enter the secret’s value, not its ID, or make a new one.',
  secret_ended: 'The client secret has expired. Make a new one in Entra and enter it here.',
  certificate_unknown:
    'The certificate is not registered for this application. Upload it under Certificates & secrets.',
  no_consent:
    'The application has no service principal in this tenant. Have an administrator give consent to it.',
  policy_blocks: 'A Conditional Access policy for workload identities blocks the application.',
  cloud_wrong: 'The application belongs to another cloud. Check which one is chosen.',
  clock_wrong: 'The clock of this server differs from Microsoft’s by minutes. Set it right.',
  refused: 'Check tenant, application and credential.',
};

export function failureWords({ code, status, said }: TokenFailure): string {
  return `Microsoft’s sign-in gives no token (HTTP ${status}). ${TO_DO[code]}${said === '' ? '' : ` It said: ${said}`}`;
}

/** Milliseconds before its end in which a token is no longer used, so that it does not expire in transit. */
const SPARE = 300_000;

/** Caches one application's token until shortly before it expires; `key` covers all parameters of the request. */
export function keptToken() {
  let kept: (Token & { readonly key: string }) | null = null;
  return {
    async get(key: string, now: number, ask: () => Promise<Token>): Promise<string> {
      if (kept?.key === key && now < kept.until - SPARE) return kept.token;
      const fresh = await ask();
      kept = { ...fresh, key };
      return fresh.token;
    },
    /** Discards a refused token, so that the next call requests a new one. */
    forget(): void {
      kept = null;
    },
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
