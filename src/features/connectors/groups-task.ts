import { DEFAULT_FRESH_DAYS } from '#domain/decide/fresh-days.ts';
import { ownValue } from '#domain/model/own-value.ts';
import type { ClaudeGroupRow, ClaudePermission, ClaudeRoleRow } from '#domain/model/rows-directory.ts';
import { type ReadingDay, readingDay } from '../shared/reading-day.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    connectorGroups: typeof connectorGroups;
  }
}

/** A right that a custom role grants for connectors. */
export interface Opens {
  readonly what: 'every_connector' | 'connector' | 'tool';
  /** The vendor's id; null if it covers all or the source does not say. */
  readonly id: string | null;
  /** `use`, `always_allow` and others, in the vendor's terms. */
  readonly action: string;
}

export interface GroupRole {
  readonly id: string;
  readonly name: string | null;
  /** null if the source does not report the role's rights, or no list contains the role. */
  readonly opens: readonly Opens[] | null;
}

export interface GroupOpens {
  readonly id: string;
  readonly name: string | null;
  /** Whether it comes from the directory; null if not reported. */
  readonly fromDirectory: boolean | null;
  /** null if the source does not report the members. */
  readonly members: number | null;
  /** null if the source does not report the roles granted. */
  readonly roles: readonly GroupRole[] | null;
}

export interface GroupsReading {
  /** Whether the plan has no groups, so that one setting of a connector or action applies to everyone. */
  readonly oneForAll: boolean;
  readonly roles: ReadingDay;
  readonly groups: ReadingDay;
  readonly items: readonly GroupOpens[];
}

const OPENS_BY_SCOPE: Readonly<Record<string, Opens['what']>> = {
  all_connectors: 'every_connector',
  connector: 'connector',
  connector_tool: 'tool',
};

/** Which groups of the Claude organization may use which connectors and tools, according to their custom roles. */
export function connectorGroups({ shared }: TaskInput): GroupsReading {
  const oneForAll = shared.input.profile.claudePlan !== 'enterprise';
  const roles = shared.read('claude_roles', DEFAULT_FRESH_DAYS);
  const groups = shared.read('claude_groups', DEFAULT_FRESH_DAYS);
  const byRole = Map.groupBy(roles.ok ? roles.rows : [], ({ id }) => id);
  return {
    oneForAll,
    roles: readingDay(roles),
    groups: readingDay(groups),
    items: groups.ok
      ? [...Map.groupBy(groups.rows, ({ id }) => id)].map(([id, rows]) => groupOf(id, rows, byRole))
      : [],
  };
}

function groupOf(
  id: string,
  rows: readonly ClaudeGroupRow[],
  roles: ReadonlyMap<string, readonly ClaudeRoleRow[]>,
): GroupOpens {
  const [first] = rows;
  const reported = rows.every(({ member }) => member !== null);
  return {
    id,
    name: first?.name ?? null,
    fromDirectory: first?.origin == null ? null : first.origin === 'scim',
    members: reported ? rows.filter(({ member }) => member !== 'none').length : null,
    roles: first?.roles == null ? null : first.roles.map((role) => roleOf(role, roles.get(role) ?? [])),
  };
}

function roleOf(id: string, rows: readonly ClaudeRoleRow[]): GroupRole {
  const reported = rows.length > 0 && rows.every(({ permission }) => permission !== null);
  return {
    id,
    name: rows[0]?.name ?? null,
    opens: reported
      ? rows.flatMap(({ permission }) =>
          permission === null || permission === 'none' ? [] : opensOf(permission),
        )
      : null,
  };
}

function opensOf({ resource, resourceId, action }: ClaudePermission): readonly Opens[] {
  const what = ownValue(OPENS_BY_SCOPE, resource);
  return what === undefined ? [] : [{ what, id: what === 'every_connector' ? null : resourceId, action }];
}
// Guide: G1.1-09
