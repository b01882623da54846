import type { Activity } from '#domain/activity/activity.ts';
import type { Span } from '#domain/activity/completeness.ts';
import type { SourceProblem } from '#sources/problem.ts';
import type { StreamBatch, StreamFacts, Tenant } from '#sources/source.ts';
import { knownAmong } from '#store/activity/read.ts';
import { appendAudit } from '#store/audit.ts';
import type { Tx } from '#store/open.ts';
import { type ConnectionRow, findConnection, recordConnection } from '#store/sources/connections.ts';
import { addSpans, spansOf } from '#store/sources/spans.ts';
import { changeStream, type StreamRow } from '#store/sources/streams.ts';
import { accountsStatement } from '#store/usage/accounts.ts';
import type { Services } from '../context.ts';
import { importFiles } from '../imports/index.ts';
import { BYLAW } from '../shared/bylaw-actor.ts';
import { recordOwnKeys } from './own-keys.ts';
import { readNewTenant, sameTenants } from './resume.ts';
import { withoutTwins } from './twins.ts';
import { subjectOf, type Vendor } from './vendor.ts';

/** A claim is renewed with each batch; a process that dies keeps a stream claimed no longer than this. */
export const CLAIM_MS = 3 * 60_000;
export const MINUTE = 60_000;
/** Interval at which a long reading stores its position. */
const STORE_INTERVAL_MS = 1000;
/** A reading of one stream by the process that claimed it: stores batches and the position. */
export class StreamReading {
  added = 0;
  says: string | null = null;
  readonly #services: Services;
  readonly #connection: ConnectionRow;
  readonly #row: StreamRow;
  readonly #vendor: Vendor;
  readonly #stream: StreamFacts;
  readonly #claim: string;
  /** Stored batches whose position is not stored yet. */
  readonly #pending: StreamBatch[] = [];
  #keptAt = Number.NEGATIVE_INFINITY;
  /** Spans that were complete when this reading began; null: not loaded yet. */
  #wholeBefore: readonly Span[] | null = null;
  readonly #late: Span[] = [];

  constructor(
    services: Services,
    connection: ConnectionRow,
    row: StreamRow,
    { vendor, stream }: { readonly vendor: Vendor; readonly stream: StreamFacts },
    claim: string,
  ) {
    this.#services = services;
    this.#connection = connection;
    this.#row = row;
    this.#vendor = vendor;
    this.#stream = stream;
    this.#claim = claim;
  }

