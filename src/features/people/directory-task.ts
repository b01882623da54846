import { settingName } from '#domain/activity/payload.ts';
import type { EvaluationState } from '#domain/decide/context.ts';
import { DEFAULT_FRESH_DAYS } from '#domain/decide/fresh-days.ts';
import type { EntraUserRow, MemberRow } from '#domain/model/kinds.ts';
import { type ReadingDay, readingDay } from '../shared/reading-day.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    peopleDirectory: typeof peopleDirectory;
  }
}

/** A member's state in the directory: disabled, absent, or the file does not say whether the account is enabled. */
export type InDirectory = 'disabled' | 'absent' | 'not_told';

export interface DirectoryReading {
  /** Whether plan and single sign-on provide directory sync, with the reason. */
  readonly sync: { readonly given: 'yes' | 'no' | 'unknown'; readonly because: string };
  /** From Claude's settings; null if they were not read or do not show it. */
  readonly settings: {
    readonly on: string;
    readonly sync: boolean | null;
    readonly mode: string | null;
  } | null;
  readonly members: ReadingDay;
  readonly directory: ReadingDay;
  /** Members with an enabled account in the directory; null if the two cannot be compared. */
  readonly matched: number | null;
  /** Enabled directory accounts of people without a seat; null likewise. */
  readonly withoutSeat: number | null;
  readonly items: readonly {
    readonly key: string;
    readonly name: string;
    readonly address: string | null;
    readonly is: InDirectory;
  }[];
}

/** Compares the people of the directory with Claude's members. Runs in the deciding thread. */
export function peopleDirectory({ shared }: TaskInput): DirectoryReading {
  const { has, reason } = shared.capability('claude.scim');
  const members = shared.read('members', DEFAULT_FRESH_DAYS);
  const users = shared.read('entra_users', DEFAULT_FRESH_DAYS);
  const common = {
    sync: { given: has, because: reason },
    settings: settingsOf(shared),
    members: readingDay(members),
    directory: readingDay(users),
  };
  if (!members.ok || !users.ok) return { ...common, matched: null, withoutSeat: null, items: [] };
  const people = shared.people();
  const byAddress = new Map(
    users.rows.flatMap((user) => addressesOf(user).map((one) => [one, user] as const)),
  );
  const userOf = (member: MemberRow) =>
    people.entraUser(member) ??
    [...people.addressesOf(member)].flatMap((address) => byAddress.get(address) ?? [])[0] ??
    null;
  const seen = new Set<EntraUserRow>();
  const items: DirectoryReading['items'][number][] = [];
  let matched = 0;
  for (const member of members.rows) {
    const user = userOf(member);
    if (user !== null) seen.add(user);
    if (user?.enabled === true) matched += 1;
    else
      items.push({
        key: (member.email ?? member.name ?? '').toLowerCase(),
        name: member.name ?? member.email ?? '',
        address: member.email,
        is: user === null ? 'absent' : user.enabled === false ? 'disabled' : 'not_told',
      });
  }
  return {
    ...common,
    matched,
    withoutSeat: users.rows.filter(
      (user) => user.enabled === true && user.userType !== 'Guest' && !seen.has(user),
    ).length,
    items,
  };
}

function addressesOf({ upn, mail, aliases }: EntraUserRow): readonly string[] {
  return [upn, mail, ...aliases].flatMap((one) => (one === null ? [] : [one.toLowerCase()]));
}

function settingsOf(shared: EvaluationState): DirectoryReading['settings'] {
  const read = shared.read('settings', DEFAULT_FRESH_DAYS);
  if (!read.ok) return null;
  const values = (name: string) => [
    ...new Set(
      read.rows.filter((row) => settingName(row.name) === settingName(name)).map(({ value }) => value),
    ),
  ];
  const [sync, ...otherSync] = values('directory_sync_enabled');
  const [mode, ...otherModes] = values('sso_provisioning_mode');
  return {
    on: read.observedOn,
    // If organizations differ, none of them can be taken for the client's.
    sync: typeof sync === 'boolean' && otherSync.length === 0 ? sync : null,
    mode: typeof mode === 'string' && otherModes.length === 0 ? mode : null,
  };
}
// Guide: G1.1-08
