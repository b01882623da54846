import { roleWords } from '../../model/entra-roles.ts';
import type { CaPolicyRow } from '../../model/kinds.ts';
import { ask } from '../../text/message.ts';
import { count } from '../../text/words.ts';
import { type Exclusion, exclusionsOf } from './ca-exclusions.ts';
import {
  covers,
  FEW_HOLDERS,
  type Hole,
  includesAll,
  type PeopleCover,
  type PeopleInput,
  peopleCovered,
} from './ca-people.ts';

/**
 * Whom policies cover together, including the combined effect of approvals and roles. Approvals exclude some people; if
 * they exclude most, or an unknown number, the requirement no longer covers everyone. Policies that name only roles and
 * guests ask no one else.
 */
export function everyoneCovered(policies: readonly CaPolicyRow[], input: PeopleInput): PeopleCover {
  const found = peopleCovered(policies, input);
  if (found.is === 'covered') return tooManyLetOut(policies, input) ?? found;
  return found.is === 'unknown' ? (forRolesAlone(policies, input) ?? found) : found;
}

/** The gap if approvals exclude, or may exclude, most seat holders; null: they do not. */
function tooManyLetOut(policies: readonly CaPolicyRow[], input: PeopleInput): PeopleCover | null {
  const approved = policies.flatMap((policy) =>
    exclusionsOf(policy)
      // A single account is never most of them.
      .filter(({ id, kind }) => kind !== 'user' && input.approved.inForce.has(id))
      .map((exclusion) => ({ policy, exclusion })),
  );
  if (approved.length === 0) return null;
  const holes = (says: string): Hole[] =>
    approved.map(({ policy, exclusion }) => ({
      key: exclusion.id,
      label: labelOf(exclusion, input),
      detail: says,
      policy,
      seat: null,
    }));
  const { seats } = input;
  if (seats === null)
    return {
      is: 'unknown',
      holes: holes(
        'Left out as the charter approves, and no current members file shows how many of the seat holders that is.',
      ),
      question: input.seatsQuestion,
    };
  const strict = { ...input, approved: { ...input.approved, inForce: new Set<string>() } };
  const out = seats.map((seat) => {
    const each = policies.map((policy) => covers(policy, seat, strict));
    return each.includes('yes') ? 'no' : each.includes('unknown') ? 'perhaps' : 'yes';
  });
  const certain = out.filter((is) => is === 'yes').length;
  const possible = out.filter((is) => is !== 'no').length;
  if (certain * 2 > seats.length)
    return {
      is: 'gap',
      holes: holes(
        `Left out as the charter approves, but that is ${certain} of ${count(seats.length, 'seat holder')}: most of them are not asked.`,
      ),
    };
  if (possible * 2 <= seats.length) return null;
  return {
    is: 'unknown',
    holes: holes(
      'Left out as the charter approves, and how many of the seat holders that is cannot be read; it may be most of them.',
    ),
    question: ask(
      'source',
      'entra_groups',
      'Add the Entra groups file with the members of the groups that the charter excludes, and the Entra users file.',
      'let_out',
    ),
  };
}

/** The gap if policies name only roles and guests, and there are more seat holders than those could be; else null. */
function forRolesAlone(policies: readonly CaPolicyRow[], { seats }: PeopleInput): PeopleCover | null {
  const alone = policies.every(
    (policy) =>
      !includesAll(policy) &&
      policy.includeGroups.length === 0 &&
      policy.includeUsers.every((id) => ['none', 'guestsorexternalusers'].includes(id.toLowerCase())),
  );
  if (!alone || seats === null || seats.length <= FEW_HOLDERS) return null;
  return {
    is: 'gap',
    holes: policies.map((policy) => {
      const roles = policy.includeRoles.length > 0;
      const guests = policy.includeUsers.length > 0 || policy.includeGuests !== undefined;
      const whom = roles
        ? `whoever holds a role that it names${guests ? ', and guests' : ''}`
        : 'guests and external users';
      return {
        key: (policy.id ?? policy.name).toLowerCase(),
        label: policy.name,
        detail: `Holds only for ${whom}, and asks no one else of the ${count(seats.length, 'seat holder')}.`,
        policy,
        seat: null,
      };
    }),
  };
}

const labelOf = ({ kind, id }: Exclusion, { directory }: PeopleInput): string =>
  kind === 'guests' ? 'Guests and external users' : kind === 'role' ? roleWords(id) : directory.label(id);
// Guide: G6.2-03 G6.2-05
