import { addDays } from '../../model/day.ts';
import type { MemberRow } from '../../model/kinds.ts';
import { address, withoutTag } from '../../people/names.ts';
import { holdsSeat } from '../../people/reconcile.ts';
import { readPeople } from '../../rules/accounts/people-files.ts';
import { readSetting } from '../../rules/accounts/settings.ts';
import { staffNotHeld } from '../../rules/microsoft/entra-account.ts';
import { dayWords } from '../../text/words.ts';
import type { Asked, Person, Shown } from './person.ts';

const unread = (code: string, words: string, on: string | null = null): Shown => ({
  is: 'unread',
  on,
  code,
  words,
  evidence: [],
});

/** Days after the last day of work from which a members file can show that no sign-in re-added the seat. */
const SETTLED_DAYS = 7;

/** Whether the person no longer holds a seat. Only a file that was compared with the roster is known to be complete. */
export function seatGone({ context, person, day }: Asked): Shown {
  const members = context.read('members', 30);
  if (!members.ok) return unread('members_unread', members.why);
  const on = members.observedOn;
  const held = person.accounts.filter(holdsSeat);
  if (held.length > 0) {
    const again = listedWithout(person, day, context.history('members'), on);
    const invited = held.every(({ status }) => status === 'invited');
    const what = invited ? 'A pending invitation is' : 'A seat is';
    return {
      is: 'not_done',
      on,
      code: again === null ? (invited ? 'invited' : 'seat_held') : 'listed_again',
      words:
        again === null
          ? `${what} in the members file of ${dayWords(on)}.`
          : `Listed again in the members file of ${dayWords(on)}, after the file of ${dayWords(again)} listed no seat.`,
      evidence: held.map((row) => members.cite(row, row.status ?? 'holds a seat')),
    };
  }
  if (person.resembled)
    return unread(
      'resembled',
      'An account resembles this person. Decide under People whether it is theirs.',
      on,
    );
  const read = readPeople(context);
  if (!read.ok) return unread('not_compared', read.outcome.reason, on);
  return {
    is: 'done',
    on,
    code: 'seat_gone',
    words: `No seat in the members file of ${dayWords(on)}.`,
    evidence: members.evidence,
  };
}

/** Day of an earlier members file since the last day of work in which they had no seat. */
function listedWithout(
  { addresses }: Person,
  day: string,
  history: readonly {
    readonly observedOn: string;
    readonly complete: boolean;
    readonly rows: readonly MemberRow[];
  }[],
  current: string,
): string | null {
  const without = history.filter(
    ({ observedOn, complete, rows }) =>
      complete &&
      rows.length > 0 &&
      observedOn >= day &&
      observedOn < current &&
      !rows.some(
        (row) =>
          holdsSeat(row) && (addresses.has(address(row.email)) || addresses.has(withoutTag(row.email))),
      ),
  );
  return without.at(-1)?.observedOn ?? null;
}

/** Whether the person holds a seat that they use, or is invited. */
export function seatHeld({ context, person }: Asked): Shown {
  const members = context.read('members', 30);
  if (!members.ok) return unread('members_unread', members.why);
  const on = members.observedOn;
  const held = person.accounts.filter(holdsSeat);
  const joined = held.filter(({ status }) => status === 'active');
  const [one] = joined;
  if (one !== undefined)
    return {
      is: 'done',
      on,
      code: 'joined',
      words: `${one.seat === null ? 'A member' : `A member with the seat ${one.seat}`} in the members file of ${dayWords(on)}.`,
      evidence: joined.map((row) => members.cite(row, 'active')),
    };
  if (held.length > 0) {
    const invited = held.some(({ status }) => status === 'invited');
    return {
      is: invited ? 'not_done' : 'unread',
      on,
      code: invited ? 'invited' : 'status_unread',
      words: invited
        ? `Invited, but has not joined according to the members file of ${dayWords(on)}.`
        : `Listed in the members file of ${dayWords(on)}, which gives no status.`,
      evidence: held.map((row) => members.cite(row, row.status ?? 'holds a seat')),
    };
  }
  if (person.resembled)
    return unread(
      'resembled',
      'An account resembles this person. Decide under People whether it is theirs.',
      on,
    );
  return {
    is: 'not_done',
    on,
    code: 'not_listed',
    words: `Not in the members file of ${dayWords(on)}.`,
    evidence: members.evidence,
  };
}

