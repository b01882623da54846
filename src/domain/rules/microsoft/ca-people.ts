import { roleWords } from '../../model/entra-roles.ts';
import type { CaPolicyRow } from '../../model/kinds.ts';
import { type Ask, ask } from '../../text/message.ts';
import { count, names } from '../../text/words.ts';
import {
  type Approved,
  EVERY_GUEST,
  type Exclusion,
  exclusionsOf,
  guestIn,
  guestsIn,
  isSyncRole,
  statedByCharter,
} from './ca-exclusions.ts';
import type { Tri } from './ca-grant.ts';
import { leftOutBy, mayLeaveOut, seatsUnknown } from './ca-left-out.ts';
import type { Directory, EntraPerson, Seat } from './directory.ts';

/** A person or group whom the requirement does not cover, or may not. */
export interface Hole {
  readonly key: string;
  readonly label: string;
  readonly detail: string;
  readonly policy: CaPolicyRow | null;
  readonly seat: Seat | null;
}

export type PeopleCover =
  | { readonly is: 'covered'; readonly leftOut: readonly Exclusion[]; readonly counted: number | null }
  | { readonly is: 'gap'; readonly holes: readonly Hole[] }
  | { readonly is: 'unknown'; readonly holes: readonly Hole[]; readonly question: Ask };

export const EMERGENCY_QUESTION = ask(
  'charter',
  'entra.emergencyAccess',
  'Name the emergency access accounts under “entra.emergencyAccess” in the charter (groups and users, by id or name).',
);

export interface PeopleInput {
  readonly directory: Directory;
  /** null: the members file cannot be read; `seatsWhy` says why. */
  readonly seats: readonly Seat[] | null;
  readonly seatsWhy: string;
  readonly seatsQuestion: Ask;
  readonly approved: Approved;
}

/**
 * Number of seat holders above which people in no named group are not all assumed to hold a role that no list shows.
 */
export const FEW_HOLDERS = 5;

export function includesAll(policy: CaPolicyRow): boolean {
  return policy.includeUsers.some((id) => id.toLowerCase() === 'all');
}

/** Whether these policies together cover every Claude member, and who is missed if not. */
export function peopleCovered(policies: readonly CaPolicyRow[], input: PeopleInput): PeopleCover {
  const everyone = policies.filter(includesAll);
  if (everyone.length === 0) return coveredOneByOne(policies, input);
  const results = everyone.map((policy) => coveredByAll(policy, policies, input));
  return (
    results.find((result) => result.is === 'covered') ??
    results.find((result) => result.is === 'unknown') ??
    results[0] ?? { is: 'gap', holes: [] }
  );
}

/** A policy for all users: each exclusion must be allowed or covered by another of the policies. */
function coveredByAll(
  policy: CaPolicyRow,
  policies: readonly CaPolicyRow[],
  input: PeopleInput,
): PeopleCover {
  const others = policies.filter((other) => other !== policy);
  const gaps: Hole[] = [];
  const unsure: Hole[] = [];
  /** Whether the only doubt is whether another policy includes people who are known to be excluded here. */
  let perhapsAsked = true;
  for (const exclusion of exclusionsOf(policy)) {
    if (closedBy(exclusion, others, (e) => mayLeaveOut(e, input) === 'yes')) continue;
    const found = exclusionGap(exclusion, policy, others, input);
    if (!found) continue;
    const perhapsClosed = closedBy(exclusion, others, (e) => mayLeaveOut(e, input) !== 'no');
    if (found.certain && !perhapsClosed) gaps.push(found.hole);
    else {
      unsure.push(found.hole);
      perhapsAsked &&= found.perhapsAsked;
    }
  }
  if (gaps.length > 0) return { is: 'gap', holes: [...gaps, ...unsure] };
  if (unsure.length > 0) {
    const byRole = perhapsAsked && others.some(({ includeRoles }) => includeRoles.length > 0);
    return { is: 'unknown', holes: unsure, question: questionOf(input, byRole) };
  }
  return {
    is: 'covered',
    leftOut: exclusionsOf(policy).filter((e) => statedByCharter(e, input.approved)),
    counted: null,
  };
}

/** What to provide to learn who is excluded, and whether any of them holds a seat. */
function questionOf({ approved, seats, seatsQuestion, directory }: PeopleInput, byRole: boolean): Ask {
  if (!approved.emergencyStated) return EMERGENCY_QUESTION;
  if (seats !== null && byRole && !directory.hasRoles)
    return ask(
      'source',
      'entra_roles',
      'Add the list of role assignments, every page, which says whom the policies for roles take in; or take the people named back into the policy for everyone.',
      'left_out',
    );
  return seats === null
    ? seatsQuestion
    : ask(
        'source',
        'entra_groups',
        'Add the Entra groups and users files with the members of the excluded groups, or approve the exclusion with a reason and an end date under “entra.approvedExclusions” in the charter.',
        'left_out',
      );
}

