import { addDays } from '../../model/day.ts';
import type { DirectoryAuditRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { dayWords, names } from '../../text/words.ts';
import { dayOf } from '../connectors/events.ts';

/** What Entra calls the acts by which a policy may ask less than before, in lower case. One that is added asks more. */
const ACTS: ReadonlySet<string> = new Set([
  'update conditional access policy',
  'delete conditional access policy',
]);

export interface PolicyChanges {
  /** "Claude MFA was changed by ann@alder.example.org on 3 Nov 2026" */
  readonly words: string;
  /** Day of the last of them, in the client's zone. */
  readonly on: string;
  readonly evidence: readonly Evidence[];
}

/**
 * Conditional Access policies that Entra's audit log shows changed or deleted since a day; null: none, as far as the log
 * that was given goes back. `thatDay`: also on that day itself, where which came first is not known.
 */
export function policiesChangedSince(
  context: CheckContext,
  day: string,
  { thatDay }: { readonly thatDay: boolean },
): PolicyChanges | null {
  const audits = context.read('directory_audits', Number.POSITIVE_INFINITY);
  if (!audits.ok) return null;
  const zone = context.profile.timezone;
  const from = thatDay ? day : addDays(day, 1);
  const rows = audits.rows
    .filter(
      (row) =>
        ACTS.has(row.activity.trim().toLowerCase()) &&
        row.succeeded !== false &&
        row.at <= context.now &&
        dayOf(row.at, zone) >= from,
    )
    .sort((a, b) => (a.at < b.at ? 1 : -1));
  const [last] = rows;
  if (last === undefined) return null;
  return {
    words: names(
      rows.map((row) => changeWords(row, zone)),
      3,
    ),
    on: dayOf(last.at, zone),
    evidence: rows.slice(0, 10).map((row) => audits.cite(row, changeWords(row, zone))),
  };
}

function changeWords({ activity, actor, at, targets }: DirectoryAuditRow, zone: string): string {
  const policy = targets.find(({ name }) => name !== null)?.name ?? 'a Conditional Access policy';
  const act = /^delete/i.test(activity.trim()) ? 'deleted' : 'changed';
  return `${policy} was ${act} by ${actor ?? 'an account that Entra does not name'} on ${dayWords(dayOf(at, zone))}`;
}
// Guide: G6.4-00 G6.5-00
