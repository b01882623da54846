import type { EntraGroupRow, EntraRoleRow, EntraUserRow, MemberRow } from '../../model/kinds.ts';
import type { Tri } from './ca-grant.ts';

/** A person as Entra knows them; `keys` are object ids and addresses in lower case. */
export interface EntraPerson {
  readonly key: string;
  readonly name: string;
  readonly keys: ReadonlySet<string>;
  /** false: the person was not found in the Entra users file, so an id proves nothing about them. */
  readonly known: boolean;
  readonly guest: boolean | null;
}

/** A Claude seat holder. */
export interface Seat extends EntraPerson {
  readonly member: MemberRow;
}

export interface GroupView {
  readonly id: string;
  readonly name: string;
  /** Ids and addresses in lower case, with nested groups resolved; null: the file does not list members. */
  readonly people: ReadonlySet<string> | null;
  /** The same as rows of the users file; members who are not in it as written, in lower case. */
  readonly members: ReadonlySet<EntraUserRow | string> | null;
  /** Each member once: the object id if the users file has it, else as written; in lower case. */
  readonly memberIds: readonly string[];
  /** true: some members are given by id only, so a person without a known id may be one of them. */
  readonly hasBareIds: boolean;
  /** false: the group may have members who are not listed. */
  readonly complete: boolean;
}

/** Current tenant-wide holders of a role, including through groups. */
export type RoleView = Pick<GroupView, 'members' | 'hasBareIds' | 'complete'>;

/** `$expand=members` returns at most 20 members, so a list of exactly 20 may have been cut off. */
const EXPAND_LIMIT = 20;

/** Groups and people of the tenant, as far as the files show. Pure. */
export class Directory {
  /** null: no current groups file. */
  readonly #groups: ReadonlyMap<string, EntraGroupRow> | null;
  readonly #users: ReadonlyMap<string, EntraUserRow> | null;
  readonly #keys: ReadonlyMap<EntraUserRow, readonly string[]>;
  /** Users by a key that several of them share, with all users of each key. */
  readonly #shared = new Map<string, readonly EntraUserRow[]>();
  readonly #views = new Map<string, GroupView>();
  /** null: no current list of role assignments. */
  readonly #roles: readonly EntraRoleRow[] | null;
  readonly #roleViews = new Map<string, RoleView>();

  constructor(
    groups: readonly EntraGroupRow[] | null,
    users: readonly EntraUserRow[] | null,
    roles: readonly EntraRoleRow[] | null = null,
  ) {
    this.#roles = roles;
    this.#groups = groups
      ? new Map(groups.flatMap((row) => (row.id ? [[row.id.toLowerCase(), row] as const] : [])))
      : null;
    this.#keys = new Map((users ?? []).map((row) => [row, userKeys(row)]));
    this.#users = users ? this.byKey() : null;
  }

  get hasGroups(): boolean {
    return this.#groups !== null;
  }

  get hasUsers(): boolean {
    return this.#users !== null;
  }

  get hasRoles(): boolean {
    return this.#roles !== null;
  }

  user(idOrAddress: string): EntraUserRow | null {
    return this.#users?.get(idOrAddress.toLowerCase()) ?? null;
  }

