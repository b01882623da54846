import { Readable } from 'node:stream';
import { STAMP_PROBLEMS, type StampCheck, type StampProblem } from '#domain/time-stamps/stamp.ts';
import { appendAudit } from '#store/audit.ts';
import { addEvidence, findEvidence } from '#store/evidence/evidence.ts';
import type { Tx } from '#store/open.ts';
import {
  askForStamp,
  setStamp,
  stampsOf,
  type TimeStampRow,
  takeDueStamps,
} from '#store/time-stamps/time-stamps.ts';
import type { HandlerContext, Services } from '../context.ts';
import { fetchAllowed } from '../outbound.ts';
import { BYLAW } from '../shared/bylaw-actor.ts';
import { readWorkspace, type WorkspaceSettings } from '../shared/settings.ts';
import { checkStamp } from './check.ts';

/** Kind of evidence as which an authority's answers are stored. */
export const TIME_STAMP = 'time_stamp';

type Authority = NonNullable<WorkspaceSettings['timeStamps']>;

const MINUTE = 60_000;
/** Longest wait between two attempts, in milliseconds: one day. */
const MAX_RETRY_DELAY_MS = 24 * 60 * MINUTE;
/** Tolerated difference between the clocks of authority and server. */
const MAX_CLOCK_SKEW_MS = 10 * MINUTE;
/** Limit for the authority's answer, for which the person who signs has to wait. */
const TIMEOUT_MS = 8_000;
const MAX_STAMPS_PER_RUN = 20;

/** Records, in the transaction that stores a file, that it needs a time stamp. */
export type WantStamp = (tx: Tx, sha256: string) => Promise<void>;

/** Call it before that transaction. The returned function does nothing if no authority is configured. */
export async function stampsWanted({
  client,
  services,
  now,
}: Pick<HandlerContext, 'client' | 'services' | 'now'>): Promise<WantStamp> {
  const authority = await services.store.read('system', authorityIn);
  return async (tx, sha256) => {
    if (authority !== null) await askForStamp(tx, { clientId: client.id, sha256, at: now });
  };
}

async function authorityIn(tx: Tx): Promise<Authority | null> {
  return (await readWorkspace(tx)).settings.timeStamps;
}

/** Requests the time stamps that are due, of one client or of all. A file that gets none now is retried later. */
export async function stampDue(services: Services, clientId: string | null = null): Promise<void> {
  const { store, clock, log } = services;
  const authority = await store.read('system', authorityIn);
  if (authority === null) return;
  const now = clock();
  const due = await store.write('system', (tx) =>
    takeDueStamps(tx, {
      clientId,
      now,
      again: new Date(now.getTime() + 5 * MINUTE),
      max: MAX_STAMPS_PER_RUN,
    }),
  );
  for (const row of due) {
    const { check, answer } = await ask(services, authority, row.sha256);
    if (check.proved && answer !== null) await keep(services, row, check, answer);
    else {
      const wait = Math.min(5 * MINUTE * 2 ** Math.min(row.tries - 1, 10), MAX_RETRY_DELAY_MS);
      const problem = check.proved ? 'away' : check.problem;
      log.warn({ problem }, 'a time stamp was not given and is asked for again');
      await store.write([row.client_id], (tx) =>
        setStamp(tx, row, { problem, next_try: new Date(now.getTime() + wait) }),
      );
    }
    services.events.publish({ client: row.client_id, topic: 'work', id: null });
  }
}

/**
 * Asks the configured authority for a time stamp of a SHA-256 and returns its answer; null: none is configured. Stores
 * nothing.
 */
export async function stampOf(
  services: Services,
  sha256: string,
): Promise<{ readonly check: StampCheck; readonly answer: Uint8Array | null } | null> {
  const authority = await services.store.read('system', authorityIn);
  return authority === null ? null : ask(services, authority, sha256);
}

async function ask(
  { config, clock }: Services,
  { url, issuers }: Authority,
  sha256: string,
): Promise<{ readonly check: StampCheck; readonly answer: Uint8Array | null }> {
  // Loaded on demand: the library needs megabytes, and few servers use time stamps.
  const { stampRequest } = await import('./request.ts');
  const { request, nonce } = stampRequest(sha256);
  const asked = fetchAllowed({
    hosts: [new URL(url).host],
    privateHosts: config.privateHosts,
    timeoutMs: TIMEOUT_MS,
    maxBytes: 100_000,
  });
  const answer = await asked(url, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
    body: Buffer.from(request),
  })
    .then(async (response) => (response.ok ? new Uint8Array(await response.arrayBuffer()) : null))
    .catch(() => null);
  if (answer === null) return { check: { proved: false, problem: 'away' }, answer };
  const check = await checkStamp(answer, { sha256, nonce, issuers });
  if (check.proved && Math.abs(Date.parse(check.at) - clock().getTime()) > MAX_CLOCK_SKEW_MS)
    return { check: { proved: false, problem: 'other_day' }, answer };
  return { check, answer };
}

async function keep(
  { store, blobs, clock }: Services,
  row: TimeStampRow,
  check: Extract<StampCheck, { proved: true }>,
  answer: Uint8Array,
): Promise<void> {
  const stored = await blobs.put(Readable.from([answer]), { maxBytes: answer.length });
  await store.write([row.client_id], async (tx) => {
    const file = await findEvidence(tx, row.client_id, row.sha256);
    const at = clock();
    await addEvidence(tx, row.client_id, [
      {
        ...stored,
        name: `${file?.name ?? row.sha256}.tsr`,
        mediaType: 'application/timestamp-reply',
        how: TIME_STAMP,
        addedBy: 'bylaw',
        addedByName: BYLAW.name,
        addedAt: at,
      },
    ]);
    const found = {
      token_sha256: stored.sha256,
      proved_at: new Date(check.at),
      authority: check.authority,
      certificate: check.certificate,
    };
    await setStamp(tx, row, { ...found, problem: null, next_try: null });
    await appendAudit(tx, {
      chain: row.client_id,
      actor: BYLAW,
      action: 'evidence.time_stamp',
      subject: { kind: 'evidence', id: row.sha256, ...(file === null ? {} : { name: file.name }) },
      after: {
        sha256: row.sha256,
        token: stored.sha256,
        at: check.at,
        authority: check.authority,
        certificate: check.certificate,
      },
      at,
    });
  });
}

/** What is known about the time stamp of a file. */
export interface ShownStamp {
  readonly state: 'proved' | 'waiting';
  readonly at: string | null;
  readonly authority: string | null;
  readonly certificate: string | null;
  readonly token: string | null;
  /** Why the last attempt failed; null: the time is proved, or there was no attempt yet. */
  readonly problem: string | null;
  readonly next: string | null;
}

/** The time stamps of a client's files by the SHA-256 of the file. Files for which none was requested are left out. */
export async function shownStamps(tx: Tx, clientId: string): Promise<ReadonlyMap<string, ShownStamp>> {
  const rows = await stampsOf(tx, clientId);
  return new Map(
    [...rows].map(([sha256, row]) => [
      sha256,
      {
        state: row.token_sha256 === null ? 'waiting' : 'proved',
        at: row.proved_at?.toISOString() ?? null,
        authority: row.authority,
        certificate: row.certificate,
        token: row.token_sha256,
        problem: row.problem === null ? null : STAMP_PROBLEMS[row.problem as StampProblem],
        next: row.next_try?.toISOString() ?? null,
      },
    ]),
  );
}
