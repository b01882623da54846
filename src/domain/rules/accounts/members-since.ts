import type { ActivityRow, MemberRow } from '../../model/kinds.ts';
import type { CheckContext } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { address } from '../../people/names.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { byWhom, dayOf, detailText } from '../connectors/events.ts';
import { because } from '../outcome.ts';
import { placeOf } from './addresses.ts';
import { customRoles } from './custom-roles.ts';

/** What an event changed, as words after "since"; null: nothing of what the rule is about. */
type Concern = (row: ActivityRow, context: CheckContext) => string | null;

const WIDE = /owner|admin/i;

/** Who has an owner's or an Admin's rights. */
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

/** Acts on custom roles after which somebody may have rights that nobody had, in words. One that is made is held by nobody. */
const ROLE_ACTS: Readonly<Record<string, string>> = {
  rbac_role_assigned: 'a custom role was assigned',
  rbac_role_grant_updated: 'what a custom role grants was changed',
  rbac_role_permission_added: 'a custom role was given a permission',
  rbac_role_updated: 'a custom role was changed',
  group_member_added: 'people were added to a group',
};

/** Who has an owner's or an Admin's rights, through a custom role too. */
export const adminsSince: Concern = (row, context) => {
  const act = ROLE_ACTS[row.type];
  if (act === undefined) return rolesSince(row, context);
  const day = dayOf(row.at, context.profile.timezone);
  const [roles, groups] = [context.read('claude_roles'), context.read('claude_groups')];
  const known = (read: typeof roles | typeof groups) => read.ok && read.observedOn > day;
  if (row.type !== 'group_member_added')
    // Whom a role was given to alone no list of roles shows; what it may do, it does.
    return row.type !== 'rbac_role_assigned' && known(roles) ? null : act;
  // A group without a custom role gives nobody a right; where they were read, that is known.
  const id = detailText(row, 'group_id')?.toLowerCase();
  const own = groups.ok ? groups.rows.filter((one) => one.id.toLowerCase() === id) : [];
  const harmless = own.length > 0 && own.every(({ roles }) => roles?.length === 0);
  const none = customRoles(context)?.roles.every(({ administers }) => administers === false) === true;
  return harmless || none || known(groups) ? null : act;
};

/** The removal of an account that the members file does not show to be without such rights. */
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

/** At which addresses seats are: an invitation to one outside our domains. */
export const addressesSince: Concern = (row, { profile }) => {
  if (row.type !== 'org_user_invite_sent' && row.type !== 'org_user_invite_re_sent') return null;
  const email = detailText(row, 'invited_email');
  return email !== null && placeOf(email, profile.domains).kind !== 'own' ? `${email} was invited` : null;
};

/**
 * Whether the members file has what an event left, so that it was made after it. On the day of the file the order is known
 * by that alone; a transfer of ownership names nobody by an address, and is taken to be in the file of its day.
 */
function inFile(row: ActivityRow, members: readonly MemberRow[]): boolean {
  const whom = whomOf(row);
  if (whom === null) return true;
  const own = members.filter(({ email }) => address(email) === address(whom));
  if (row.type !== 'claude_user_role_updated') return own.length > 0;
  const now = detailText(row, 'current_role') ?? '';
  const wide = (role: string | null) => (WIDE.test(role ?? '') ? (role ?? '') : '');
  return own.some(({ role }) => role === null || wide(role) === wide(now.toLowerCase()));
}

function whomOf(row: ActivityRow): string | null {
  return detailText(row, row.type === 'claude_user_role_updated' ? 'user_email' : 'invited_email');
}

/** The events of a day that the members file of that day does not have; of several about one person the last. */
function notInFile(rows: readonly ActivityRow[], members: readonly MemberRow[]): readonly ActivityRow[] {
  const last = new Map(rows.map((row) => [whomOf(row) ?? row, row]));
  return [...last.values()].filter((row) => !inFile(row, members));
}

/**
 * A rule that passes by the members file, unless events changed what it is about after it was made: a file of a month still
 * counts, and what was done since is in no row of it.
 */
export function byMembersOf<Params>(
  concern: Concern,
  decide: (context: CheckContext, params: Params) => Outcome,
): (context: CheckContext, params: Params) => Outcome {
  return (context, params) => {
    const outcome = decide(context, params);
    if (outcome.state !== 'pass' || context.profile.claudePlan !== 'enterprise') return outcome;
    const members = context.read('members');
    const events = context.events();
    if (!members.ok || !events.ok) return outcome;
    const zone = context.profile.timezone;
    const concerning = events.rows.filter((row) => concern(row, context) !== null);
    const since = [
      ...notInFile(
        concerning.filter((row) => dayOf(row.at, zone) === members.observedOn),
        members.rows,
      ),
      ...concerning.filter((row) => dayOf(row.at, zone) > members.observedOn),
    ].map((row) => ({ row, what: concern(row, context) ?? '' }));
    if (since.length === 0) return outcome;
    return because(
      'accounts.members_since.changed',
      `The members file is of ${dayWords(members.observedOn)}, and ${count(since.length, 'event')} since ${verb(since.length, 'changes', 'change')} what it says: ${names(since.map(({ row, what }) => `${what}, by ${byWhom(row, zone)}`))}.`,
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
