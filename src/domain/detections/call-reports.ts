import type { Activity, ActivitySource } from '../activity/activity.ts';
import type { Match } from './hot.ts';
import type { Run } from './runs.ts';

/** Which call a source reports. Two sources that report the same one name it alike. */
export interface ReportedCall {
  /** The id that Claude gave the call. */
  readonly call: string;
  readonly source: string;
}

/**
 * How far apart two sources report one call, at most: a transcript says when Claude asked for the tool, telemetry when
 * it had run, and in between lie someone's consent and the tool's own time.
 */
export const REPORTS_APART_MS = 6 * 3_600_000;

/** Sources that report calls by the id that Claude gave them. */
export const CALL_SOURCES: readonly ActivitySource[] = ['otlp', 'sessions'];

/**
 * The call that an activity reports; null: it is none, or its source does not name it, so that nobody can say whether
 * another source reports it, too.
 */
export function reportedCall({ source, category, id, detail }: Activity): ReportedCall | null {
  if (category !== 'tool_call') return null;
  if (source === 'sessions') return { call: id.slice(id.lastIndexOf('/') + 1), source };
  const call = source === 'otlp' ? detail.tool_use_id : null;
  return typeof call === 'string' && call !== '' ? { call, source } : null;
}

/** Whether more than one source reports calls among some matches. */
export function severalSources(matches: readonly Match[]): boolean {
  let one: string | undefined;
  for (const { reported } of matches) {
    if (reported === undefined) continue;
    one ??= reported.source;
    if (reported.source !== one) return true;
  }
  return false;
}

/**
 * Counts matches so that a call that several sources report counts once: of each call the most that one source reports.
 * More matches never make the count lower.
 */
export class OnceCount {
  total = 0;
  readonly #calls = new Map<string, Record<string, number>>();

  change({ reported, base }: Match, by: 1 | -1): void {
    if (reported === undefined) {
      this.total += by;
      return;
    }
    const key = `${base} ${reported.call}`;
    const own = this.#calls.get(key) ?? {};
    const before = Math.max(0, ...Object.values(own));
    own[reported.source] = (own[reported.source] ?? 0) + by;
    const after = Math.max(0, ...Object.values(own));
    this.total += after - before;
    if (after === 0) this.#calls.delete(key);
    else this.#calls.set(key, own);
  }
}

/** A match as a part of an alert: how far what it reports reaches, and how many happenings it adds. */
export interface CountedMatch extends Run {
  /** The activity that begins it. */
  readonly firstActivity: string;
}

/**
 * What matches add to alerts, one after the other. A call reaches from one source's report of it to another's, and only
 * the first of them adds to the count, in whatever order they come. A source that reports a call again reports another
 * happening: nothing between its two reports is part of either.
 *
 * @param known Matches that are part of alerts already.
 */
export function countedMatches(known: readonly Match[], added: readonly Match[]): CountedMatch[] {
  const calls = new Map<string, Match[]>();
  const others = (match: Match): Match[] => {
    const key = `${match.base} ${match.reported?.call}`;
    const own = calls.get(key) ?? [];
    calls.set(key, own);
    return own;
  };
  if (added.some(({ reported }) => reported !== undefined))
    for (const match of known) if (match.reported !== undefined) others(match).push(match);
  return added.map((match): CountedMatch => {
    const { at, activity, reported } = match;
    if (reported === undefined) return { first: at, last: at, count: 1, firstActivity: activity };
    const all = others(match);
    const near = all.filter((other) => Math.abs(other.at - at) <= REPORTS_APART_MS);
    all.push(match);
    const before = max(near);
    const one = [match, ...near.filter((other) => other.reported?.source !== reported.source)];
    const first = one.reduce((a, b) => (b.at < a.at || (b.at === a.at && b.activity < a.activity) ? b : a));
    return {
      first: first.at,
      last: Math.max(...one.map((other) => other.at)),
      count: max([...near, match]) - before,
      firstActivity: first.activity,
    };
  });
}

function max(matches: readonly Match[]): number {
  const bySource = new Map<string, number>();
  for (const { reported } of matches)
    bySource.set(reported?.source ?? '', (bySource.get(reported?.source ?? '') ?? 0) + 1);
  return Math.max(0, ...bySource.values());
}
// Guide: G5.2-06
