import type { Activity, ActivitySource } from '../activity/activity.ts';
import type { Match } from './hot.ts';
import type { Run } from './runs.ts';

/** Which call a source tells of. Two sources that tell of the same one name it alike. */
export interface ToldCall {
  /** The id that Claude gave the call. */
  readonly call: string;
  readonly source: string;
}

/**
 * How far apart two sources tell of one call, at most: a transcript says when Claude asked for the tool, telemetry when
 * it had run, and in between lie someone's consent and the tool's own time.
 */
export const TELLINGS_MS = 6 * 3_600_000;

/** Sources that tell of calls by the id that Claude gave them. */
export const TELL_CALLS: readonly ActivitySource[] = ['otlp', 'sessions'];

/**
 * The call that an activity tells of; null: it is none, or its source does not name it, so that nobody can say whether
 * another source tells of it, too.
 */
export function toldCall({ source, category, id, detail }: Activity): ToldCall | null {
  if (category !== 'tool_call') return null;
  if (source === 'sessions') return { call: id.slice(id.lastIndexOf('/') + 1), source };
  const call = source === 'otlp' ? detail.tool_use_id : null;
  return typeof call === 'string' && call !== '' ? { call, source } : null;
}

/** Whether more than one source tells of calls among some matches. */
export function severalTell(matches: readonly Match[]): boolean {
  let one: string | undefined;
  for (const { told } of matches) {
    if (told === undefined) continue;
    one ??= told.source;
    if (told.source !== one) return true;
  }
  return false;
}

/**
 * Counts matches so that a call that several sources tell of counts once: of each call the most that one source tells.
 * More matches never make the count lower.
 */
export class OnceCount {
  total = 0;
  readonly #calls = new Map<string, Record<string, number>>();

  change({ told, base }: Match, by: 1 | -1): void {
    if (told === undefined) {
      this.total += by;
      return;
    }
    const key = `${base} ${told.call}`;
    const own = this.#calls.get(key) ?? {};
    const before = Math.max(0, ...Object.values(own));
    own[told.source] = (own[told.source] ?? 0) + by;
    const after = Math.max(0, ...Object.values(own));
    this.total += after - before;
    if (after === 0) this.#calls.delete(key);
    else this.#calls.set(key, own);
  }
}

/** A match as a part of an alert: how far what it tells of reaches, and how many happenings it adds. */
export interface Telling extends Run {
  /** The activity that begins it. */
  readonly firstActivity: string;
}

/**
 * What matches add to alerts, one after the other. A call reaches from its first telling to its last, and only the first
 * adds to the count, in whatever order they come.
 *
 * @param known Matches that are part of alerts already.
 */
export function tellings(known: readonly Match[], added: readonly Match[]): Telling[] {
  const calls = new Map<string, Match[]>();
  const others = (match: Match): Match[] => {
    const key = `${match.base} ${match.told?.call}`;
    const own = calls.get(key) ?? [];
    calls.set(key, own);
    return own;
  };
  if (added.some(({ told }) => told !== undefined))
    for (const match of known) if (match.told !== undefined) others(match).push(match);
  return added.map((match): Telling => {
    const { at, activity, told } = match;
    if (told === undefined) return { first: at, last: at, count: 1, firstActivity: activity };
    const all = others(match);
    const near = all.filter((other) => Math.abs(other.at - at) <= TELLINGS_MS);
    all.push(match);
    const before = most(near);
    const together = [...near, match];
    const first = together.reduce((a, b) =>
      b.at < a.at || (b.at === a.at && b.activity < a.activity) ? b : a,
    );
    return {
      first: first.at,
      last: Math.max(...together.map((other) => other.at)),
      count: most(together) - before,
      firstActivity: first.activity,
    };
  });
}

function most(matches: readonly Match[]): number {
  const bySource = new Map<string, number>();
  for (const { told } of matches)
    bySource.set(told?.source ?? '', (bySource.get(told?.source ?? '') ?? 0) + 1);
  return Math.max(0, ...bySource.values());
}
// Guide: G5.2-06