/** Whether the Entra account is disabled, or missing from a file with all staff. */
export function accountDisabled(asked: Asked): Shown {
  const { context, person } = asked;
  const users = context.read('entra_users', 30);
  if (!users.ok) return unread('entra_unread', users.why);
  if (person.entra === null) return unread('entra_unread', 'The Entra users were not read.');
  const on = users.observedOn;
  if (person.entra.is === 'unsure') return unread('entra_unsure', person.entra.why, on);
  if (person.entra.is === 'gone') return accountDeleted(asked);
  const { user } = person.entra;
  if (user.enabled === null)
    return unread('entra_not_reported', 'The Entra users do not show whether the account is enabled.', on);
  return {
    is: user.enabled ? 'not_done' : 'done',
    on,
    code: user.enabled ? 'account_enabled' : 'account_disabled',
    words: `The account is ${user.enabled ? 'enabled' : 'disabled'} in the Entra users of ${dayWords(on)}.`,
    evidence: [users.cite(user, user.enabled ? 'enabled' : 'disabled')],
  };
}

/** Whether the Entra account is deleted. Absence from a file shows it only if the file contains all current staff. */
export function accountDeleted({ context, person }: Asked): Shown {
  const users = context.read('entra_users', 30);
  if (!users.ok) return unread('entra_unread', users.why);
  if (person.entra === null) return unread('entra_unread', 'The Entra users were not read.');
  const on = users.observedOn;
  if (person.entra.is !== 'gone')
    return unread('account_there', 'The Entra users do not show that the account is gone.', on);
  const roster = context.read('roster', 30);
  if (!roster.ok || users.rows.length === 0 || staffNotHeld(context, roster, users.rows).length > 0)
    return unread(
      'entra_in_part',
      `No account in the Entra users of ${dayWords(on)}, which may not hold everyone.`,
      on,
    );
  return {
    is: 'done',
    on,
    code: 'account_gone',
    words: `No account in the Entra users of ${dayWords(on)}.`,
    evidence: users.evidence,
  };
}

/** How accounts in Claude are provisioned. If unknown, seats must be protected as with JIT. */
export function joinMethod({ context }: Pick<Asked, 'context'>): 'jit' | 'other' | 'unknown' {
  const setting = readSetting(context, 'sso_provisioning_mode', 'how people are provisioned');
  if (setting.ok && typeof setting.value === 'string')
    return setting.value.startsWith('jit') ? 'jit' : 'other';
  const stated = context.charter.ok ? context.charter.value.provisioning : undefined;
  return stated === undefined ? 'unknown' : stated === 'jit' ? 'jit' : 'other';
}

/** Whether the seat stayed gone: a members file at least a week later, and no way for a sign-in to re-add it. */
export function notReadded(asked: Asked): Shown {
  const seat = seatGone(asked);
  if (seat.is !== 'done' || seat.on === null) return seat;
  const from = addDays(asked.day, SETTLED_DAYS);
  if (seat.on < from)
    return unread('too_early', `A members file of ${dayWords(from)} or later has to show it.`, seat.on);
  if (joinMethod(asked) === 'other') return seat;
  const door = accountDisabled(asked);
  if (door.is === 'done') {
    const on = door.on !== null && door.on < seat.on ? door.on : seat.on;
    return {
      ...seat,
      on,
      code: 'both_closed',
      words: `${seat.words} ${door.words}`,
      evidence: [...seat.evidence, ...door.evidence],
    };
  }
  if (door.is === 'not_done')
    return {
      ...door,
      code: 'door_open',
      words: `${door.words} A sign-in would add the seat again.`,
    };
  return unread(
    'door_unread',
    `${seat.words} It is not known whether a sign-in could add it again. ${door.words}`,
    seat.on,
  );
}

/** Whether the person is no longer an owner of the organization. */
export function notOwner({ context, person }: Asked): Shown {
  const members = context.read('members', 30);
  if (!members.ok) return unread('members_unread', members.why);
  const on = members.observedOn;
  const owned = person.accounts.filter(isOwner);
  if (owned.length > 0)
    return {
      is: 'not_done',
      on,
      code: 'owner',
      words: `${owned.some(({ role }) => role === 'primary_owner') ? 'Primary Owner' : 'Owner'} in the members file of ${dayWords(on)}.`,
      evidence: owned.map((row) => members.cite(row, `role ${row.roleText ?? row.role}`)),
    };
  if (person.accounts.length === 0 && person.resembled)
    return unread(
      'resembled',
      'An account resembles this person. Decide under People whether it is theirs.',
      on,
    );
  if (person.accounts.some(({ role }) => role === null))
    return unread('role_unread', 'The members file gives no role for this person.', on);
  const after = person.accounts.length === 0 ? readPeople(context) : null;
  if (after !== null && !after.ok) return unread('not_compared', after.outcome.reason, on);
  return {
    is: 'done',
    on,
    code: 'not_owner',
    words: `No owner role in the members file of ${dayWords(on)}.`,
    evidence: members.evidence,
  };
}

export function isOwner({ role, status }: MemberRow): boolean {
  return (role === 'owner' || role === 'primary_owner') && status !== 'suspended';
}
// Guide: G2.2-12 G6.6-01 G6.6-02 G6.6-03 G7.3-01