  /**
   * Adds a batch to the log or stores it as a reading, then records the position. false: another process took over the
   * stream.
   */
  async keep(batch: StreamBatch): Promise<boolean> {
    const { clock, activityLog } = this.#services;
    const client = this.#row.client_id;
    if (batch.activities !== undefined && batch.activities.length > 0) {
      await recordOwnKeys(this.#services, this.#vendor.live, this.#connection, batch.activities);
      const fresh = await withoutTwins(this.#services, client, batch.activities);
      const late = await this.#lateAmong(fresh);
      const { added } = await activityLog.append(client, fresh, batch.texts);
      this.added += added;
      this.#late.push(...late);
    }
    if (batch.files !== undefined && batch.files.length > 0)
      await importFiles(this.#services, {
        clientId: client,
        actor: { kind: 'system', userId: 'bylaw', name: BYLAW.name },
        files: batch.files.map((file) => ({ ...file, modified: clock() })),
        provenance: 'api',
      });
    this.says = batch.says ?? this.says;
    this.#pending.push(batch);
    // The position may lag behind what is stored: reading it again adds nothing.
    return performance.now() - this.#keptAt < STORE_INTERVAL_MS || this.store();
  }

  /**
   * Minutes that the ledger called complete before this reading, and in which an event only appears now. Counts shown
   * for them were too low, and the vendor may still add to them.
   */
  async #lateAmong(activities: readonly Activity[]): Promise<readonly Span[]> {
    const { ledger } = this.#stream;
    const { client_id } = this.#row;
    if (ledger === null) return [];
    this.#wholeBefore ??= (
      await this.#services.store.read([client_id], (tx) => spansOf(tx, client_id, ledger))
    ).filter(({ gap }) => gap === null || gap === 'late_indexed');
    const whole = this.#wholeBefore;
    const inWhole = activities.filter(({ at }) => whole.some(({ from, to }) => from <= at && at < to));
    if (inWhole.length === 0) return [];
    const known = await this.#services.store.read([client_id], (tx) => knownAmong(tx, client_id, inWhole));
    const minutes = new Set(
      inWhole.flatMap(({ at, id }) => (known.has(`${at} ${id}`) ? [] : [`${at.slice(0, 16)}:00.000Z`])),
    );
    return [...minutes].map((from) => ({
      from,
      to: new Date(Date.parse(from) + MINUTE).toISOString(),
      gap: 'late_indexed',
      mendable: true,
    }));
  }

  /** Stores the position. false: another process took over the stream. */
  async store(): Promise<boolean> {
    const { store, clock } = this.#services;
    const client = this.#row.client_id;
    const batches = this.#pending.splice(0);
    const last = batches.at(-1);
    if (last === undefined) return true;
    this.#keptAt = performance.now();
    const rows = batches.reduce((sum, { activities, files }) => sum + (activities ?? files ?? []).length, 0);
    return store.write([client], async (tx) => {
      const mine = await changeStream(
        tx,
        this.#row,
        this.#claim,
        {
          place: JSON.stringify(last.place),
          claimed_until: new Date(clock().getTime() + CLAIM_MS),
        },
        { brought: rows, newest: newestIn(batches) },
      );
      if (!mine) return false;
      const { ledger } = this.#stream;
      // Late events are applied last: the sweep that found them marks its period complete, and the next one may find
      // more.
      if (ledger !== null) await addSpans(tx, client, ledger, [...batches.flatMap(spansIn), ...this.#late]);
      const { recording } = batches.findLast((one) => one.recording != null) ?? {};
      if (recording != null) await this.#noteRecording(tx, recording);
      const at = clock();
      const accounts = batches.flatMap((one) => (one.accounts ?? []).map((account) => ({ ...account, at })));
      if (accounts.length > 0) await tx.executeQuery(accountsStatement(tx, client, accounts));
      const { tenants } = batches.findLast((one) => one.tenants !== undefined) ?? {};
      if (tenants !== undefined) await this.#noteTenants(tx, tenants);
      return true;
    });
  }

  async #noteRecording(tx: Tx, { on, at }: { readonly on: boolean; readonly at: string }): Promise<void> {
    const { client_id, id } = this.#connection;
    const before = await findConnection(tx, client_id, id);
    const recording = on ? 'on' : 'off';
    // Anything older than what is known adds nothing.
    if (before === null || before.recording === recording) return;
    if (before.recording_at !== null && new Date(at) < before.recording_at) return;
    await recordConnection(tx, client_id, id, { recording, recording_at: new Date(at) });
    await appendAudit(tx, {
      chain: client_id,
      actor: BYLAW,
      action: 'sources.recording',
      subject: subjectOf(this.#vendor, id),
      before: { recording: before.recording },
      after: { recording, at },
      at: this.#services.clock(),
    });
  }

  /** Tenants that the credential reads now: they can be linked and unlinked without notice. */
  async #noteTenants(tx: Tx, tenants: readonly Tenant[]): Promise<void> {
    const { client_id, id } = this.#connection;
    const before = await findConnection(tx, client_id, id);
    const same = (one: Tenant) =>
      before?.tenants.some((other) => other.id === one.id && other.name === one.name);
    if (before === null) return;
    if (tenants.length === before.tenants.length && tenants.every(same)) return;
    const after = { ...before, tenants: [...tenants] };
    await recordConnection(tx, client_id, id, { tenants: JSON.stringify(tenants) });
    await appendAudit(tx, {
      chain: client_id,
      actor: BYLAW,
      action: 'sources.tenants',
      subject: subjectOf(this.#vendor, id),
      before: { tenants: before.tenants.map((one) => one.id) },
      after: { tenants: tenants.map((one) => one.id) },
      at: this.#services.clock(),
    });
    if (!sameTenants(before, after))
      await readNewTenant(tx, this.#vendor.live, after, this.#services.clock());
  }

  async end({ state, says, next }: { state: string; says: string | null; next: Date }): Promise<void> {
    await this.store();
    const { store, clock } = this.#services;
    await store.write([this.#row.client_id], async (tx) => {
      const mine = await changeStream(tx, this.#row, this.#claim, {
        state,
        says,
        next_at: next,
        claim: null,
        claimed_until: null,
        failures: 0,
        ...(state === 'ok' ? { read_at: clock() } : {}),
      });
      // A credential that was refused and now works was corrected at the vendor.
      if (mine && state === 'ok')
        await recordConnection(tx, this.#row.client_id, this.#connection.id, {
          state: 'connected',
          problem: null,
        });
    });
  }

  async fail(problem: SourceProblem): Promise<void> {
    await this.store();
    const { store, clock } = this.#services;
    const { client_id, failures } = this.#row;
    const { state, waitMs } = afterProblem(problem, failures + 1);
    await store.write([client_id], async (tx) => {
      await changeStream(tx, this.#row, this.#claim, {
        state,
        says: problem.message,
        next_at: new Date(clock().getTime() + waitMs),
        claim: null,
        claimed_until: null,
        failures: failures + 1,
      });
      if (problem.code !== 'credential_refused') return;
      const news = await recordConnection(tx, client_id, this.#connection.id, {
        state: 'refused',
        problem: problem.message,
      });
      if (news)
        await appendAudit(tx, {
          chain: client_id,
          actor: BYLAW,
          action: 'sources.refused',
          subject: subjectOf(this.#vendor, this.#connection.id),
          after: { state: 'refused' },
          at: clock(),
        });
    });
  }
}

