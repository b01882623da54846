import { hadNoEffect, namesAFailure } from '../activity/payload.ts';
import { dayOf } from '../model/local-time.ts';
import type { Evidence } from '../model/reading.ts';
import type { CheckContext } from '../model/rule.ts';
import { dayWords } from '../text/words.ts';
import { withoutTag } from './names.ts';

/** A trace of a person in Claude after a day. */
export interface ActiveAfter {
  /** Day of the newest trace (YYYY-MM-DD). */
  readonly on: string;
  /** For example "was active in Claude on Nov 12, 2026". */
  readonly words: string;
  readonly evidence: readonly Evidence[];
}

/** Events whose actor need not have been in Claude: who was removed, and who only tried to sign in or signed out. */
const NO_WORK = /^org_user_left$|_(initiated|requested|logout|logged_out)$/;

/**
 * The newest trace of a person in Claude after a day: an event of theirs, or a day with use of their own. null: no
 * source shows any, which does not prove that there was none.
 * @param addresses all addresses of the person
 */
export function activeAfter(
  context: Pick<CheckContext, 'events' | 'profile' | 'read'>,
  addresses: ReadonlySet<string>,
  day: string,
): ActiveAfter | null {
  const newest = [newestEvents(context), newestAnalytics(context), newestUsage(context)].flatMap((traces) =>
    [...addresses].flatMap((one) => traces.get(withoutTag(one)) ?? []),
  );
  const last = newest.sort((a, b) => a.on.localeCompare(b.on)).at(-1);
  if (last === undefined || last.on <= day) return null;
  return { on: last.on, words: `was active in Claude on ${dayWords(last.on)}`, evidence: [last.evidence()] };
}

interface Trace {
  readonly on: string;
  readonly evidence: () => Evidence;
}
/** The newest trace of each person, by address. */
type Traces = ReadonlyMap<string, Trace>;
const NONE: Traces = new Map();

// Cached per list of rows, because a log has hundreds of thousands and each leaver is looked for in it.
const cached = new WeakMap<object, Traces>();

function newestOf<Row>(
  rows: readonly Row[],
  dayAndPerson: (row: Row) => { readonly on: string; readonly email: string | null } | null,
  cite: (row: Row, says: string) => Evidence,
): Traces {
  const known = cached.get(rows);
  if (known !== undefined) return known;
  const newest = new Map<string, Trace>();
  for (const row of rows) {
    const one = dayAndPerson(row);
    if (one === null || one.email === null || one.email === '') continue;
    const key = withoutTag(one.email);
    const before = newest.get(key);
    if (before !== undefined && before.on >= one.on) continue;
    newest.set(key, { on: one.on, evidence: () => cite(row, `active in Claude on ${dayWords(one.on)}`) });
  }
  cached.set(rows, newest);
  return newest;
}

function newestEvents({ events: eventsOf, profile }: Pick<CheckContext, 'events' | 'profile'>): Traces {
  const events = eventsOf();
  if (!events.ok) return NONE;
  return newestOf(
    events.rows,
    (row) =>
      row.actorEmail === null ||
      NO_WORK.test(row.type) ||
      namesAFailure(row.type) ||
      hadNoEffect(row.type, row.detail)
        ? null
        : { on: dayOf(row.at, profile.timezone), email: row.actorEmail },
    (row, says) => events.cite(row, says),
  );
}

function newestAnalytics({ read }: Pick<CheckContext, 'read'>): Traces {
  const analytics = read('analytics_users');
  if (!analytics.ok) return NONE;
  return newestOf(
    analytics.rows,
    ({ email, on, messages, connectorsUsed, filesUploaded }) =>
      on !== null && isUsed(messages, connectorsUsed, filesUploaded) ? { on, email } : null,
    (row, says) => analytics.cite(row, says),
  );
}

function newestUsage({ read }: Pick<CheckContext, 'read'>): Traces {
  const usage = read('usage');
  if (!usage.ok) return NONE;
  return newestOf(
    usage.rows,
    // A period that began before a day may contain only earlier use, so its first day is what it shows.
    ({ email, from, messages, requests, promptTokens, completionTokens }) =>
      from !== null && isUsed(messages, requests, promptTokens, completionTokens)
        ? { on: from, email }
        : null,
    (row, says) => usage.cite(row, says),
  );
}

function isUsed(...counts: readonly (number | null)[]): boolean {
  return counts.some((n) => n !== null && n > 0);
}
// Guide: G6.6-00 G6.6-03
