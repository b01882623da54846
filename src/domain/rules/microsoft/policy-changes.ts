import { addDays } from '../../model/day.ts';
import type { CaPolicyRow, DirectoryAuditRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { dayWords, names } from '../../text/words.ts';
import { claudePolicies } from './claude-policies.ts';

/** What a change is of, and what was done. */
interface Act {
  readonly of: 'policy' | 'location' | 'group';
  readonly done: string;
}

/**
 * What Entra calls the acts by which less may be asked than before, in lower case (Microsoft's list of audit activities).
 * A policy that is added asks more.
 */
const ACTS: ReadonlyMap<string, Act> = new Map<string, Act>([
  ['update conditional access policy', { of: 'policy', done: 'changed' }],
  ['delete conditional access policy', { of: 'policy', done: 'deleted' }],
  ['add named location', { of: 'location', done: 'added' }],
  ['update named location', { of: 'location', done: 'changed' }],
  ['delete named location', { of: 'location', done: 'deleted' }],
  ['add member to group', { of: 'group', done: 'added to' }],
  ['remove member from group', { of: 'group', done: 'removed from' }],
]);

export interface PolicyChanges {
  /** "Claude MFA was changed by ann@alder.example.org on 3 Nov 2026" */
  readonly words: string;
  /** Day of the last of them, in the client's zone. */
  readonly on: string;
  readonly evidence: readonly Evidence[];
}

/**
 * What Entra's audit log shows changed since a day: Conditional Access policies, the named locations that those for
 * Claude use, and who is in the groups that those leave out. null: nothing, as far as the log that was given goes back.
 * `thatDay`: also on that day itself, where which came first is not known; else changes of locations and groups count
 * from the day after these were read.
 */
export function policiesChangedSince(
  context: CheckContext,
  day: string,
  { thatDay }: { readonly thatDay: boolean },
): PolicyChanges | null {
  const audits = context.read('directory_audits', Number.POSITIVE_INFINITY);
  if (!audits.ok) return null;
  const zone = context.profile.timezone;
  const used = usedByPolicies(context);
  const from = fromDays(context, day, thatDay);
  const rows = audits.rows
    .filter((row) => {
      const act = actOf(row);
      return (
        act !== undefined &&
        row.succeeded !== false &&
        row.at <= context.now &&
        dayOf(row.at, zone) >= from[act.of] &&
        concerns(row, act, used)
      );
    })
    .sort((a, b) => (a.at < b.at ? 1 : -1));
  const [last] = rows;
  if (last === undefined) return null;
  return {
    words: names(
      rows.map((row) => changeWords(row, used, zone)),
      3,
    ),
    on: dayOf(last.at, zone),
    evidence: rows.slice(0, 10).map((row) => audits.cite(row, changeWords(row, used, zone))),
  };
}

/** First day of the changes that count. */
function fromDays(context: CheckContext, day: string, thatDay: boolean): Readonly<Record<Act['of'], string>> {
  if (thatDay) return { policy: day, location: day, group: day };
  const locations = context.read('named_locations');
  const groups = context.read('entra_groups');
  return {
    policy: addDays(day, 1),
    location: addDays(locations.ok ? locations.observedOn : day, 1),
    group: addDays(groups.ok ? groups.observedOn : day, 1),
  };
}

/** Ids of what the enabled policies for Claude use, in lower case. */
interface Used {
  readonly locations: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

/** null: no file says what they use. */
function usedByPolicies(context: CheckContext): Used | null {
  const file = context.read('ca_policies', Number.POSITIVE_INFINITY);
  if (!file.ok) return null;
  const all = file.rows.flatMap((row) => ('unread' in row ? [] : [row]));
  const { reaching, perhaps } = claudePolicies(context, all);
  const enabled = [...reaching, ...perhaps].filter(({ state }) => state === 'enabled' || state === null);
  const ids = (of: (policy: CaPolicyRow) => readonly string[]) =>
    new Set(enabled.flatMap(of).map((id) => id.toLowerCase()));
  return {
    locations: ids(({ includeLocations, excludeLocations }) => [...includeLocations, ...excludeLocations]),
    groups: ids(({ excludeGroups }) => excludeGroups),
  };
}

function actOf({ activity }: DirectoryAuditRow): Act | undefined {
  return ACTS.get(activity.trim().toLowerCase());
}

/** Without a file of policies every location that is changed may be in use; of groups most are not. */
function concerns(row: DirectoryAuditRow, { of, done }: Act, used: Used | null): boolean {
  if (of === 'policy') return true;
  if (of === 'group') return groupOf(row, used) !== undefined;
  if (used === null) return done !== 'added';
  if (used.locations.has('alltrusted')) return true;
  const ids = row.targets.flatMap(({ id }) => (id === null ? [] : [id.toLowerCase()]));
  return ids.length === 0 ? used.locations.size > 0 : ids.some((id) => used.locations.has(id));
}

/** The group of a change of members, where policies leave it out. */
function groupOf({ targets }: DirectoryAuditRow, used: Used | null) {
  return targets.find(({ id }) => id !== null && used?.groups.has(id.toLowerCase()) === true);
}

function changeWords(row: DirectoryAuditRow, used: Used | null, zone: string): string {
  const { of, done } = actOf(row) ?? { of: 'policy', done: 'changed' };
  const by = `by ${row.actor ?? 'an account that Entra does not name'} on ${dayWords(dayOf(row.at, zone))}`;
  if (of === 'group') {
    const group = groupOf(row, used);
    const who = row.targets.find((target) => target !== group)?.name ?? 'someone';
    return `${who} was ${done} ${group?.name ?? group?.id ?? 'a group'} ${by}`;
  }
  const name = row.targets.find((target) => target.name !== null)?.name ?? null;
  const what =
    of === 'policy' ? (name ?? 'a Conditional Access policy') : `the named location ${name ?? ''}`.trim();
  return `${what} was ${done} ${by}`;
}
// Guide: G6.4-00 G6.5-00
