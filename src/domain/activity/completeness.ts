/**
 * The completeness ledger: for each source, the periods in which nothing is missing, and each gap with its cause. A
 * figure based on activities is only as reliable as this.
 */

/** Why a period is missing. */
export const GAP_CAUSES = [
  'recording_off',
  'key_refused',
  'not_connected',
  'not_read',
  'rate_limited',
  'feed_stuck',
  'late_indexed',
  'not_offered',
  // For telemetry, which cannot be read again.
  'no_sender',
  'not_known',
  'refused',
  'lost_on_the_way',
  'server_down',
  'no_token',
  'silent',
] as const;
export type GapCause = (typeof GAP_CAUSES)[number];

/** A period, excluding `to`. Instants are RFC 3339 in UTC with milliseconds, so that they compare as text. */
export interface Span {
  readonly from: string;
  readonly to: string;
  /** null: nothing is missing. */
  readonly gap: GapCause | null;
  /** false: it can never be filled by reading again. */
  readonly mendable: boolean;
}

/** Why everything after the last complete period is missing up to now, if something prevents reading. */
export interface Tail {
  readonly cause: GapCause;
  readonly mendable: boolean;
}

/**
 * Adds a period to a ledger. A permanent gap remains: a later read that finds nothing in it has not filled it. Any
 * other overlapping period is replaced by the newer statement.
 */
export function withSpan(spans: readonly Span[], added: Span): Span[] {
  if (added.from >= added.to) return [...spans];
  const kept = spans.flatMap((span) => (isLost(span) ? [span] : without(span, added)));
  const pieces = spans
    .filter(isLost)
    .reduce<Span[]>(
      (list, lost) => list.flatMap((piece) => without(piece, lost)),
      isLost(added) ? [] : [added],
    );
  const next = isLost(added)
    ? [...spans.flatMap((span) => without(span, added)), added]
    : [...kept, ...pieces];
  return joined(next);
}

/** Recorded as permanently missing. */
function isLost({ gap, mendable }: Span): boolean {
  return gap !== null && !mendable;
}

/** The parts of a period outside another one. */
function without(span: Span, other: Span): Span[] {
  if (other.to <= span.from || other.from >= span.to) return [span];
  return [
    ...(span.from < other.from ? [{ ...span, to: other.from }] : []),
    ...(other.to < span.to ? [{ ...span, from: other.to }] : []),
  ];
}

/** Sorts periods and merges adjacent ones that are equal. */
function joined(spans: readonly Span[]): Span[] {
  const list: Span[] = [];
  for (const span of spans.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = list.at(-1);
    if (
      last !== undefined &&
      last.to >= span.from &&
      last.gap === span.gap &&
      last.mendable === span.mendable
    )
      list[list.length - 1] = { ...last, to: last.to > span.to ? last.to : span.to };
    else list.push(span);
  }
  return list;
}

/**
 * The ledger of a period without holes: parts that no entry covers were not read; after the last entry, for the reason
 * that prevents reading.
 */
export function ledgerOf(
  spans: readonly Span[],
  period: { readonly from: string; readonly to: string },
  tail: Tail | null,
): Span[] {
  const list: Span[] = [];
  const missing = (from: string, to: string, cause: GapCause, mendable: boolean) => {
    if (from < to) list.push({ from, to, gap: cause, mendable });
  };
  let at = period.from;
  for (const span of spans) {
    const from = span.from < period.from ? period.from : span.from;
    const to = span.to > period.to ? period.to : span.to;
    if (from >= to) continue;
    missing(at, from, 'not_read', true);
    list.push({ ...span, from, to });
    at = to;
  }
  missing(at, period.to, tail?.cause ?? 'not_read', tail?.mendable ?? true);
  return joined(list);
}

/** The latest gapless period up to the end of a ledger; null: its end is missing, or it is empty. */
export function completeSince(spans: readonly Span[]): { readonly from: string; readonly to: string } | null {
  const last = spans.findLast(({ gap }) => gap === null);
  return last === undefined ? null : { from: last.from, to: last.to };
}

/** Whether nothing is missing in a period. */
export function isComplete(
  spans: readonly Span[],
  period: { readonly from: string; readonly to: string },
): boolean {
  return spans.some(({ gap, from, to }) => gap === null && from <= period.from && to >= period.to);
}

export const GAP_WORDS: Readonly<Record<GapCause, string>> = {
  recording_off:
    'Recording was off at the vendor. Nothing was recorded during that time, so it cannot be read later.',
  key_refused: 'The key was refused. A new key reads what was recorded meanwhile.',
  not_connected: 'Nothing was connected. What the vendor keeps is read once it is.',
  not_read: 'Bylaw has not read it yet.',
  rate_limited: 'The vendor asked Bylaw to wait. This time is read afterward.',
  feed_stuck:
    'The vendor keeps returning the same position. Bylaw tries again from the time where it stopped.',
  late_indexed:
    'An event from this period arrived after the period was considered complete. It is counted now, and more may come until Bylaw has looked again.',
  not_offered: 'The vendor does not offer it to this organization.',
  no_sender: 'Nothing had sent telemetry yet.',
  not_known:
    'What came in by the hour is remembered for 400 days, so it is no longer known what is missing from this time.',
  refused:
    'Some of what was sent could not be read, or was too large, and was refused. Its sender does not send it again.',
  lost_on_the_way:
    'Between two events of a session, some numbers never arrived. They were lost on the way or are still to come.',
  server_down: 'Bylaw was not running. Senders keep their events for a short while and then discard them.',
  no_token: 'No token was valid. Whatever was sent was refused.',
  silent:
    'No one sent anything on a working day: either no one used Claude there, or what they sent did not arrive.',
};