/** Whether another policy includes exactly what this one excludes, with only allowed exclusions of its own. */
function closedBy(
  exclusion: Exclusion,
  others: readonly CaPolicyRow[],
  may: (exclusion: Exclusion) => boolean,
): boolean {
  return others.some(
    (other) => (includesAll(other) || takesIn(other, exclusion)) && exclusionsOf(other).every(may),
  );
}

/** Whether a policy names exactly what another excludes. */
function takesIn(policy: CaPolicyRow, exclusion: Exclusion): boolean {
  const lower = (list: readonly string[]) => list.map((id) => id.toLowerCase());
  if (exclusion.kind === 'group') return lower(policy.includeGroups).includes(exclusion.id);
  if (exclusion.kind === 'role') return lower(policy.includeRoles).includes(exclusion.id);
  if (exclusion.kind === 'user') return lower(policy.includeUsers).includes(exclusion.id);
  const into = guestsIn(policy);
  return (
    into?.allTenants === true && (exclusion.guests?.types ?? []).every((type) => into.types.includes(type))
  );
}

function exclusionGap(
  exclusion: Exclusion,
  policy: CaPolicyRow,
  others: readonly CaPolicyRow[],
  input: PeopleInput,
): { hole: Hole; certain: boolean; perhapsAsked: boolean } | null {
  const { directory, approved, seats } = input;
  const label =
    exclusion.kind === 'guests'
      ? 'Guests and external users'
      : exclusion.kind === 'role'
        ? roleWords(exclusion.id)
        : directory.label(exclusion.id);
  const held = (seats ?? []).filter((seat) => leftOutBy(exclusion, seat, directory) === 'yes');
  const inside = held.filter((seat) => !others.some((other) => covers(other, seat, input) === 'yes'));
  const people =
    inside.length > 0
      ? ` ${count(inside.length, 'seat holder is', 'seat holders are')} in it: ${names(inside.map((seat) => seat.name))}.`
      : '';
  // A few people may each hold a role, or be a guest, that another policy names.
  const perhapsAsked =
    inside.length <= FEW_HOLDERS &&
    inside.every((seat) => others.some((other) => covers(other, seat, input) === 'unknown'));
  const make = (detail: string, certain: boolean) => ({
    hole: { key: exclusion.id, label, detail, policy, seat: null },
    certain,
    perhapsAsked: perhapsAsked && inside.length > 0,
  });
  const rest = perhapsAsked
    ? ' Another policy names roles, groups or guests, and whether that takes in all of them cannot be read.'
    : '';
  if (approved.inForce.has(exclusion.id) || (exclusion.kind === 'role' && isSyncRole(exclusion.id)))
    return null;
  if (approved.emergency.has(exclusion.id)) {
    if (inside.length > 0)
      return make(
        `Named as emergency access, but it holds a Claude seat: ${names(inside.map((seat) => seat.name))}.${rest}`,
        !perhapsAsked,
      );
    const unknown = seatsUnknown(exclusion, input);
    return unknown === null ? null : make(`Named as emergency access, and ${unknown}.`, false);
  }
  const contents = known(exclusion, input);
  // Membership of guests changes by itself; what counts is that none of them holds a seat.
  if (exclusion.kind === 'guests' && contents === 'known' && inside.length === 0) return null;
  if (!approved.emergencyStated)
    return make(`Left out, and the charter does not name the emergency access accounts.${people}`, false);
  if (approved.unresolved.length > 0 && inside.length === 0)
    return make(
      `Left out; whether this is ${names(approved.unresolved.map((name) => `“${name}”`))} of the charter cannot be determined from the files.`,
      false,
    );
  const ended = approved.ended.get(exclusion.id);
  const why = ended
    ? `Left out; the approval in the charter ended on ${ended}.`
    : 'Left out without an approval in the charter.';
  if (inside.length > 0) return make(`${why}${people}${rest}`, !perhapsAsked);
  if (held.length > 0 && contents === 'known') return null;
  if (input.seats === null)
    return make(`${why} No current members file shows whether anyone in it holds a Claude seat.`, false);
  if (contents === 'unknown') return make(`${why} Who is in it cannot be read.`, false);
  return make(`${why} No one in it holds a seat today.`, true);
}

/** Whether the files show who is behind an exclusion. */
function known(exclusion: Exclusion, { directory, seats }: PeopleInput): 'known' | 'unknown' {
  if (seats === null || exclusion.kind === 'role') return 'unknown';
  if (exclusion.kind === 'guests')
    return seats.every((seat) => leftOutBy(exclusion, seat, directory) !== 'unknown') ? 'known' : 'unknown';
  if (exclusion.kind === 'user') return directory.user(exclusion.id) ? 'known' : 'unknown';
  return seats.every((seat) => directory.inGroup(seat, exclusion.id) !== 'unknown') ? 'known' : 'unknown';
}

