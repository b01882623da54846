import { waitAfter } from '#domain/forwarding/backoff.ts';
import { type ForwardedEvent, type StreamName, seqOf } from '#domain/forwarding/event.ts';
import type { Outcome, Outgoing, Sink } from '#sinks/sink.ts';
import type { Tx } from '#store/open.ts';
import { setAside, setAsideAfter } from '#store/sinks/failed-deliveries.ts';
import {
  claimSink,
  cursorOf,
  holdsLease,
  type Lease,
  moveCursor,
  recordResult,
  releaseSink,
  renewLease,
} from '#store/sinks/lease.ts';
import { findSink, type SinkRow } from '#store/sinks/sinks.ts';
import type { Services } from '../context.ts';
import type { Ended } from '../shared/services/forwarding.ts';
import { type Batch, batchOf } from './batch.ts';
import { recordFindingsAfterPass } from './findings.ts';
import type { ForwardingOptions } from './forwarding.ts';
import { openSink } from './opened.ts';
import { STREAM_LIST, type Stream, scopeOf } from './streams.ts';

/** Consecutive events set aside without an accepted one, after which the events are not the problem. */
const MAX_BAD_IN_A_ROW = 25;
/** Divisor of the batch size after a batch in which some events were refused without being identified. */
const FEWER = 8;
/** Maximum rows read at once, which limits the memory per sink, however much is waiting. */
const MAX_READ = 1_000;
/** Time limit of a request. */
const SEND_TIMEOUT_MS = 180_000;

type Step = 'again' | 'empty' | 'lost' | { readonly later: Date };

/**
 * Sends what is waiting for a sink, batch by batch, each stream in order. Each batch ends in one transaction: the
 * cursor moves past accepted events, invalid ones are set aside. After a crash, the next pass continues from the last
 * record, so nothing is lost and at most one batch is sent twice.
 */
export class SinkDelivery {
  readonly #services: Services;
  readonly #options: ForwardingOptions;
  readonly #lease: Lease;
  readonly #stop: AbortSignal;
  #opened: { readonly version: number; readonly sink: Sink } | null = null;
  /** Events in the next batch: fewer after one that was refused without saying which event is invalid. */
  #size = Number.POSITIVE_INFINITY;
  #badInARow = 0;

  constructor(services: Services, options: ForwardingOptions, lease: Lease, stop: AbortSignal) {
    this.#services = services;
    this.#options = options;
    this.#lease = lease;
    this.#stop = stop;
  }

