import type { CaPolicyRow, NamedLocationRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext, Current } from '../../model/rule.ts';
import { isEmptyReason } from '../../people/names.ts';
import { holdsSeat } from '../../people/reconcile.ts';
import { ask } from '../../text/message.ts';
import { CONNECTOR_EGRESS } from './apps.ts';
import type { CaInput } from './ca.ts';
import type { Approved } from './ca-exclusions.ts';
import type { Places } from './ca-region.ts';
import { allInside } from './cidr.ts';
import { Directory, type Seat, userKeys } from './directory.ts';
import type { Policies } from './policies.ts';
import { reportsSince } from './reports-since.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The evaluator's whole input, from the readings of one evaluation. */
export function caInput(context: CheckContext, policies: readonly CaPolicyRow[]): CaInput {
  const directory = directoryOf(context);
  const members = context.read('members');
  return {
    policies,
    today: context.today,
    directory,
    seats: members.ok ? seatsOf(context, members) : null,
    seatsWhy: members.ok ? '' : members.why,
    seatsQuestion: members.ok
      ? ask('source', 'members', 'Export the members of the Claude organization again.', 'again')
      : members.howToGet,
    approved: approvedOf(context, directory),
    enableOn: enableOn(context),
    reportsSince: reportsSince(context),
    ...placesOf(context),
  };
}

export function directoryOf(context: CheckContext): Directory {
  const groups = context.read('entra_groups');
  const users = context.read('entra_users');
  const roles = context.read('entra_roles');
  return new Directory(
    groups.ok ? groups.rows : null,
    users.ok ? users.rows : null,
    roles.ok ? roles.rows : null,
  );
}

function seatsOf(context: CheckContext, members: Extract<Current<'members'>, { ok: true }>): readonly Seat[] {
  const people = context.people();
  return members.rows.filter(holdsSeat).map((member) => {
    const user = people.entraUser(member);
    const keys = new Set([...people.addressesOf(member), ...(user ? userKeys(user) : [])]);
    return {
      key: member.email.trim().toLowerCase(),
      name: member.name ?? member.email,
      keys,
      known: user?.id !== undefined && user.id !== null,
      guest: user?.userType ? user.userType === 'Guest' : null,
      member,
    };
  });
}

/** Emergency access and approved exclusions of the charter, with names resolved to ids if the files allow it. */
export function approvedOf(context: CheckContext, directory: Directory): Approved {
  const entra = context.charter.ok ? context.charter.value.entra : undefined;
  const stated = entra?.emergencyAccess;
  const unresolved: string[] = [];
  const resolve = (text: string, ids: readonly string[]) => {
    if (ids.length > 0) return ids;
    if (GUID.test(text.trim())) return [text.trim().toLowerCase()];
    unresolved.push(text);
    return [];
  };
  const emergency = new Set([
    ...(stated?.groups ?? []).flatMap((text) => resolve(text, directory.groupIds(text))),
    ...(stated?.users ?? []).flatMap((text) => resolve(text, directory.userIds(text))),
  ]);
  for (const id of [...emergency])
    for (const member of directory.group(id)?.memberIds ?? []) emergency.add(member);
  // The usual way to exclude emergency accounts is a group with no other members.
  for (const id of directory.allGroups()) {
    const view = directory.group(id);
    if (
      view?.complete &&
      view.memberIds.length > 0 &&
      view.memberIds.every((member) => emergency.has(member))
    )
      emergency.add(id);
  }
  const inForce = new Set<string>();
  const ended = new Map<string, string>();
  for (const { id, until, reason } of entra?.approvedExclusions ?? []) {
    if (isEmptyReason(reason)) continue;
    const ids = [...directory.groupIds(id), ...directory.userIds(id)];
    for (const key of ids.length > 0 ? ids : [id.trim().toLowerCase()]) {
      if (until >= context.today) inForce.add(key);
      else ended.set(key, until);
    }
  }
  return {
    emergencyStated: (stated?.groups.length ?? 0) + (stated?.users.length ?? 0) > 0,
    emergency,
    unresolved,
    inForce,
    ended,
  };
}

export function enableOn(context: CheckContext): ReadonlyMap<string, string> {
  const stated = context.charter.ok ? (context.charter.value.entra?.enableOn ?? {}) : {};
  return new Map(Object.entries(stated).map(([key, day]) => [key.trim().toLowerCase(), day]));
}

/** What the named locations file says; nothing is assumed about a location that it does not list. */
function placesOf(context: CheckContext): Places {
  const locations = context.read('named_locations');
  const idsOf = (wanted: (row: NamedLocationRow) => boolean) =>
    new Set(
      (locations.ok ? locations.rows : []).flatMap((row) =>
        row.id !== null && wanted(row) ? [row.id.toLowerCase()] : [],
      ),
    );
  const egress = idsOf((row) => allInside(row.ranges, CONNECTOR_EGRESS));
  const trusted = idsOf((row) => row.trusted === true);
  const called = new Map(
    (locations.ok ? locations.rows : []).flatMap(({ id, name }) =>
      id === null ? [] : [[id.toLowerCase(), name] as const],
    ),
  );
  return {
    isEgress: (id) => egress.has(id.toLowerCase()),
    isTrusted: (id) => trusted.has(id.toLowerCase()),
    nameOf: (id) => called.get(id.toLowerCase()) ?? null,
  };
}

/** Evidence for the given policies; the whole file if there are none. */
export function citePolicies(policies: Policies, rows: readonly CaPolicyRow[]): readonly Evidence[] {
  if (rows.length === 0) return policies.evidence;
  return rows.map((row) => policies.cite(row, `${row.name}: ${stateWords(row)}`));
}

export function stateWords(row: CaPolicyRow): string {
  if (row.state === 'enabled') return 'on';
  if (row.state === 'disabled') return 'off';
  return row.state === null ? 'state not reported' : 'report-only';
}
