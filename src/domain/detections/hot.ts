import { OnceCount, type ReportedCall, severalSources } from './call-reports.ts';
import type { Correlation, CorrelationCondition } from './sigma.ts';
import { timespanMs } from './sigma.ts';

/** One event matched by a rule of a correlation. */
export interface Match {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly activity: string;
  /** Index of the rule in the correlation's list. */
  readonly base: number;
  /** Value of the counted field; null if it has none, or none is counted. */
  readonly value: string | null;
  /** The call it reports, if another source may report the same one. */
  readonly reported?: ReportedCall | undefined;
}

/** Total order of matches, by time and then by id, so that it does not depend on the order of arrival. */
export function byTime(a: Match, b: Match): number {
  return a.at - b.at || (a.activity < b.activity ? -1 : a.activity > b.activity ? 1 : a.base - b.base);
}

/**
 * Which matches of one group lie in a window that satisfies the correlation. A window begins with a match and lasts for
 * the timespan, its end included; every match in a satisfied window is part of the alert. With lower limits only,
 * additional matches never remove any, so the order of arrival does not matter.
 *
 * @param matches In the order of {@link byTime}.
 */
export function hotMatches(correlation: Correlation, matches: readonly Match[]): boolean[] {
  const span = timespanMs(correlation.timespan);
  const steps = new Int32Array(matches.length + 1);
  const window = windowOf(correlation, severalSources(matches));
  let end = 0;
  for (let start = 0; start < matches.length; start += 1) {
    const first = matches[start];
    if (first === undefined) break;
    for (let next = matches[end]; next !== undefined && next.at <= first.at + span; next = matches[end]) {
      window.add(next);
      end += 1;
    }
    if (window.holds(matches, start, end)) {
      steps[start] = (steps[start] ?? 0) + 1;
      steps[end] = (steps[end] ?? 0) - 1;
    }
    window.remove(first);
  }
  let depth = 0;
  return matches.map((_match, index) => {
    depth += steps[index] ?? 0;
    return depth > 0;
  });
}

interface Window {
  add(match: Match): void;
  remove(match: Match): void;
  holds(matches: readonly Match[], start: number, end: number): boolean;
}

/** @param several More than one source reports calls, so that one call may occur twice. */
function windowOf({ type, rules, condition }: Correlation, several: boolean): Window {
  if (type === 'event_count' && several) {
    const once = new OnceCount();
    return {
      add: (match) => once.change(match, 1),
      remove: (match) => once.change(match, -1),
      holds: () => within(once.total, condition),
    };
  }
  if (type === 'event_count') {
    let count = 0;
    return {
      add: () => {
        count += 1;
      },
      remove: () => {
        count -= 1;
      },
      holds: () => within(count, condition),
    };
  }
  const seen = new Map<string | number, number>();
  const change = (key: string | number | null, by: number) => {
    if (key === null) return;
    const now = (seen.get(key) ?? 0) + by;
    if (now === 0) seen.delete(key);
    else seen.set(key, now);
  };
  const key = (match: Match) => (type === 'value_count' ? match.value : match.base);
  const all = rules.length;
  return {
    add: (match) => change(key(match), 1),
    remove: (match) => change(key(match), -1),
    holds: (matches, start, end) => {
      if (type === 'value_count') return within(seen.size, condition);
      if (condition === undefined ? seen.size < all : !within(seen.size, condition)) return false;
      return type === 'temporal' || inOrder(matches, start, end, all);
    },
  };
}

/** Whether the rules matched one after the other, in the order of the list. */
function inOrder(matches: readonly Match[], start: number, end: number, rules: number): boolean {
  if (matches[start]?.base !== 0) return false;
  let wanted = 0;
  for (let index = start; index < end && wanted < rules; index += 1)
    if (matches[index]?.base === wanted) wanted += 1;
  return wanted === rules;
}

export function within(count: number, condition: CorrelationCondition = {}): boolean {
  const { gt, gte, lt, lte, eq, neq } = condition;
  return (
    (gt === undefined || count > gt) &&
    (gte === undefined || count >= gte) &&
    (lt === undefined || count < lt) &&
    (lte === undefined || count <= lte) &&
    (eq === undefined || count === eq) &&
    (neq === undefined || count !== neq)
  );
}

/** Whether additional events can never undo a match; only then can the stream raise an alert at once. */
export function onlyGrows({ condition = {} }: Correlation): boolean {
  const { lt, lte, eq, neq } = condition;
  return lt === undefined && lte === undefined && eq === undefined && neq === undefined;
}

/** How many neighbors on either side can share a smallest satisfying window with an event; null: no limit. */
export function reach({ type, condition = {} }: Correlation): number | null {
  if (type !== 'event_count') return null;
  return Math.max(0, Math.ceil(condition.gte ?? (condition.gt ?? 0) + 1) - 1);
}
// Guide: G7.1-06