  /** Every user with one of these ids or addresses, which must be in lower case. */
  usersOf(keys: Iterable<string>): ReadonlySet<EntraUserRow> {
    const found = new Set<EntraUserRow>();
    for (const key of keys) {
      const user = this.#users?.get(key);
      if (user !== undefined) found.add(user);
      for (const other of this.#shared.get(key) ?? []) found.add(other);
    }
    return found;
  }

  groupRow(id: string): EntraGroupRow | null {
    return this.#groups?.get(id.toLowerCase()) ?? null;
  }

  /** Ids of the groups to which an id or a name may refer. */
  groupIds(idOrName: string): readonly string[] {
    const wanted = idOrName.trim().toLowerCase();
    if (this.#groups?.has(wanted)) return [wanted];
    return [...(this.#groups ?? [])]
      .filter(([, row]) => row.name.trim().toLowerCase() === wanted)
      .map(([id]) => id);
  }

  /** Ids of all groups in the file. */
  allGroups(): readonly string[] {
    return [...(this.#groups?.keys() ?? [])];
  }

  /** Object ids of the users to which an id, an address or a display name may refer. */
  userIds(idOrName: string): readonly string[] {
    const wanted = idOrName.trim().toLowerCase();
    const own = this.user(wanted);
    const rows = own
      ? [own]
      : [...new Set(this.#users?.values() ?? [])].filter((row) => row.name?.trim().toLowerCase() === wanted);
    return rows.flatMap((row) => (row.id ? [row.id.toLowerCase()] : []));
  }

  group(id: string): GroupView | null {
    const key = id.toLowerCase();
    const memo = this.#views.get(key);
    if (memo) return memo;
    const row = this.groupRow(key);
    if (!row) return null;
    const view = this.resolve(key, row);
    this.#views.set(key, view);
    return view;
  }

  /** Whether a person is in a group; unknown if the list is missing, cut off, or has ids that cannot be matched. */
  inGroup(seat: EntraPerson, id: string): Tri {
    const view = this.group(id);
    if (!view?.people) return 'unknown';
    for (const key of seat.keys) if (view.people.has(key)) return 'yes';
    if (!view.complete) return 'unknown';
    // A person who is not in the users file may be in the group by an id, or under a sign-in name that no file gives.
    const listed = seat.known || (!view.hasBareIds && this.usersOf(seat.keys).size > 0);
    return listed || view.people.size === 0 ? 'no' : 'unknown';
  }

  /** Holders of a role, by its template id; null: no list of role assignments was read. */
  role(id: string): RoleView | null {
    if (this.#roles === null) return null;
    const key = id.toLowerCase();
    const view = this.#roleViews.get(key) ?? this.holders(this.#roles.filter(({ role }) => role === key));
    this.#roleViews.set(key, view);
    return view;
  }

  /** Whether a person holds a role now; unknown if no list shows it. */
  hasRole(person: EntraPerson, id: string): Tri {
    const view = this.role(id);
    if (view === null) return 'unknown';
    const users = this.usersOf(person.keys);
    for (const one of view.members ?? [])
      if (typeof one === 'string' ? person.keys.has(one) : users.has(one)) return 'yes';
    return view.complete && (person.known || !view.hasBareIds) ? 'no' : 'unknown';
  }

  /** Display name of a user or group; the id if no name is known. */
  label(id: string): string {
    const user = this.user(id);
    return user?.name ?? user?.upn ?? this.groupRow(id)?.name ?? id;
  }

  private byKey(): ReadonlyMap<string, EntraUserRow> {
    const byKey = new Map<string, EntraUserRow>();
    for (const [row, keys] of this.#keys)
      for (const key of keys) {
        const other = byKey.get(key);
        if (other !== undefined && other !== row)
          this.#shared.set(key, [...(this.#shared.get(key) ?? [other]), row]);
        byKey.set(key, row);
      }
    return byKey;
  }

  /**
   * Conditional Access ignores roles that are assigned only for an administrative unit or an application (Microsoft
   * Entra, "Conditional Access: Users, groups, agents, and workload identities", 2026-08).
   */
  private holders(assignments: readonly EntraRoleRow[]): RoleView {
    const members = new Set<EntraUserRow | string>();
    let complete = true;
    let hasBareIds = false;
    for (const { principal, principalType, scope } of assignments) {
      if (scope !== null && scope !== '/') continue;
      complete &&= scope !== null;
      const group = principalType === 'user' ? null : this.group(principal);
      if (group !== null) {
        for (const member of group.members ?? []) members.add(member);
        complete &&= group.complete;
        hasBareIds ||= group.hasBareIds;
        continue;
      }
      if (principalType === 'other') continue;
      const user = this.#users?.get(principal);
      if (user === undefined) {
        hasBareIds = true;
        // It may be a group that is in no list.
        complete &&= principalType === 'user';
      }
      if (principalType !== 'group') members.add(user ?? principal);
    }
    return { members, complete, hasBareIds: hasBareIds || members.size > 0 };
  }

  private resolve(id: string, row: EntraGroupRow): GroupView {
    if (row.members === null)
      return {
        id,
        name: row.name,
        people: null,
        members: null,
        memberIds: [],
        hasBareIds: false,
        complete: false,
      };
    const members = new Set<EntraUserRow | string>();
    const seen = new Set<string>();
    let complete = true;
    const open: EntraGroupRow[] = [row];
    for (let next = open.pop(); next; next = open.pop()) {
      const own = next.id?.toLowerCase() ?? '';
      if (seen.has(own)) continue;
      seen.add(own);
      if (next.members === null || next.members.length === EXPAND_LIMIT) complete = false;
      for (const member of next.members ?? []) {
        const key = member.toLowerCase();
        const nested = this.#groups?.get(key);
        if (nested) {
          open.push(nested);
          continue;
        }
        // The members of a group that is not in the list are unknown.
        if (next.groups?.includes(member)) {
          complete = false;
          continue;
        }
        members.add(this.#users?.get(key) ?? key);
      }
    }
    const keysOf = (member: EntraUserRow | string): readonly string[] =>
      typeof member === 'string' ? [member] : (this.#keys.get(member) ?? []);
    let hasBareIds = false;
    for (const member of members) {
      hasBareIds = keysOf(member).some((key) => !key.includes('@'));
      if (hasBareIds) break;
    }
    let people: ReadonlySet<string> | null = null;
    let ids: readonly string[] | null = null;
    return {
      id,
      name: row.name,
      members,
      hasBareIds,
      complete,
      // Computed on demand, since groups may have thousands of members.
      get people() {
        people ??= new Set([...members].flatMap(keysOf));
        return people;
      },
      get memberIds() {
        ids ??= [...new Set([...members].map(idOf))];
        return ids;
      },
    };
  }
}

function idOf(member: EntraUserRow | string): string {
  return typeof member === 'string' ? member : (member.id?.toLowerCase() ?? userKeys(member)[0] ?? '');
}

/** Object id and every address of a user, in lower case. */
export function userKeys(user: EntraUserRow): string[] {
  return [user.id, user.upn, user.mail, ...user.aliases].flatMap((text) =>
    text ? [text.trim().toLowerCase()] : [],
  );
}
