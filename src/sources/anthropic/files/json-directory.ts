import type { ClaudeGroupRow, ClaudePermission, ClaudeRoleRow } from '#domain/model/kinds.ts';
import { type Content, type FileKind, ImportProblem, type Note } from '../../exports/file-kind.ts';
import { isObject, type JsonObject, member, text } from '../../exports/kinds/json-values.ts';
import { isComplete } from './json-analytics.ts';
import { explainError, mostAre, pagesOf, rightRows } from './json-pages.ts';

const BLANK = { observedOn: null, mapping: [], unmapped: [], notes: [] };

/** How PowerShell truncates its output, and what it puts in place of nested values. */
const TRUNCATED_VALUE = /(?:\.{3}|…)\s*\}?\s*$|^System\.|^@\{/;
const isCut = (value: unknown): boolean => typeof value === 'string' && TRUNCATED_VALUE.test(value.trim());

const cutWords = (what: string): string =>
  `${what} is cut off or left out, as PowerShell does with what is nested, so it is not known. Save the answer itself, or use ConvertTo-Json -Depth 10.`;

const isRole = (item: JsonObject): boolean => text(item.id)?.startsWith('rbac_role_') === true;
const isGroup = (item: JsonObject): boolean => text(item.id)?.startsWith('rbac_group_') === true;

/** Kind of an empty list. Bylaw adds it to responses that it reads, because nothing else shows it. */
export const NONE_OF = { roles: 'claude_roles', groups: 'claude_groups', users: 'members' } as const;

function isNoneOf(content: Content, of: 'claude_roles' | 'claude_groups'): boolean {
  const value = content.form === 'json' ? content.value : null;
  if (!isObject(value) || value.of !== of) return false;
  const data = member(value, 'data');
  return Array.isArray(data) && data.length === 0;
}

/**
 * Custom roles of Claude Enterprise, with their `permissions` and, if known, `organization_uuid`. The API's own list
 * contains only names; then permissions are unknown and the list is incomplete.
 */
export const claudeRolesJson: FileKind<'claude_roles'> = {
  kind: 'claude_roles',
  recognize: (content) => (mostAre(content, isRole) || isNoneOf(content, 'claude_roles') ? 1 : 0),
  parse(content, { file }) {
    const { items, complete, notes } = itemsOf(content, isRole, 'role');
    const odd: Note[] = [];
    const rows = items.flatMap((item): Omit<ClaudeRoleRow, 'row'>[] => {
      const role = {
        file,
        organization: text(item.organization_uuid),
        id: text(item.id) ?? '',
        name: text(item.name),
      };
      const permissions = member(item, 'permissions');
      if (isCut(permissions))
        odd.push({
          row: null,
          column: 'permissions',
          says: cutWords(`What the role “${role.name ?? role.id}” may do`),
        });
      if (!Array.isArray(permissions)) return [{ ...role, permission: null }];
      if (permissions.length === 0) return [{ ...role, permission: 'none' }];
      return permissions.map((one) => ({ ...role, permission: permissionOf(one) }));
    });
    const known = rows.every(({ permission }) => permission !== null);
    return [
      {
        kind: 'claude_roles',
        rows: numbered(rows),
        complete: complete && known,
        ...BLANK,
        notes: [...notes, ...odd],
      },
    ];
  },
};

/** Id of a role of a group; null: it cannot be read. */
function idOf(role: unknown): string | null {
  const id = isObject(role) ? (role.id ?? role.role_id) : role;
  return typeof id !== 'string' || id.trim() === '' || isCut(id) ? null : id;
}

/** Groups of Claude Enterprise with their `members`; missing or null: unknown. */
export const claudeGroupsJson: FileKind<'claude_groups'> = {
  kind: 'claude_groups',
  recognize: (content) => (mostAre(content, isGroup) || isNoneOf(content, 'claude_groups') ? 1 : 0),
  parse(content, { file }) {
    const { items, complete, notes } = itemsOf(content, isGroup, 'group');
    const odd: Note[] = [];
    const rows = items.flatMap((item): Omit<ClaudeGroupRow, 'row'>[] => {
      const roles = member(item, 'roles');
      const named = text(item.name) ?? text(item.id) ?? '';
      const left = (column: string, what: string) =>
        odd.push({ row: null, column, says: cutWords(`${what} the group “${named}”`) });
      // The API's reference does not say whether a role is an id or an object with one, so both are read.
      const ids = Array.isArray(roles) ? roles.map(idOf) : null;
      const isList = ids !== null && !ids.includes(null);
      if (!isList && roles !== undefined && roles !== null) left('roles', 'Which roles belong to');
      const group = {
        file,
        id: text(item.id) ?? '',
        name: text(item.name),
        origin: text(item.source_type),
        roles: isList ? ids.filter((id) => id !== null) : null,
      };
      const members = member(item, 'members');
      if (!Array.isArray(members)) {
        if (members !== undefined && members !== null) left('members', 'Who is in');
        return [{ ...group, member: null }];
      }
      if (members.length === 0) return [{ ...group, member: 'none' }];
      return members.map((one, index) => {
        const member =
          isObject(one) && !isCut(one.user_id) && !isCut(one.email)
            ? { id: text(one.user_id), email: text(one.email)?.toLowerCase() ?? null }
            : null;
        if (member !== null && (member.id !== null || member.email !== null)) return { ...group, member };
        odd.push({
          row: index + 1,
          column: 'members',
          says: `This member of the group “${group.name ?? group.id}” has neither an id nor an email address that is not cut off, so who is in the group is not known.`,
        });
        return { ...group, member: null };
      });
    });
    return [
      {
        kind: 'claude_groups',
        rows: numbered(rows),
        complete: complete && odd.length === 0,
        ...BLANK,
        notes: [...notes, ...odd],
      },
    ];
  },
};

/** The Compliance API has type and id as separate members, the Admin API a resource object. */
function permissionOf(item: unknown): ClaudePermission | null {
  if (!isObject(item)) return null;
  const resource = isObject(item.resource) ? item.resource : null;
  const type = text(item.resource_type) ?? text(resource?.type);
  const action = text(item.action);
  if (type === null || action === null) return null;
  if ([type, action, ...Object.values(resource ?? {}), item.resource_id].some(isCut)) return null;
  const connector = text(resource?.connector_id);
  const part = text(resource?.tool_name) ?? text(resource?.scope);
  const id = text(item.resource_id) ?? connector ?? text(resource?.organization_id);
  return { resource: type, resourceId: part === null ? id : `${id ?? ''}/${part}`, action };
}

function itemsOf(content: Parameters<typeof pagesOf>[0], is: (item: JsonObject) => boolean, what: string) {
  const { pages, errors } = pagesOf(content);
  const [error] = errors;
  if (error) throw new ImportProblem(explainError(error));
  const right = rightRows(
    pages.flatMap((page) => page.items),
    (item, row) => {
      if (!is(item)) throw new ImportProblem(`The entry is no ${what} of Claude.`, { row, column: 'id' });
      if (isCut(item.id)) throw new ImportProblem(cutWords('The id'), { row, column: 'id' });
      return item;
    },
  );
  return { items: right.rows, complete: right.whole && isComplete(pages), notes: right.notes };
}

function numbered<T>(rows: readonly T[]): (T & { readonly row: number })[] {
  return rows.map((row, index) => ({ ...row, row: index + 1 }));
}