/**
 * Whether one policy covers one person. "unknown" if that depends on roles or on exclusions that the files do not
 * resolve.
 */
export function covers(policy: CaPolicyRow, seat: Seat, input: PeopleInput): Tri {
  const { directory, approved } = input;
  let out: Tri = 'no';
  for (const exclusion of exclusionsOf(policy)) {
    const is = leftOutBy(exclusion, seat, directory);
    if (is === 'yes') return approved.inForce.has(exclusion.id) ? 'yes' : 'no';
    if (is === 'unknown' && mayLeaveOut(exclusion, input) !== 'yes') out = 'unknown';
  }
  const into = included(policy, seat, directory);
  if (into === 'no') return 'no';
  return out === 'unknown' || into === 'unknown' ? 'unknown' : 'yes';
}

/** Whether a policy includes a person, before exclusions. */
function included(policy: CaPolicyRow, seat: EntraPerson, directory: Directory): Tri {
  if (includesAll(policy)) return 'yes';
  let best: Tri = 'no';
  for (const id of policy.includeUsers.map((text) => text.toLowerCase())) {
    const is =
      id === 'none'
        ? 'no'
        : id === 'guestsorexternalusers'
          ? guestIn(EVERY_GUEST, seat)
          : leftOutBy({ kind: 'user', id }, seat, directory);
    if (is === 'yes') return 'yes';
    if (is === 'unknown') best = 'unknown';
  }
  for (const id of policy.includeGroups) {
    const is = directory.inGroup(seat, id);
    if (is === 'yes') return 'yes';
    if (is === 'unknown') best = 'unknown';
  }
  if (policy.includeGuests) {
    const is = guestIn(policy.includeGuests, seat);
    if (is === 'yes') return 'yes';
    if (is === 'unknown') best = 'unknown';
  }
  // An eligible person is not covered until the role is active, and a current holder may lose it, so a role never means
  // "yes".
  const mayHold = policy.includeRoles.some((role) => directory.hasRole(seat, role) !== 'no');
  return mayHold ? 'unknown' : best;
}

/** Only groups, roles or individual people are named: every seat holder must be found in one of them. */
function coveredOneByOne(policies: readonly CaPolicyRow[], input: PeopleInput): PeopleCover {
  const { seats } = input;
  if (policies.length === 0) return { is: 'gap', holes: [] };
  if (seats === null || seats.length === 0) {
    const why = seats === null ? input.seatsWhy : 'The members file lists no one.';
    const holes = policies.map((policy) => scopeHole(policy, input.directory, why));
    return { is: 'unknown', holes, question: input.seatsQuestion };
  }
  const states = seats.map((seat) => {
    const each = policies.map((policy) => covers(policy, seat, input));
    return { seat, is: each.includes('yes') ? 'yes' : each.includes('unknown') ? 'unknown' : 'no' };
  });
  const out = states.filter((state) => state.is === 'no');
  if (out.length > 0)
    return {
      is: 'gap',
      holes: out.map(({ seat }) => ({
        key: seat.key,
        label: seat.name,
        detail: 'Holds a seat and is in none of the groups that the policies name.',
        policy: null,
        seat,
      })),
    };
  const unsure = states.filter((state) => state.is === 'unknown');
  if (unsure.length > 0) {
    const why = `Whether ${count(unsure.length, 'seat holder is', 'seat holders are')} in it cannot be read: ${names(unsure.map(({ seat }) => seat.name))}.`;
    return {
      is: 'unknown',
      holes: policies.map((policy) => scopeHole(policy, input.directory, why)),
      question: ask(
        'source',
        'entra_groups',
        'Add the Entra groups file with the members of every group that the policy names, and the Entra users file. A role proves nothing here: no file shows who may activate one.',
        'of_policies_with_users',
      ),
    };
  }
  return { is: 'covered', leftOut: [], counted: seats.length };
}

function scopeHole(policy: CaPolicyRow, directory: Directory, why: string): Hole {
  const scope = [
    ...policy.includeGroups.map((id) => directory.label(id)),
    ...policy.includeRoles.map(() => 'a role'),
    ...policy.includeUsers.map((id) => directory.label(id)),
    ...(policy.includeGuests ? ['guests'] : []),
  ];
  return {
    key: (policy.id ?? policy.name).toLowerCase(),
    label: policy.name,
    detail: `Holds only for ${names([...new Set(scope)])}. ${why}`,
    policy,
    seat: null,
  };
}
