import { addDays } from '../../model/day.ts';
import type { ActivityRow, MemberRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import { ownValue } from '../../model/own-value.ts';
import type { CheckContext } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { address, withoutTag } from '../../people/names.ts';
import { staffOn } from '../../people/staff.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { byWhom, detailText } from '../connectors/events.ts';
import { because } from '../outcome.ts';
import { placeOf } from './addresses.ts';
import { customRoles } from './custom-roles.ts';
import { decidedAddresses, PEOPLE_DAYS } from './people-files.ts';

/** What an event changed, as words after "since"; null: nothing that the rule is about. */
type Concern = (row: ActivityRow, context: CheckContext) => string | null;

const WIDE = /owner|admin/i;

/** Changes to who has the rights of an Owner or Admin. */
export const rolesSince: Concern = (row, context) => {
  const { type } = row;
  if (type === 'primary_owner_transferred') return 'ownership was handed over';
  if (type === 'claude_user_role_updated') {
    const [before, now] = [detailText(row, 'previous_role') ?? '', detailText(row, 'current_role') ?? ''];
    const whose = detailText(row, 'user_email') ?? 'someone';
    return WIDE.test(before) || WIDE.test(now) ? `${whose} became ${now || 'something else'}` : null;
  }
  if (type === 'org_user_deleted' || type === 'org_user_left') return ownerGone(row, context);
  if (type !== 'org_user_invite_sent' && type !== 'org_user_invite_re_sent') return null;
  const role = detailText(row, 'invited_role') ?? '';
  return WIDE.test(role)
    ? `${detailText(row, 'invited_email') ?? 'someone'} was invited as ${role.replaceAll('_', ' ')}`
    : null;
};

/** Changes to the Primary Owner; changes to other Owners and Admins are ignored. */
export const primaryOwnerSince: Concern = (row, context) => {
  if (row.type === 'org_user_invite_sent' || row.type === 'org_user_invite_re_sent') return null;
  if (row.type !== 'claude_user_role_updated') return rolesSince(row, context);
  const roles = [detailText(row, 'previous_role') ?? '', detailText(row, 'current_role') ?? ''];
  const members = context.read('members');
  const whose = address(detailText(row, 'user_email') ?? '');
  const isOther =
    whose !== '' &&
    members.ok &&
    members.rows.some(
      ({ email, role }) => address(email) === whose && role !== null && role !== 'primary_owner',
    );
  return isOther && !roles.some((role) => /primary/i.test(role)) ? null : rolesSince(row, context);
};

/** Events about custom roles that may give someone new rights, in words. A newly created role has no holders yet. */
const ROLE_ACTS: Readonly<Record<string, string>> = {
  rbac_role_assigned: 'a custom role was assigned',
  rbac_role_grant_updated: 'what a custom role grants was changed',
  rbac_role_permission_added: 'a custom role was given a permission',
  rbac_role_updated: 'a custom role was changed',
  group_member_added: 'people were added to a group',
};

/** Changes to who has the rights of an Owner or Admin, including through a custom role. */
export const adminsSince: Concern = (row, context) => {
  const act = ownValue(ROLE_ACTS, row.type);
  if (act === undefined) return rolesSince(row, context);
  const day = dayOf(row.at, context.profile.timezone);
  const [roles, groups] = [context.read('claude_roles'), context.read('claude_groups')];
  const known = (read: typeof roles | typeof groups) => read.ok && read.observedOn > day;
  if (row.type !== 'group_member_added')
    // No list shows roles given to individual people, only what a role may do.
    return row.type !== 'rbac_role_assigned' && known(roles) ? null : act;
  // A group without a custom role gives no rights; this is known if its roles were read.
  const id = detailText(row, 'group_id')?.toLowerCase();
  const own = groups.ok ? groups.rows.filter((one) => one.id.toLowerCase() === id) : [];
  const harmless = own.length > 0 && own.every(({ roles }) => roles?.length === 0);
  const none = customRoles(context)?.roles.every(({ administers }) => administers === false) === true;
  return harmless || none || known(groups) ? null : act;
};

/** The removal of an account, unless the members file shows that it had no such rights. */
function ownerGone(row: ActivityRow, context: CheckContext): string | null {
  const email = row.type === 'org_user_left' ? row.actorEmail : detailText(row, 'deleted_user_email');
  const members = context.read('members');
  const known =
    email !== null && members.ok
      ? members.rows.find((one) => address(one.email) === address(email))
      : undefined;
  return known !== undefined && known.role !== null && !WIDE.test(known.role)
    ? null
    : `${email ?? 'someone'} is no longer in the organization`;
}

const INVITED = new Set(['org_user_invite_sent', 'org_user_invite_re_sent']);
/** Events that only someone with a seat can cause, in words. */
const ACTS_OF_MEMBERS: Readonly<Record<string, string>> = {
  org_user_invite_accepted: 'joined',
  claude_chat_created: 'began a chat',
  claude_file_uploaded: 'uploaded a file',
  claude_project_created: 'made a project',
  integration_user_connected: 'linked a connector',
};

/** The address of a person whom an event shows invited or active, and words for it; null: it shows no one. */
function shownBy(row: ActivityRow): { readonly email: string; readonly what: string } | null {
  if (INVITED.has(row.type)) {
    const email = detailText(row, 'invited_email');
    return email === null ? null : { email, what: 'was invited' };
  }
  const what = ownValue(ACTS_OF_MEMBERS, row.type);
  return what === undefined || row.actorEmail === null ? null : { email: row.actorEmail, what };
}

/** Changes to the addresses that have seats: an invitation to an address outside our domains, or activity of one. */
export const addressesSince: Concern = (row, { profile }) => {
  const shown = shownBy(row);
  return shown !== null && placeOf(shown.email, profile.domains).kind !== 'own'
    ? `${shown.email} ${shown.what}`
    : null;
};

/** Like `addressesSince`, without the guests that the charter names. */
export const guestsSince: Concern = (row, context) => {
  const { charter } = context;
  const guests = charter.ok ? (charter.value.people?.guests ?? []) : [];
  const email = shownBy(row)?.email ?? '';
  return guests.some((guest) => address(guest) === address(email)) ? null : addressesSince(row, context);
};

/**
 * Addresses of current staff and of accounts that the charter decides on; cached because every event of the log needs
 * them.
 */
const expected = new WeakMap<CheckContext, ReadonlySet<string>>();

/** Changes to who holds seats: a person who is neither in the members file nor current staff was invited or active. */
export const peopleSince: Concern = (row, context) => {
  const shown = shownBy(row);
  if (shown === null) return null;
  let known = expected.get(context);
  if (known === undefined) {
    const [roster, members] = [context.read('roster', PEOPLE_DAYS), context.read('members')];
    const rows = roster.ok ? roster.rows : [];
    const isStaff = staffOn(rows, context.today);
    const owner = context.charter.ok ? context.charter.value.accountOwner : undefined;
    known = new Set([
      ...rows.filter((one) => isStaff(one) !== false).flatMap(({ emails }) => emails.map(address)),
      ...(members.ok ? members.rows.map(({ email }) => address(email)) : []),
      ...[...decidedAddresses(context)].map(address),
      ...(owner === undefined ? [] : [address(owner)]),
    ]);
    expected.set(context, known);
  }
  return known.has(address(shown.email)) || known.has(withoutTag(shown.email))
    ? null
    : `${shown.email} ${shown.what}`;
};

/**
 * Whether the members file reflects an event, so that it was made after it. For events of the file's own day, nothing
 * else shows the order. A transfer of ownership only gives the address of the previous owner, so it counts as reflected
 * unless the file still has that person as Primary Owner.
 */
function inFile(row: ActivityRow, members: readonly MemberRow[]): boolean {
  if (row.type === 'primary_owner_transferred')
    return !members.some(
      ({ email, role }) =>
        role === 'primary_owner' && row.actorEmail !== null && address(email) === address(row.actorEmail),
    );
  const whom = whomOf(row);
  if (whom === null) return true;
  const own = members.filter(({ email }) => address(email) === address(whom));
  if (row.type !== 'claude_user_role_updated') return own.length > 0;
  const now = detailText(row, 'current_role') ?? '';
  const wide = (role: string | null) => (WIDE.test(role ?? '') ? (role ?? '') : '');
  return own.some(({ role }) => role === null || wide(role) === wide(now.toLowerCase()));
}

function whomOf(row: ActivityRow): string | null {
  if (row.type === 'claude_user_role_updated') return detailText(row, 'user_email');
  return shownBy(row)?.email ?? detailText(row, 'invited_email');
}

/** Events of the members file's day that it does not reflect; only the last one about each person. */
function notInFile(rows: readonly ActivityRow[], members: readonly MemberRow[]): readonly ActivityRow[] {
  const last = new Map(rows.map((row) => [whomOf(row) ?? row, row]));
  return [...last.values()].filter((row) => !inFile(row, members));
}

/** An invitation can be accepted for 21 days (Admin API, invites, read 2026-08-22); resending starts this anew. */
const INVITATION_DAYS = 21;
const INVITATION_ENDED = new Set([
  'org_user_invite_accepted',
  'org_user_invite_deleted',
  'org_user_invite_rejected',
  'org_user_deleted',
]);

/**
 * Invitations from before the members file that can still be accepted, if the file does not list open invitations (an
 * export without the Pending tab) and no later event shows that they were accepted, withdrawn or refused.
 */
function openInvitations(
  rows: readonly ActivityRow[],
  members: readonly MemberRow[],
  observedOn: string,
  context: CheckContext,
): readonly ActivityRow[] {
  if (members.some(({ status }) => status === 'invited')) return [];
  const zone = context.profile.timezone;
  const first = addDays(context.today, -INVITATION_DAYS);
  const inFile = new Set(members.map(({ email }) => address(email)));
  const open = new Map<string, ActivityRow>();
  for (const row of [...rows].sort((a, b) => a.at.localeCompare(b.at))) {
    const whom = address(
      detailText(row, 'invited_email') ?? detailText(row, 'deleted_user_email') ?? row.actorEmail ?? '',
    );
    if (INVITATION_ENDED.has(row.type)) open.delete(whom);
    const day = dayOf(row.at, zone);
    if (INVITED.has(row.type) && day >= first && day < observedOn && !inFile.has(whom)) open.set(whom, row);
  }
  return [...open.values()];
}

/** Outcome that events since the members file prove by themselves, given the file's day; null: nothing. */
type Proven = (rows: readonly ActivityRow[], context: CheckContext, day: string) => Outcome | null;

/**
 * Wraps a rule that passes by the members file, so that it does not pass if later events changed what it is about: the
 * file stays current for a month, but cannot contain later changes.
 */
export function byMembersOf<Params>(
  concern: Concern,
  decide: (context: CheckContext, params: Params) => Outcome,
  proven: Proven = () => null,
): (context: CheckContext, params: Params) => Outcome {
  return (context, params) => {
    const outcome = decide(context, params);
    if (outcome.state !== 'pass' || context.profile.claudePlan !== 'enterprise') return outcome;
    const members = context.read('members');
    const events = context.events();
    if (!members.ok || !events.ok) return outcome;
    const zone = context.profile.timezone;
    const concerning = events.rows.filter((row) => concern(row, context) !== null);
    const later = [
      ...notInFile(
        concerning.filter((row) => dayOf(row.at, zone) === members.observedOn),
        members.rows,
      ),
      ...concerning.filter((row) => dayOf(row.at, zone) > members.observedOn),
    ].map((row) => ({ row, what: concern(row, context) ?? '' }));
    // If one person did the same several times, report only the last.
    const since = [...new Map(later.map((one) => [one.what, one])).values()];
    if (since.length === 0) {
      const open = openInvitations(events.rows, members.rows, members.observedOn, context)
        .map((row) => ({ row, what: concern(row, context) }))
        .flatMap(({ row, what }) => (what === null ? [] : [{ row, what }]));
      if (open.length === 0) return outcome;
      return because(
        'accounts.members_since.invitations',
        `The members file of ${dayWords(members.observedOn)} does not list open invitations, and ${count(open.length, 'invitation')} may be open: ${names(open.map(({ row, what }) => `${what}, by ${byWhom(row, zone)}`))}.`,
      ).cannotRead(
        ask(
          'source',
          'members',
          'Look at Claude, Organization settings > Members > Pending, withdraw what is not wanted, and export the members with their status.',
          'pending',
        ),
        [...outcome.evidence, ...open.map(({ row, what }) => events.cite(row, what))],
      );
    }
    const shown = proven(
      later.map(({ row }) => row),
      context,
      members.observedOn,
    );
    if (shown !== null) return shown;
    return because(
      'accounts.members_since.changed',
      `The members file is from ${dayWords(members.observedOn)}, and ${count(since.length, 'event')} since ${verb(since.length, 'changes', 'change')} what it says: ${names(since.map(({ row, what }) => `${what}, by ${byWhom(row, zone)}`))}.`,
    ).changedOn(
      since
        .map(({ row }) => dayOf(row.at, zone))
        .sort()
        .at(-1) ?? members.observedOn,
      ask(
        'source',
        'members',
        'Export the members again: Claude, Organization settings > Members > Export CSV.',
        'again',
      ),
      [...outcome.evidence, ...since.map(({ row, what }) => events.cite(row, what))],
    );
  };
}
// Guide: G2.2-10 G2.2-11
