import { setTimeout } from 'node:timers/promises';
import type { PurviewAnswer } from '#domain/dlp/decision.ts';
import { type GraphClient, graphClient } from '#sources/microsoft/graph/client.ts';
import { CLOUDS } from '#sources/microsoft/graph/clouds.ts';
import { GraphProblem } from '#sources/microsoft/graph/problem.ts';
import { accountOf, type Prompt, processPrompt } from '#sources/microsoft/graph/process-content.ts';
import { SourceProblem } from '#sources/problem.ts';
import type { Credential, Reach } from '#sources/source.ts';
import type { Services } from '../../context.ts';
import { recordWriterProblem, writerOf } from '../../sources/index.ts';

/** The application with consent to ask Purview about prompts. */
export const PROMPT_ASKER = { vendor: 'microsoft', kind: 'prompts' };

/** Maximum length of a prompt for Purview: an answer about a part would be mistaken for one about the whole. */
export const MAX_ASKED = 100_000;
/** Maximum number of concurrent requests per client; further ones are skipped. */
const MAX_CONCURRENT_REQUESTS = 20;
/** Milliseconds for which an address's account, or its absence, is cached. */
const ACCOUNT_MS = 3_600_000;
const NO_ACCOUNT_MS = 600_000;
const MAX_ACCOUNTS = 10_000;
/** Milliseconds to pause after Microsoft throttled us, or said that the tenant has no license. */
const PAUSE_MS = 60_000;

type Asked = Omit<Prompt, 'user'> & { readonly address: string | null };

/** Asks a client's Purview policies about prompts. Stores none of the content. */
export class PurviewAsker {
  readonly #services: Services;
  readonly #clientId: string;
  readonly #graph: GraphClient;
  readonly #application: string;
  readonly #accounts = new Map<string, { readonly id: string | null; readonly until: number }>();
  #asking = 0;
  /** Until then, this answer is returned without a request. */
  #paused: { readonly answer: PurviewAnswer; readonly until: number } | null = null;

  constructor(services: Services, clientId: string, credential: Credential, reach: Reach) {
    const { tenant = '', application = '', secret = '', cloud } = credential;
    this.#services = services;
    this.#clientId = clientId;
    this.#application = application;
    this.#graph = graphClient(
      { cloud: CLOUDS.find((one) => one === cloud) ?? 'global', tenant, application, secret },
      withoutWaiting(reach),
    );
    // Sign in beforehand, because the first prompt has no time for it.
    this.#graph.claims().catch(() => undefined);
  }

  /** What the policies say about a prompt, within `timeoutMs` milliseconds. Never throws. */
  async ask(asked: Asked, timeoutMs: number): Promise<PurviewAnswer> {
    const { address } = asked;
    if (address === null) return 'no_account';
    if (this.#paused !== null && performance.now() < this.#paused.until) return this.#paused.answer;
    if (this.#asking >= MAX_CONCURRENT_REQUESTS || timeoutMs <= 0) return 'not_answered';
    this.#asking += 1;
    const answered = this.#ask({ ...asked, address })
      .catch((error: unknown) => this.#why(error))
      .finally(() => {
        this.#asking -= 1;
      });
    const late = new AbortController();
    try {
      return await Promise.race([
        answered,
        setTimeout(timeoutMs, 'not_answered' as const, { signal: late.signal }),
      ]);
    } finally {
      late.abort();
    }
  }

  async #ask({ address, ...prompt }: Asked & { readonly address: string }): Promise<PurviewAnswer> {
    const user = await this.#account(address.toLowerCase());
    if (user === null) return 'no_account';
    try {
      return await processPrompt(this.#graph, this.#application, { ...prompt, user });
    } catch (error) {
      if (!(error instanceof SourceProblem) || error.code !== 'not_found') throw error;
      // The account was deleted since it was cached; the next prompt looks it up again.
      this.#accounts.delete(address.toLowerCase());
      return 'no_account';
    }
  }

  async #account(address: string): Promise<string | null> {
    const known = this.#accounts.get(address);
    if (known !== undefined && performance.now() < known.until) return known.id;
    const id = await accountOf(this.#graph, address);
    if (this.#accounts.size >= MAX_ACCOUNTS) this.#accounts.clear();
    this.#accounts.set(address, {
      id,
      until: performance.now() + (id === null ? NO_ACCOUNT_MS : ACCOUNT_MS),
    });
    return id;
  }

  /** The result of an error response from Microsoft. */
  async #why(error: unknown): Promise<PurviewAnswer> {
    const code = error instanceof SourceProblem ? error.code : null;
    if (code !== 'throttled')
      this.#services.log.warn(
        { err: error, client: this.#clientId },
        'Purview did not answer about a prompt',
      );
    if (!(error instanceof SourceProblem)) return 'not_answered';
    if (code === 'credential_refused')
      await recordWriterProblem(this.#services, this.#clientId, PROMPT_ASKER, error).catch(() => undefined);
    const answer = code === 'not_licensed' ? code : 'not_answered';
    if (code === 'throttled' || code === 'not_licensed')
      this.#paused = { answer, until: performance.now() + (error.retryAfterMs ?? PAUSE_MS) };
    return answer;
  }
}

/** No waiting for quotas and no retries while a person waits for Claude. */
function withoutWaiting(reach: Reach): Reach {
  return {
    ...reach,
    // Quotas are per application, and this one does nothing else. Recording each request would take longer than the
    // request.
    take: async () => undefined,
    exhausted: async () => undefined,
    sleep: (milliseconds) =>
      Promise.reject(new GraphProblem('throttled', { retryAfterMs: milliseconds, retry: true })),
  };
}

interface Known {
  readonly credential: string;
  readonly asker: PurviewAsker;
}
const askers = new WeakMap<Services['store'], Map<string, Known>>();

/** The Purview client for a Bylaw client, with its cached accounts; null: no application has access. */
export async function purviewAskerOf(services: Services, clientId: string): Promise<PurviewAsker | null> {
  const mine = askers.get(services.store) ?? new Map<string, Known>();
  askers.set(services.store, mine);
  const opened = await writerOf(services, clientId, PROMPT_ASKER, new AbortController().signal);
  if (opened === null) {
    mine.delete(clientId);
    return null;
  }
  const credential = JSON.stringify(opened.credential);
  const known = mine.get(clientId);
  if (known?.credential === credential) return known.asker;
  const asker = new PurviewAsker(services, clientId, opened.credential, opened.reach);
  mine.set(clientId, { credential, asker });
  return asker;
}
// Guide: G7.2-16