  async pass(): Promise<Ended> {
    const { store, clock, log } = this.#services;
    const { leaseMs } = this.#options;
    const claimed = await this.#write((tx) =>
      claimSink(tx, this.#lease, { milliseconds: leaseMs, now: clock() }),
    );
    if (claimed === null) return { kind: 'not_mine' };
    const heart = setInterval(() => {
      void store
        .write([this.#lease.clientId], (tx) => renewLease(tx, this.#lease, leaseMs))
        .catch((error: unknown) => log.warn({ err: error }, 'the lease of a sink could not be renewed'));
    }, leaseMs / 3);
    heart.unref();
    try {
      let { failures } = claimed;
      for (;;) {
        let went = false;
        for (const stream of STREAM_LIST) {
          if (this.#stop.aborted) return { kind: 'done' };
          const step = await this.#batch(stream, failures);
          if (step === 'empty') continue;
          if (step === 'lost') return { kind: 'not_mine' };
          if (step !== 'again') return { kind: 'later', at: step.later };
          failures = 0;
          went = true;
          break;
        }
        if (!went) return { kind: 'done' };
      }
    } finally {
      clearInterval(heart);
      await this.#write((tx) => releaseSink(tx, this.#lease));
      await recordFindingsAfterPass(this.#services, this.#lease);
    }
  }

  async #batch(stream: Stream, failures: number): Promise<Step> {
    await stream.prepare?.(this.#services, this.#lease.clientId);
    const read = await this.#read(stream);
    if (read === null) return 'lost';
    const { row, from, events, through, aside } = read;
    if (events.length === 0) {
      if (through > from)
        await this.#write((tx) => moveCursor(tx, this.#lease, stream.name, { from, to: through }));
      return 'empty';
    }
    const { sink, problem } = this.#open(row);
    if (sink === null) return this.#failed({ kind: 'stopped', says: problem, answer: null }, failures);
    const batch = batchOf(events, through, sink, aside, {
      events: Math.min(sink.max.events, this.#size),
      bytes: sink.max.bytes,
    });
    const outcome: Outcome =
      batch.items.length === 0
        ? { kind: 'accepted', says: '', answer: null }
        : await sink.send(batch.items, AbortSignal.any([this.#stop, AbortSignal.timeout(SEND_TIMEOUT_MS)]));
    return this.#note(stream.name, from, batch, outcome, failures);
  }

  async #read(stream: Stream) {
    const { store } = this.#services;
    const { clientId, sinkId } = this.#lease;
    return store.read(scopeOf(clientId, [stream]), async (tx) => {
      const row = await findSink(tx, clientId, sinkId);
      const client = await tx
        .selectFrom('clients')
        .select(['id', 'name'])
        .where('id', '=', clientId)
        .executeTakeFirst();
      if (row === undefined || row.paused || client === undefined) return null;
      const from = await cursorOf(tx, this.#lease, stream.name);
      if (!stream.wanted(row.filter))
        return { row, from, events: [], through: from, aside: new Set<number>() };
      const { events, through } = await stream.read(tx, {
        services: this.#services,
        client,
        after: from,
        limit: Math.min(MAX_READ, this.#size),
        filter: row.filter,
      });
      const aside = await setAsideAfter(tx, { clientId, sinkId, stream: stream.name, after: from });
      return { row, from, events, through, aside };
    });
  }

  #open(row: SinkRow) {
    if (this.#opened?.version === row.version) return { sink: this.#opened.sink, problem: null };
    const opened = openSink(this.#services, row);
    this.#opened = opened.sink === null ? null : { version: row.version, sink: opened.sink };
    // Someone may have corrected the settings.
    this.#size = Number.POSITIVE_INFINITY;
    this.#badInARow = 0;
    return opened;
  }

  async #note(
    stream: StreamName,
    from: number,
    batch: Batch,
    outcome: Outcome,
    failures: number,
  ): Promise<Step> {
    const { items } = batch;
    switch (outcome.kind) {
      case 'accepted':
      case 'partly':
        return this.#taken(stream, from, batch, outcome, failures);
      case 'retry':
      case 'stopped':
        return this.#failed(outcome, failures);
      case 'too_large':
      case 'refused': {
        const index = items.length === 1 ? 0 : outcome.kind === 'refused' ? outcome.index : null;
        if (index === null) {
          this.#size = Math.ceil(items.length / 2);
          return 'again';
        }
        return this.#bad(stream, items, index, outcome, failures);
      }
    }
  }

  async #taken(
    stream: StreamName,
    from: number,
    { items, unfit, through }: Batch,
    outcome: Outcome & { readonly kind: 'accepted' | 'partly' },
    failures: number,
  ): Promise<Step> {
    const at = this.#services.clock();
    const refused = outcome.kind === 'partly' ? Math.min(outcome.refused, items.length) : 0;
    const none = refused > 0 && refused === items.length;
    if (none && this.#badInARow >= MAX_BAD_IN_A_ROW) return this.#notTheEvents(outcome, failures);
    const moved = await this.#write(async (tx) => {
      if (!(await moveCursor(tx, this.#lease, stream, { from, to: through }))) return false;
      for (const { event, says } of unfit) await this.#aside(tx, stream, [event], 0, { says, answer: null });
      if (refused > 0)
        await this.#aside(
          tx,
          stream,
          items.map(({ event }) => event),
          refused === items.length ? 0 : refused,
          outcome,
        );
      if (items.length > 0)
        await recordResult(tx, this.#lease, at, {
          kind: 'accepted',
          count: items.length - refused,
          says: outcome.says,
        });
      return true;
    });
    if (!moved) return 'lost';
    if (none) this.#badInARow += 1;
    else if (items.length > 0) this.#badInARow = 0;
    // The refused event is not identified, so the next batch should contain few others; without that problem, larger
    // is better.
    if (refused > 0) this.#size = Math.ceil(items.length / FEWER);
    else if (items.length > 0) this.#size = this.#size * 2;
    this.#options.onProgress(this.#lease, unfit.length + refused > 0);
    return 'again';
  }

  async #bad(
    stream: StreamName,
    items: readonly Outgoing[],
    index: number,
    outcome: Outcome,
    failures: number,
  ): Promise<Step> {
    const item = items[index];
    if (item === undefined) throw new Error('a sink refused an event that it was not sent');
    if (this.#badInARow >= MAX_BAD_IN_A_ROW) return this.#notTheEvents(outcome, failures);
    const kept = await this.#write(async (tx) => {
      if (!(await holdsLease(tx, this.#lease))) return false;
      await this.#aside(tx, stream, [item.event], 0, outcome);
      return true;
    });
    if (!kept) return 'lost';
    this.#badInARow += 1;
    // Events before it are valid, and move the cursor.
    if (index > 0) this.#size = index;
    this.#options.onProgress(this.#lease, true);
    return 'again';
  }

  #notTheEvents({ says, answer }: Outcome, failures: number): Promise<Step> {
    const why = `${MAX_BAD_IN_A_ROW} deliveries in a row were refused, so the events are probably not the cause. Look at one under Failed deliveries, then change the settings here or on the other side.`;
    return this.#failed({ kind: 'stopped', says: `${why} ${says}`, answer }, failures);
  }

  async #failed(
    outcome: {
      readonly kind: string;
      readonly says: string;
      readonly answer: string | null;
      readonly afterSeconds?: number | null;
    },
    failures: number,
  ): Promise<Step> {
    // Aborting because this process stops is not a failure of the sink.
    if (this.#stop.aborted) return 'empty';
    const { pace, stoppedMs, chance } = this.#options;
    const at = this.#services.clock();
    const stopped = outcome.kind === 'stopped';
    const wish = outcome.afterSeconds == null ? null : outcome.afterSeconds * 1000;
    const wait = stopped ? stoppedMs : waitAfter(failures + 1, wish, pace, chance());
    const retryAt = new Date(at.getTime() + wait);
    await this.#write(async (tx) => {
      if (await holdsLease(tx, this.#lease))
        await recordResult(tx, this.#lease, at, {
          kind: 'failed',
          state: stopped ? 'stopped' : 'retrying',
          failures: failures + 1,
          retryAt,
          says: outcome.says,
          answer: outcome.answer,
        });
    });
    this.#options.onProgress(this.#lease, true);
    return { later: retryAt };
  }

  #aside(
    tx: Tx,
    stream: StreamName,
    events: readonly ForwardedEvent[],
    unnamed: number,
    { says, answer }: { readonly says: string; readonly answer: string | null },
  ): Promise<void> {
    const sorted = events.toSorted((a, b) => seqOf(a) - seqOf(b));
    const at = this.#services.clock();
    return setAside(tx, { ...this.#lease, stream, events: sorted, unnamed, says, answer, at });
  }

  #write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#services.store.write([this.#lease.clientId], work);
  }
}
// Guide: G1.1-11 G5.2-00 G5.3-00 G5.3-02
