import { type ForwardedEvent, seqOf } from '#domain/forwarding/event.ts';
import { type Outgoing, type Sink, Unfit } from '#sinks/sink.ts';

/** A batch to send. */
export interface Batch {
  readonly items: readonly Outgoing[];
  /** Events that cannot be encoded for the sink, with the reason. */
  readonly unfit: readonly { readonly event: ForwardedEvent; readonly says: string }[];
  /** All events up to this number are in the batch, cannot be encoded, or were skipped. */
  readonly through: number;
}

/**
 * The longest prefix of the events that fits into one batch, without events that were set aside before.
 *
 * @param through The number up to which there is nothing else to send, once all of `events` are taken.
 * @param most Limits of events and bytes; a single event is taken whatever its size.
 */
export function batchOf(
  events: readonly ForwardedEvent[],
  through: number,
  sink: Sink,
  aside: ReadonlySet<number>,
  max: { readonly events: number; readonly bytes: number },
): Batch {
  const items: Outgoing[] = [];
  const unfit: { event: ForwardedEvent; says: string }[] = [];
  let bytes = 0;
  let last: number | null = null;
  for (const event of events) {
    if (!aside.has(seqOf(event))) {
      let body: Buffer;
      try {
        body = sink.encode(event);
      } catch (error) {
        if (!(error instanceof Unfit)) throw error;
        unfit.push({ event, says: error.message });
        last = seqOf(event);
        continue;
      }
      const full = items.length >= max.events || bytes + body.length > max.bytes;
      if (full && items.length > 0) return { items, unfit, through: last ?? seqOf(event) - 1 };
      items.push({ event, body });
      bytes += body.length;
    }
    last = seqOf(event);
  }
  return { items, unfit, through };
}
