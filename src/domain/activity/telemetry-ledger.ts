import type { GapCause, Span } from './completeness.ts';

/** A period, excluding `to`. Instants are RFC 3339 in UTC with milliseconds, so that they compare as text. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
}

/** What Bylaw itself knows about the time in which telemetry could arrive. */
export interface TelemetryFacts {
  /** When the first event arrived; null: none did. */
  readonly first: string | null;
  /** Details of hours before this have been discarded. */
  readonly forgotten: boolean;
  /** Hours in which events arrived. Whatever else is known about an hour, a sender got through. */
  readonly heard: readonly Stretch[];
  /** Hours in which something was refused that its sender does not send again. */
  readonly refused: readonly Stretch[];
  /** When at least one token was valid. */
  readonly open: readonly Stretch[];
  /** When no server was running. */
  readonly down: readonly Stretch[];
  /** Between two events of a session whose sequence numbers have a gap. */
  readonly holes: readonly Stretch[];
  /** Working days without any event. */
  readonly silent: readonly Stretch[];
}

/**
 * The known gaps in telemetry, in order and without holes. This proves nothing about the rest: what was never sent
 * leaves no trace, so a period without a gap only means that no gap is known.
 */
export function telemetryLedger(facts: TelemetryFacts, period: Stretch): Span[] {
  const { first, forgotten, heard, refused, open, down, holes, silent } = facts;
  const before = first === null ? period.to : first;
  const closed = without([period], open);
  // In order of precedence, if several apply.
  const causes: readonly (readonly [GapCause, readonly Stretch[]])[] = [
    ['refused', refused],
    ['lost_on_the_way', holes],
    [forgotten ? 'not_known' : 'no_sender', [{ from: period.from, to: before }]],
    ['server_down', down],
    ['no_token', without(closed, heard)],
    ['silent', silent],
  ];
  let left: Stretch[] = [period];
  const spans: Span[] = [];
  for (const [gap, stretches] of causes) {
    for (const { from, to } of within(left, stretches)) spans.push({ from, to, gap, mendable: false });
    left = without(left, stretches);
  }
  for (const { from, to } of left) spans.push({ from, to, gap: null, mendable: true });
  return joined(spans);
}

/** The parts of some periods outside of others. */
export function without(stretches: readonly Stretch[], others: readonly Stretch[]): Stretch[] {
  const sorted = united(others);
  return stretches.flatMap(({ from, to }) => {
    const pieces: Stretch[] = [];
    let at = from;
    for (const other of sorted) {
      if (other.to <= at || other.from >= to) continue;
      if (other.from > at) pieces.push({ from: at, to: other.from });
      at = other.to;
      if (at >= to) break;
    }
    if (at < to) pieces.push({ from: at, to });
    return pieces;
  });
}

function within(stretches: readonly Stretch[], others: readonly Stretch[]): Stretch[] {
  return without(stretches, without(stretches, others));
}

/** Merges periods, in order. */
export function united(stretches: readonly Stretch[]): Stretch[] {
  const list: Stretch[] = [];
  for (const one of stretches.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = list.at(-1);
    if (one.from >= one.to) continue;
    if (last !== undefined && one.from <= last.to)
      list[list.length - 1] = { from: last.from, to: one.to > last.to ? one.to : last.to };
    else list.push(one);
  }
  return list;
}

function joined(spans: readonly Span[]): Span[] {
  const list: Span[] = [];
  for (const span of spans.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = list.at(-1);
    if (last !== undefined && last.gap === span.gap && last.to === span.from)
      list[list.length - 1] = { ...last, to: span.to };
    else list.push(span);
  }
  return list;
}

/** A contiguous range of a session's sequence numbers, with the instants of its first and last event. */
export interface NumberRange {
  readonly first: number;
  readonly last: number;
  readonly from: string;
  readonly to: string;
}

/** Maximum number of ranges kept per session; one with more holes shows the gap anyway. */
const MAX_RANGES = 100;

/** Merges further ranges into those of a session. */
export function withRanges(known: readonly NumberRange[], added: readonly NumberRange[]): NumberRange[] {
  const list: NumberRange[] = [];
  for (const one of [...known, ...added].toSorted((a, b) => a.first - b.first || a.last - b.last)) {
    const last = list.at(-1);
    if (last !== undefined && one.first <= last.last + 1)
      list[list.length - 1] = {
        first: last.first,
        last: Math.max(last.last, one.last),
        from: one.first === last.first && one.from < last.from ? one.from : last.from,
        to: one.last >= last.last ? one.to : last.to,
      };
    else list.push(one);
  }
  return list.slice(-MAX_RANGES);
}

/** Gaps between ranges of a session. Whether anything is missing before the first one is unknowable. */
export function holesOf(ranges: readonly NumberRange[]): (Stretch & { readonly missing: number })[] {
  return ranges.slice(1).flatMap((range, index) => {
    const before = ranges[index];
    if (before === undefined) return [];
    const [from, to] = before.to <= range.from ? [before.to, range.from] : [range.from, before.to];
    return [{ from, to: atLeast(from, to), missing: range.first - before.last - 1 }];
  });
}

/** Two events of the same instant can have a gap between them. */
function atLeast(from: string, to: string): string {
  return to > from ? to : new Date(Date.parse(from) + 1).toISOString();
}
