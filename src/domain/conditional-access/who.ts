import type { CaPolicyRow, EntraUserRow, GuestScope } from '../model/kinds.ts';
import { exclusionsOf, guestIn, guestsIn, isSyncRole } from '../rules/microsoft/ca-exclusions.ts';
import type { Tri } from '../rules/microsoft/ca-grant.ts';
import type { Directory, EntraPerson, GroupView } from '../rules/microsoft/directory.ts';

/** Whom policies take in and leave out, for many people: who is in which group is worked out once and not per policy. */

const NO = 0;
const UNKNOWN = 1;
const YES = 2;

/** A policy's people as numbers of {@link Groups}. */
export interface Who {
  readonly everyone: boolean;
  readonly into: readonly number[];
  readonly intoGuests: GuestScope | null;
  readonly out: readonly number[];
  readonly outGuests: GuestScope | null;
}

/** The parts of a policy that say whom it is for. */
export type PeopleOf = Pick<
  CaPolicyRow,
  | 'includeUsers'
  | 'includeGroups'
  | 'includeRoles'
  | 'includeGuests'
  | 'excludeUsers'
  | 'excludeGroups'
  | 'excludeRoles'
  | 'excludeGuests'
>;

/** Groups and single accounts that policies name, each by a number. */
export class Groups {
  readonly #directory: Directory;
  readonly #numbers = new Map<string, number>();
  readonly #byUser = new Map<EntraUserRow, number[]>();
  /** Single accounts, and members of groups whom the users file does not hold. */
  readonly #byKey = new Map<string, number[]>();
  /** What holds of someone who is in none of the lists: of a person whose id is known, and of one whose id is not. */
  readonly #known: number[] = [];
  readonly #unknown: number[] = [];
  /** The two as bytes, once everyone is numbered. */
  #bytes: { readonly known: Uint8Array; readonly unknown: Uint8Array } | null = null;

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  who(policy: PeopleOf): Who {
    const out = exclusionsOf(policy);
    const users = policy.includeUsers.map((id) => id.toLowerCase());
    const named = users.filter((id) => !['all', 'none', 'guestsorexternalusers'].includes(id));
    return {
      everyone: users.includes('all'),
      into: [
        ...named.map((id) => this.#account(id)),
        ...policy.includeGroups.map((id) => this.#group(id.toLowerCase())),
        ...policy.includeRoles.map((id) => this.#role(id)),
      ],
      intoGuests: guestsIn(policy),
      out: out.flatMap(({ kind, id }) =>
        kind === 'group'
          ? [this.#group(id)]
          : kind === 'user'
            ? [this.#account(id)]
            : kind === 'role' && !isSyncRole(id)
              ? [this.#role(id)]
              : [],
      ),
      outGuests: out.find(({ kind }) => kind === 'guests')?.guests ?? null,
    };
  }

  /** For each number whether a person is in it: 0 no, 1 unknown, 2 yes. */
  of(person: EntraPerson): Uint8Array {
    this.#bytes ??= { known: Uint8Array.from(this.#known), unknown: Uint8Array.from(this.#unknown) };
    const found = (person.known ? this.#bytes.known : this.#bytes.unknown).slice();
    for (const key of person.keys) for (const at of this.#byKey.get(key) ?? []) found[at] = YES;
    for (const user of this.#directory.usersOf(person.keys))
      for (const at of this.#byUser.get(user) ?? []) found[at] = YES;
    return found;
  }

  #account(id: string): number {
    return this.#number(`user ${id}`, () => ({ members: [id], known: NO, unknown: UNKNOWN }));
  }

  #group(id: string): number {
    return this.#number(`group ${id}`, () => membersOf(this.#directory.group(id)));
  }

  #role(id: string): number {
    return this.#number(`role ${id.toLowerCase()}`, () => membersOf(this.#directory.role(id)));
  }

  #number(
    name: string,
    make: () => {
      readonly members: Iterable<EntraUserRow | string>;
      readonly known: number;
      readonly unknown: number;
    },
  ): number {
    const made = this.#numbers.get(name);
    if (made !== undefined) return made;
    const at = this.#known.length;
    const { members, known, unknown } = make();
    this.#numbers.set(name, at);
    this.#bytes = null;
    this.#known.push(known);
    this.#unknown.push(unknown);
    for (const member of members)
      if (typeof member === 'string') add(this.#byKey, member, at);
      else add(this.#byUser, member, at);
    return at;
  }
}

function membersOf(view: Pick<GroupView, 'members' | 'complete' | 'hasBareIds'> | null) {
  if (!view?.members) return { members: [], known: UNKNOWN, unknown: UNKNOWN };
  const rest = view.complete ? NO : UNKNOWN;
  return { members: view.members, known: rest, unknown: view.hasBareIds ? UNKNOWN : rest };
}

function add<K>(numbers: Map<K, number[]>, key: K, at: number): void {
  const known = numbers.get(key);
  if (known === undefined) numbers.set(key, [at]);
  else known.push(at);
}

/** Whether a policy is for a person, who is in these groups. */
export function isFor(who: Who, person: EntraPerson, inside: Uint8Array): Tri {
  let out: Tri = 'no';
  for (const at of who.out) {
    if (inside[at] === YES) return 'no';
    if (inside[at] === UNKNOWN) out = 'unknown';
  }
  if (who.outGuests !== null) {
    const is = guestIn(who.outGuests, person);
    if (is === 'yes') return 'no';
    if (is === 'unknown') out = 'unknown';
  }
  const into = takesIn(who, person, inside);
  return into === 'no' ? 'no' : out === 'unknown' ? 'unknown' : into;
}

function takesIn(who: Who, person: EntraPerson, inside: Uint8Array): Tri {
  if (who.everyone) return 'yes';
  let best: Tri = 'no';
  for (const at of who.into) {
    if (inside[at] === YES) return 'yes';
    if (inside[at] === UNKNOWN) best = 'unknown';
  }
  if (who.intoGuests !== null) {
    const is = guestIn(who.intoGuests, person);
    if (is === 'yes') return 'yes';
    if (is === 'unknown') best = 'unknown';
  }
  return best;
}
