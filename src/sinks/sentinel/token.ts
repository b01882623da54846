import { z } from 'zod';
import { askOnce, byStatus, saidIn } from '../answers.ts';
import type { Outcome, SinkMeans } from '../sink.ts';

interface Application {
  readonly login: string;
  readonly tenant: string;
  readonly application: string;
  readonly secret: string;
  readonly scope: string;
}

const tokenSchema = z.looseObject({ access_token: z.string().min(1), expires_in: z.coerce.number() });
const errorSchema = z.looseObject({ error: z.string(), error_description: z.string().default('') });

/** A token is not used in its last minutes, so that it does not end on the way. Milliseconds. */
const SPARE = 300_000;

/** An application's token from Entra by client credentials, kept until it is about to end. */
export class EntraToken {
  readonly #means: SinkMeans;
  readonly #application: Application;
  #kept: { readonly token: string; readonly until: number } | null = null;

  constructor(means: SinkMeans, application: Application) {
    this.#means = means;
    this.#application = application;
  }

  forget(): void {
    this.#kept = null;
  }

  async get(
    signal: AbortSignal,
  ): Promise<
    { readonly token: string; readonly failed: null } | { readonly token: null; readonly failed: Outcome }
  > {
    const now = this.#means.now().getTime();
    if (this.#kept !== null && now < this.#kept.until - SPARE)
      return { token: this.#kept.token, failed: null };
    const { login, tenant, application, secret, scope } = this.#application;
    const url = new URL(`${login.replace(/\/$/u, '')}/${tenant}/oauth2/v2.0/token`);
    const { answer, failed } = await askOnce(this.#means, url, {
      method: 'POST',
      signal,
      ca: '',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        client_id: application,
        client_secret: secret,
        scope,
        grant_type: 'client_credentials',
      }).toString(),
    });
    if (answer === null) return { token: null, failed };
    if (answer.status === 200) {
      const parsed = tokenSchema.safeParse(readJson(answer.text));
      if (parsed.success) {
        this.#kept = { token: parsed.data.access_token, until: now + parsed.data.expires_in * 1000 };
        return { token: this.#kept.token, failed: null };
      }
    }
    if (answer.status === 400 || answer.status === 401) {
      const said = errorSchema.safeParse(readJson(answer.text));
      const why = said.success ? (WHY[said.data.error] ?? '') : '';
      return {
        token: null,
        failed: {
          kind: 'stopped',
          says: `Entra gives no token (HTTP ${answer.status}). ${why || 'Check tenant, application and secret.'}`,
          answer: saidIn(answer),
        },
      };
    }
    const outcome = byStatus(answer, url.host);
    // Nothing of the events was even sent, so an answer that makes no sense here is no word about them.
    return {
      token: null,
      failed:
        outcome.kind === 'accepted' || outcome.kind === 'refused' || outcome.kind === 'too_large'
          ? {
              kind: 'stopped',
              says: `${url.host} does not answer as Entra does. Check the sign-in address.`,
              answer: saidIn(answer),
            }
          : outcome,
    };
  }
}

const WHY: Readonly<Record<string, string>> = {
  invalid_client: 'The secret is wrong or has ended: make a new one in Entra and enter it here.',
  unauthorized_client: 'The application is not known in this tenant: check both ids.',
  invalid_request: 'The tenant is not known: check its id.',
  invalid_scope: 'The application belongs to another cloud: check which one is chosen.',
};

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
