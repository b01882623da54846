import type { Activity, ActivitySource } from '../activity/activity.ts';
import type { Match } from './hot.ts';
import type { Run } from './runs.ts';

/** Identifies a call that a source reports; two sources that report the same call use the same id. */
export interface ReportedCall {
  /** The id that Claude gave the call. */
  readonly call: string;
  readonly source: string;
}

/**
 * The longest gap between two sources' reports of one call: a transcript records when Claude asked for the tool,
 * telemetry when it had run, after the person's approval and the tool's own run time.
 */
export const REPORTS_APART_MS = 6 * 3_600_000;

/** Sources that report calls by Claude's own call id. */
export const CALL_SOURCES: readonly ActivitySource[] = ['otlp', 'sessions'];

/**
 * The call that an activity reports; null: it is not a call, or its source gives no id, so that it cannot be matched
 * with another source's report.
 */
export function reportedCall({ source, category, id, detail }: Activity): ReportedCall | null {
  if (category !== 'tool_call') return null;
  if (source === 'sessions') return { call: id.slice(id.lastIndexOf('/') + 1), source };
  const call = source === 'otlp' ? detail.tool_use_id : null;
  return typeof call === 'string' && call !== '' ? { call, source } : null;
}

/** Whether the calls among some matches come from more than one source. */
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
 * Counts matches so that a call reported by several sources counts once: for each call, the highest number of reports
 * from one source. More matches never lower the count.
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

/** A match as part of an alert: the time span it covers, and how much it adds to the count. */
export interface CountedMatch extends Run {
  /** Id of the activity at its start. */
  readonly firstActivity: string;
}

/**
 * What matches add to alerts. Reports of one call by different sources are joined into one span, and only the first
 * adds to the count, regardless of the order in which they arrive. A second report by the same source is a separate
 * event: nothing between the two reports belongs to either.
 *
 * @param known Matches that are already part of alerts.
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
