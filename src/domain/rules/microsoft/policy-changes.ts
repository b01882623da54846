import { addDays } from '../../model/day.ts';
import type { CaPolicyRow, DirectoryAuditRow, EntraGroupRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { dayWords, names } from '../../text/words.ts';
import { claudePolicies } from './claude-policies.ts';

/** The object of a change, and what was done. */
interface Act {
  readonly of: 'policy' | 'location' | 'group' | 'role';
  readonly done: string;
  /** Counts only if policies exclude the group or role; an addition removes no one from those that they include. */
  readonly adds?: true;
}

/**
 * Entra's names of activities that can weaken what policies ask, in lower case (Microsoft's list of audit activities).
 * Adding a policy can only strengthen it.
 */
const ACTS: ReadonlyMap<string, Act> = new Map<string, Act>([
  ['update conditional access policy', { of: 'policy', done: 'changed' }],
  ['delete conditional access policy', { of: 'policy', done: 'deleted' }],
  ['add named location', { of: 'location', done: 'added' }],
  ['update named location', { of: 'location', done: 'changed' }],
  ['delete named location', { of: 'location', done: 'deleted' }],
  ['add member to group', { of: 'group', done: 'added to', adds: true }],
  ['remove member from group', { of: 'group', done: 'removed from' }],
  ['update group', { of: 'group', done: 'changed' }],
  ['delete group', { of: 'group', done: 'deleted' }],
  ['add member to role', { of: 'role', done: 'added to', adds: true }],
  ['remove member from role', { of: 'role', done: 'removed from' }],
]);

export interface PolicyChanges {
  /** "Claude MFA was changed by ann@alder.example.org on Nov 3, 2026" */
  readonly words: string;
  /** Day of the newest change, in the client's time zone. */
  readonly on: string;
  readonly evidence: readonly Evidence[];
}

/**
 * Changes since a day in Entra's audit log: to Conditional Access policies, to the named locations that those for
 * Claude use, and to whom they reach, that is members and rules of the groups that they include or exclude, and holders
 * of such roles. null: none, as far back as the given log goes. `thatDay` also includes that day itself, on which the
 * order is not known; otherwise changes to locations and groups count from the day after those were read.
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

/** First day from which changes count, by kind. */
function fromDays(context: CheckContext, day: string, thatDay: boolean): Readonly<Record<Act['of'], string>> {
  if (thatDay) return { policy: day, location: day, group: day, role: day };
  const locations = context.read('named_locations');
  const groups = context.read('entra_groups');
  return {
    policy: addDays(day, 1),
    // No control passes because of role holders, so a newer list of roles does not move this day.
    role: addDays(day, 1),
    location: addDays(locations.ok ? locations.observedOn : day, 1),
    group: addDays(groups.ok ? groups.observedOn : day, 1),
  };
}

/** Ids, in lower case, of what the enabled policies for Claude use. */
interface Used {
  readonly locations: ReadonlySet<string>;
  /** Groups and roles that they include or exclude, with nested groups. */
  readonly principals: ReadonlySet<string>;
  /** The excluded ones among them. */
  readonly leftOut: ReadonlySet<string>;
  /** Names of groups by id. */
  readonly names: ReadonlyMap<string, string>;
}

/** null: no file shows what they use. */
function usedByPolicies(context: CheckContext): Used | null {
  const file = context.read('ca_policies', Number.POSITIVE_INFINITY);
  if (!file.ok) return null;
  const all = file.rows.flatMap((row) => ('unread' in row ? [] : [row]));
  const { reaching, perhaps } = claudePolicies(context, all);
  const enabled = [...reaching, ...perhaps].filter(({ state }) => state === 'enabled' || state === null);
  const groups = context.read('entra_groups', Number.POSITIVE_INFINITY);
  const rows = new Map(
    (groups.ok ? groups.rows : []).flatMap((row) => (row.id === null ? [] : [[row.id.toLowerCase(), row]])),
  );
  const ids = (of: (policy: CaPolicyRow) => readonly string[]) =>
    new Set(enabled.flatMap(of).map((id) => id.toLowerCase()));
  const leftOut = withNested(
    ids(({ excludeGroups, excludeRoles }) => [...excludeGroups, ...excludeRoles]),
    rows,
  );
  const named = withNested(
    ids(({ includeGroups, includeRoles }) => [...includeGroups, ...includeRoles]),
    rows,
  );
  return {
    locations: ids(({ includeLocations, excludeLocations }) => [...includeLocations, ...excludeLocations]),
    principals: leftOut.union(named),
    leftOut,
    names: new Map([...rows].map(([id, { name }]) => [id, name])),
  };
}

/** These groups with all groups nested in them. */
function withNested(ids: ReadonlySet<string>, rows: ReadonlyMap<string, EntraGroupRow>): ReadonlySet<string> {
  const found = new Set(ids);
  for (const id of found) {
    const row = rows.get(id);
    for (const member of [...(row?.nested ?? []), ...(row?.members ?? [])])
      if (row?.nested?.includes(member) || rows.has(member.toLowerCase())) found.add(member.toLowerCase());
  }
  return found;
}

function actOf({ activity }: DirectoryAuditRow): Act | undefined {
  return ACTS.get(activity.trim().toLowerCase());
}

/** Without a file of policies, any changed location may be in use; most groups and roles are not. */
function concerns(row: DirectoryAuditRow, { of, done, adds }: Act, used: Used | null): boolean {
  if (of === 'policy') return true;
  if (of === 'group' || of === 'role') {
    const among = adds ? used?.leftOut : used?.principals;
    const id = principalOf(row, among);
    return id !== undefined && (done !== 'changed' || mayChangeMembers(row));
  }
  if (used === null) return done !== 'added';
  if (used.locations.has('alltrusted')) return true;
  const ids = row.targets.flatMap(({ id }) => (id === null ? [] : [id.toLowerCase()]));
  return ids.length === 0 ? used.locations.size > 0 : ids.some((id) => used.locations.has(id));
}

/** Id of the changed group or role if it is in `among`; roles are identified by their template. */
function principalOf({ targets }: DirectoryAuditRow, among: ReadonlySet<string> | undefined) {
  return targets
    .flatMap(({ id, changed }) => [
      id,
      ...changed.flatMap(({ name, from, to }) => (name === 'Role.TemplateId' ? [to, from] : [])),
    ])
    .map((id) => id?.replaceAll('"', '').toLowerCase() ?? '')
    .find((id) => among?.has(id) === true);
}

/** Whether a change to a group may be to its membership rule: it is, or the log does not say what was changed. */
function mayChangeMembers({ targets }: DirectoryAuditRow): boolean {
  const changed = targets.flatMap((target) => target.changed);
  return (
    changed.length === 0 ||
    changed.some(({ name, from, to }) => /membership ?rule|group ?types?\b/i.test(`${name} ${from} ${to}`))
  );
}

function changeWords(row: DirectoryAuditRow, used: Used | null, zone: string): string {
  const { of, done } = actOf(row) ?? { of: 'policy', done: 'changed' };
  const by = `by ${row.actor ?? 'an account Entra does not name'} on ${dayWords(dayOf(row.at, zone))}`;
  if (of === 'group' || of === 'role') {
    const name = principalName(row, of, used);
    if (done === 'changed' && row.targets.some(({ changed }) => changed.length > 0))
      return `the membership rule of ${name} was changed ${by}`;
    if (done === 'changed' || done === 'deleted') return `${name} was ${done} ${by}`;
    const id = principalOf(row, used?.principals);
    const who =
      row.targets.find((one) => one.id?.toLowerCase() !== id && !/^(group|role)$/i.test(one.type ?? ''))
        ?.name ?? 'someone';
    return `${who} was ${done} ${name} ${by}`;
  }
  const name = row.targets.find((target) => target.name !== null)?.name ?? null;
  const what =
    of === 'policy' ? (name ?? 'a Conditional Access policy') : `the named location ${name ?? ''}`.trim();
  return `${what} was ${done} ${by}`;
}

function principalName(row: DirectoryAuditRow, of: 'group' | 'role', used: Used | null): string {
  const id = principalOf(row, used?.principals);
  const target = row.targets.find((one) => one.type?.toLowerCase() === of);
  const noted = row.targets
    .flatMap(({ changed }) => changed)
    .find(({ name }) => name.toLowerCase() === `${of}.displayname`);
  const name =
    target?.name ??
    used?.names.get(id ?? '') ??
    (noted?.to ?? noted?.from)?.replaceAll('"', '') ??
    target?.id ??
    `a ${of}`;
  return of === 'role' ? `the role ${name}` : name;
}
// Guide: G6.4-00 G6.5-00
