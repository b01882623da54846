import { type ForwardedEvent, seqOf } from '#domain/forwarding/event.ts';
import { type Outgoing, type Sink, Unfit } from '#sinks/sink.ts';

/** A batch as it goes out. */
export interface Batch {
  readonly items: readonly Outgoing[];
  /** Events that cannot be put into the sink's form at all, with the reason. */
  readonly unfit: readonly { readonly event: ForwardedEvent; readonly says: string }[];
  /** Everything up to this number is in the batch, is unfit, or was passed over. */
  readonly through: number;
}

/**
 * The longest beginning of what was read that fits into one batch, without the events that were set aside before.
 *
 * @param through Up to which number nothing else is wanted, once all of `events` are taken.
 * @param most Events and bytes; one event is taken whatever its size.
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