/** When the newest event of batches happened; null: they have none. */
function newestIn(batches: readonly StreamBatch[]): string | null {
  let newest: string | null = null;
  for (const { activities = [] } of batches)
    for (const { at } of activities) if (newest === null || at > newest) newest = at;
  return newest;
}

/** The spans that a batch covers. */
function spansIn({ complete, unrecorded }: StreamBatch): Span[] {
  return [
    ...(complete == null ? [] : [{ ...complete, gap: null, mendable: true }]),
    ...(unrecorded ?? []).map((span) => ({ ...span, gap: 'recording_off' as const, mendable: false })),
  ];
}

/** State of a stream that could not be read, and when it is retried. */
function afterProblem(
  { code, retryAfterMs }: Pick<SourceProblem, 'code' | 'retryAfterMs'>,
  failures: number,
): { readonly state: string; readonly waitMs: number } {
  const backOff = Math.min(2 ** Math.min(failures - 1, 10), 60) * MINUTE;
  switch (code) {
    case 'credential_refused':
      return { state: 'refused', waitMs: 60 * MINUTE };
    case 'missing_permission':
      return { state: 'no_scope', waitMs: 24 * 60 * MINUTE };
    case 'not_licensed':
    case 'not_found':
      return { state: 'not_offered', waitMs: 24 * 60 * MINUTE };
    case 'throttled':
      return { state: 'waiting', waitMs: Math.min(retryAfterMs ?? backOff, 60 * MINUTE) };
    case 'stuck':
      return { state: 'stuck', waitMs: Math.max(backOff, 5 * MINUTE) };
    default:
      return { state: 'failed', waitMs: Math.max(Math.min(retryAfterMs ?? 0, 60 * MINUTE), backOff) };
  }
}
