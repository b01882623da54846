import type { ForwardedEvent } from '#domain/forwarding/event.ts';
import { count } from '#domain/text/words.ts';
import { type Outcome, type Outgoing, type Sink, Unfit } from '#sinks/sink.ts';
import type { FailedDeliveryRow } from '#store/sinks/failed-deliveries.ts';

/** What came of sending the events of a failed delivery again. */
export interface DeliverySent {
  readonly outcome: Outcome;
  /** Events that were not accepted, or of which it is not known; they stay in it. */
  readonly left: readonly ForwardedEvent[];
  /** So many of those were refused, which ones is not reported; 0: all. */
  readonly unnamed: number;
}

/**
 * Sends the events of a failed delivery again, in batches that the sink accepts. What was accepted leaves it. Where the other
 * side did not say which events it refused, each goes alone: its answer then names the event, and none that was accepted
 * before comes more than once again.
 */
export async function sendFailedDelivery(
  sink: Sink,
  { events, unnamed }: Pick<FailedDeliveryRow, 'events' | 'unnamed'>,
  signal: AbortSignal,
): Promise<DeliverySent> {
  return unnamed > 0 ? oneByOne(sink, events, unnamed, signal) : inBatches(sink, events, signal);
}

async function oneByOne(
  sink: Sink,
  events: readonly ForwardedEvent[],
  unnamed: number,
  signal: AbortSignal,
): Promise<DeliverySent> {
  const refused: ForwardedEvent[] = [];
  let said: Outcome | null = null;
  for (const [at, event] of events.entries()) {
    const outcome = await sendOne(sink, event, signal);
    if (outcome.kind === 'accepted') continue;
    if (outcome.kind === 'retry' || outcome.kind === 'stopped') {
      const rest = events.slice(at);
      const among = Math.max(unnamed - refused.length, 1);
      const left = [...refused, ...rest];
      return { outcome, left, unnamed: among >= rest.length ? 0 : refused.length + among };
    }
    refused.push(event);
    said = outcome;
  }
  if (said === null) return { outcome: taken(events.length), left: [], unnamed: 0 };
  return {
    outcome: {
      kind: 'refused',
      index: null,
      says: `Sent one by one, ${count(events.length - refused.length, 'event was', 'events were')} taken and ${refused.length} refused; those stay here. ${said.says}`,
      answer: said.answer,
    },
    left: refused,
    unnamed: 0,
  };
}

async function inBatches(
  sink: Sink,
  events: readonly ForwardedEvent[],
  signal: AbortSignal,
): Promise<DeliverySent> {
  let from = 0;
  while (from < events.length) {
    const batch = batchFrom(sink, events, from);
    if (!Array.isArray(batch)) return { outcome: batch, left: events.slice(from), unnamed: 0 };
    const outcome = await sink.send(batch, signal);
    if (outcome.kind === 'partly') {
      const left = events.slice(from);
      const refused = Math.min(outcome.refused, batch.length) + left.length - batch.length;
      return { outcome, left, unnamed: refused === left.length ? 0 : refused };
    }
    if (outcome.kind !== 'accepted') return { outcome, left: events.slice(from), unnamed: 0 };
    from += batch.length;
  }
  return { outcome: taken(events.length), left: [], unnamed: 0 };
}

/** As many events from a place on as one batch may hold, or what it means that the first of them cannot be sent. */
function batchFrom(sink: Sink, events: readonly ForwardedEvent[], from: number): Outgoing[] | Outcome {
  const batch: Outgoing[] = [];
  let bytes = 0;
  for (const event of events.slice(from, from + sink.max.events)) {
    const body = encoded(sink, event);
    if (!Buffer.isBuffer(body)) return batch.length === 0 ? body : batch;
    if (batch.length > 0 && bytes + body.length > sink.max.bytes) return batch;
    batch.push({ event, body });
    bytes += body.length;
  }
  return batch;
}

async function sendOne(sink: Sink, event: ForwardedEvent, signal: AbortSignal): Promise<Outcome> {
  const body = encoded(sink, event);
  return Buffer.isBuffer(body) ? sink.send([{ event, body }], signal) : body;
}

function encoded(sink: Sink, event: ForwardedEvent): Buffer | Outcome {
  try {
    return sink.encode(event);
  } catch (error) {
    if (error instanceof Unfit) return { kind: 'refused', index: null, says: error.message, answer: null };
    throw error;
  }
}

function taken(events: number): Outcome {
  return { kind: 'accepted', says: `${count(events, 'event was', 'events were')} accepted.`, answer: null };
}
