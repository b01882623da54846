import { setTimeout } from 'node:timers/promises';
import type { PurviewAnswer } from '#domain/dlp/decision.ts';
import { type GraphClient, graphClient } from '#sources/microsoft/graph/client.ts';
import { CLOUDS } from '#sources/microsoft/graph/clouds.ts';
import { GraphProblem } from '#sources/microsoft/graph/problem.ts';
import { accountOf, type Prompt, processPrompt } from '#sources/microsoft/graph/process-content.ts';
import { SourceProblem } from '#sources/problem.ts';
import type { Credential, Reach } from '#sources/source.ts';
import type { Services } from '../../context.ts';
import { noteWriterProblem, writerOf } from '../../sources/index.ts';

/** The application that was consented to for asking Purview about prompts. */
export const PROMPT_ASKER = { vendor: 'microsoft', kind: 'prompts' };

/** Characters of a prompt beyond which Purview is not asked: an answer on a part would be taken for one on the whole. */
export const MAX_ASKED = 100_000;
/** Questions of one client that are on their way at once; what comes then is not asked. */
const AT_ONCE = 20;
/** Milliseconds for which the account of an address is remembered, and that there is none. */
const ACCOUNT_MS = 3_600_000;
const NO_ACCOUNT_MS = 600_000;
const MAX_ACCOUNTS = 10_000;
/** Milliseconds in which nothing is asked after Microsoft took no more, or said that the tenant has no license. */
const PAUSE_MS = 60_000;

type Asked = Omit<Prompt, 'user'> & { readonly address: string | null };

/** Asks the Purview policies of one client about prompts. What it is asked with is kept nowhere. */
export class PurviewAsker {
  readonly #services: Services;
  readonly #clientId: string;
  readonly #graph: GraphClient;
  readonly #application: string;
  readonly #accounts = new Map<string, { readonly id: string | null; readonly until: number }>();
  #asking = 0;
  /** Until then the answer is this one, and nothing is sent. */
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
    // The first prompt has no time to sign in.
    this.#graph.claims().catch(() => undefined);
  }

  /** What the policies say of a prompt, within `timeoutMs` milliseconds. It never throws. */
  async ask(asked: Asked, timeoutMs: number): Promise<PurviewAnswer> {
    const { address } = asked;
    if (address === null) return 'no_account';
    if (this.#paused !== null && Date.now() < this.#paused.until) return this.#paused.answer;
    if (this.#asking >= AT_ONCE || timeoutMs <= 0) return 'not_answered';
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
      // It was there a while ago; the next prompt looks it up again.
      this.#accounts.delete(address.toLowerCase());
      return 'no_account';
    }
  }

  async #account(address: string): Promise<string | null> {
    const known = this.#accounts.get(address);
    if (known !== undefined && Date.now() < known.until) return known.id;
    const id = await accountOf(this.#graph, address);
    if (this.#accounts.size >= MAX_ACCOUNTS) this.#accounts.clear();
    this.#accounts.set(address, { id, until: Date.now() + (id === null ? NO_ACCOUNT_MS : ACCOUNT_MS) });
    return id;
  }

  /** What it means that Microsoft did not answer as it should. */
  async #why(error: unknown): Promise<PurviewAnswer> {
    const code = error instanceof SourceProblem ? error.code : null;
    if (code !== 'throttled')
      this.#services.log.warn(
        { err: error, client: this.#clientId },
        'Purview did not answer about a prompt',
      );
    if (!(error instanceof SourceProblem)) return 'not_answered';
    if (code === 'credential_refused')
      await noteWriterProblem(this.#services, this.#clientId, PROMPT_ASKER, error).catch(() => undefined);
    const answer = code === 'not_licensed' ? code : 'not_answered';
    if (code === 'throttled' || code === 'not_licensed')
      this.#paused = { answer, until: Date.now() + (error.retryAfterMs ?? PAUSE_MS) };
    return answer;
  }
}

/** Nobody waits for a limit or a second try while a person waits for Claude. */
function withoutWaiting(reach: Reach): Reach {
  return {
    ...reach,
    // Limits are an application's own, and this one does nothing else. To note each request would take longer than it.
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

/** Who asks the Purview of a client, with the accounts it has found so far; null: no application may. */
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
