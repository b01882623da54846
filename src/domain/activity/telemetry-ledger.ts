import type { GapCause, Span } from './completeness.ts';

/** A stretch of time, `to` not in it. Instants are RFC 3339 in UTC with milliseconds, so that they compare as text. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
}

/** What Bylaw knows itself of the time in which telemetry could come. */
export interface TelemetryFacts {
  /** When the first event came; null: none did. */
  readonly first: string | null;
  /** Hours before the first were known once and are forgotten. */
  readonly forgotten: boolean;
  /** Hours in which events came. Whatever else is known of an hour, a sender got through in it. */
  readonly heard: readonly Stretch[];
  /** Hours in which something was refused that its sender does not send again. */
  readonly refused: readonly Stretch[];
  /** When at least one token let telemetry in. */
  readonly open: readonly Stretch[];
  /** When no server was there to take anything in. */
  readonly down: readonly Stretch[];
  /** Between two events of a session, when there are numbers between theirs that never came. */
  readonly holes: readonly Stretch[];
  /** Working days on which no sender said anything. */
  readonly silent: readonly Stretch[];
}

/**
 * What is known to be missing of telemetry, in order and without holes. It is no proof of the rest: what was never sent
 * leaves no trace, so a stretch without a gap means that nothing is known to be missing, and no more.
 */
export function telemetryLedger(facts: TelemetryFacts, period: Stretch): Span[] {
  const { first, forgotten, heard, refused, open, down, holes, silent } = facts;
  const before = first === null ? period.to : first;
  const closed = without([period], open);
  // In order of what is said where several are true of one time.
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

/** What of some stretches lies outside of others. */
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

/** Stretches as few as they can be, in order. */
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

/** Numbers of a session that came, from one to another without a hole, with the instants of the first and the last. */
export interface NumberRange {
  readonly first: number;
  readonly last: number;
  readonly from: string;
  readonly to: string;
}

/** Ranges that are kept of a session, the newest: one that has more holes than this says so already. */
const MAX_RANGES = 100;

/** The ranges of a session with further ones, as few as they can be. */
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

/** Where numbers are missing between ranges of a session. What came before the first that is known, nobody can tell. */
export function holesOf(ranges: readonly NumberRange[]): (Stretch & { readonly missing: number })[] {
  return ranges.slice(1).flatMap((range, index) => {
    const before = ranges[index];
    if (before === undefined) return [];
    const [from, to] = before.to <= range.from ? [before.to, range.from] : [range.from, before.to];
    return [{ from, to: atLeast(from, to), missing: range.first - before.last - 1 }];
  });
}

/** Two events of one instant have a hole between them all the same. */
function atLeast(from: string, to: string): string {
  return to > from ? to : new Date(Date.parse(from) + 1).toISOString();
}
