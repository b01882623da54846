import type { ClaudeRole, MemberRow } from '#domain/model/kinds.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { type FileKind, ImportProblem, type Note } from '../../exports/file-kind.ts';
import { dayIn, instant, type JsonObject, member, text } from '../../exports/kinds/json-values.ts';
import { refuseConsole } from './console-members.ts';
import { isComplete } from './json-analytics.ts';
import { explainError, mostAre, pagesOf, rightRows } from './json-pages.ts';

const ROLES: Readonly<Record<string, ClaudeRole>> = {
  primary_owner: 'primary_owner',
  owner: 'owner',
  admin: 'admin',
  membership_admin: 'admin',
  user: 'user',
  managed: 'custom',
  developer: 'custom',
  billing: 'custom',
  claude_code_user: 'custom',
};

const isUser = (item: JsonObject): boolean =>
  item.type === 'user' && typeof item.email === 'string' && 'role' in item;
/** A user from the Compliance API, which does not report invitations. */
const isComplianceUser = (item: JsonObject): boolean =>
  typeof item.email === 'string' && 'organization_role' in item;
const isInvite = (item: JsonObject): boolean =>
  item.type === 'invite' && typeof item.email === 'string' && 'status' in item;

/**
 * Users and invites from the Admin API, or users from the Compliance API. A list of invites alone is never all members,
 * so it counts only together with a list of users.
 */
export const membersJson: FileKind<'members'> = {
  kind: 'members',
  recognize: (content) =>
    mostAre(content, (item) => isUser(item) || isInvite(item) || isComplianceUser(item)) ? 1 : 0,
  parse(content, { file, timezone }) {
    const { pages, errors } = pagesOf(content);
    const error = errors[0];
    if (error) throw new ImportProblem(explainError(error));
    const over: Note[] = [];
    const right = rightRows(
      pages.flatMap((page) => page.items),
      (item, row): MemberRow | null => {
        if (!isUser(item) && !isInvite(item) && !isComplianceUser(item))
          throw new ImportProblem('The entry is neither a user nor an invite with an email address.', {
            row,
          });
        const status = text(item.status);
        if (!isInvite(item) || status === 'pending') return memberRow(item, file, row, timezone);
        over.push({
          row,
          column: 'status',
          says: `The invitation for ${text(item.email) ?? 'an unnamed person'} is ${status ?? 'of unknown state'}, so it holds no seat and was left out.`,
        });
        return null;
      },
    );
    const rows = right.rows.filter((row) => row !== null);
    refuseConsole(rows);
    const notes: Note[] = [...right.notes, ...over];
    const userPages = pages.filter((page) =>
      page.items.some((item) => isUser(item) || isComplianceUser(item)),
    );
    const complete = right.whole && userPages.length > 0 && isComplete(userPages) && isComplete(pages);
    if (userPages.length === 0 && right.rows.length > 0) {
      notes.push({
        row: null,
        column: null,
        says: 'The file lists invites only. It counts together with a list of users of the same day.',
      });
    }
    return [{ kind: 'members', rows, complete, observedOn: null, mapping: [], unmapped: [], notes }];
  },
};

function memberRow(item: JsonObject, file: string, row: number, timezone: string): MemberRow {
  const email = text(member(item, 'email'));
  if (!email) throw new ImportProblem('The member has no email address.', { row, column: 'email' });
  const compliance = isComplianceUser(item);
  const roleText = text(member(item, compliance ? 'organization_role' : 'role'));
  // Its created_at is when the account was created, not when the person joined.
  const added = compliance ? null : instant(member(item, 'added_at'));
  return {
    file,
    row,
    email,
    name: text(member(item, compliance ? 'full_name' : 'name')),
    role: roleText === null ? null : (ownValue(ROLES, roleText) ?? null),
    roleText,
    seat: null,
    status: isInvite(item) ? 'invited' : 'active',
    addedOn: added ? dayIn(timezone, added) : null,
    lastActiveOn: null,
    joinedBy: isInvite(item) ? 'invite' : null,
    ...daysOf(item, timezone),
    ...(compliance ? { invitations: 'not_told' as const } : {}),
  };
}

/** Days on which an invitation was sent and expires. */
function daysOf(item: JsonObject, timezone: string): Pick<MemberRow, 'invitedOn' | 'expiresOn'> {
  const invited = isInvite(item) ? instant(member(item, 'invited_at')) : null;
  const expires = isInvite(item) ? instant(member(item, 'expires_at')) : null;
  return {
    ...(invited === null ? {} : { invitedOn: dayIn(timezone, invited) }),
    ...(expires === null ? {} : { expiresOn: dayIn(timezone, expires) }),
  };
}
