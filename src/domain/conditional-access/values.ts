import type { AccessTemplate } from '../model/conditional-access.ts';
import type { AccessValues } from './body.ts';
import { NEW_LOCATION } from './steps.ts';
import { type AccessTenant, claudeApps } from './tenant.ts';

/** What must be settled before a policy can be created, or known when it is. */
export type Unsettled =
  /** No one signs in to Claude through Entra. `why` says what was read. */
  | { readonly code: 'no_sign_in_app'; readonly blocking: boolean; readonly why: string }
  /** It is not known which application signs people in to Claude. */
  | { readonly code: 'sign_in_app_unknown'; readonly blocking: true; readonly why: string }
  /** The charter names no emergency access accounts. */
  | { readonly code: 'no_emergency_access'; readonly blocking: true }
  /** Names of the charter that no file resolves to one group or account. */
  | { readonly code: 'unresolved'; readonly blocking: true; readonly names: readonly string[] }
  /** The connector's location may be there already. */
  | { readonly code: 'locations_not_read'; readonly blocking: true };

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An account, by object id, that is excluded from a policy until a day. */
export interface LeftOut {
  readonly id: string;
  readonly until: string;
}

export const RESOURCES = ['claude', 'all'] as const;

/** What a client chose for a policy; what is left out is the guide's. */
export interface Chosen {
  readonly name?: string;
  /** Ids of groups; empty: everyone. */
  readonly groups?: readonly string[];
  /** claude: the applications of Claude by id; all: every resource of the tenant. */
  readonly resources?: (typeof RESOURCES)[number];
  /** appIds that are left out on purpose. */
  readonly without?: readonly string[];
  readonly leftOut?: readonly LeftOut[];
}

/** Placeholder for the guide's name of a policy in a naming scheme. */
export const POLICY_NAME = '{policy}';

/** Claude's applications that a template is about. */
export function appsOf(template: AccessTemplate, tenant: AccessTenant): readonly string[] {
  return claudeApps(tenant).flatMap(({ appId, kind }) =>
    template.apps === 'all' || kind === 'sign_in' ? [appId] : [],
  );
}

/** The values for a client's template, and what is still open. */
export function valuesFor(
  template: AccessTemplate,
  tenant: AccessTenant,
  chosen: Chosen = {},
): { readonly values: AccessValues; readonly open: readonly Unsettled[] } {
  const { signIn } = tenant;
  const apps = appsOf(template, tenant);
  const without = (chosen.without ?? []).map((id) => id.toLowerCase());
  const out = leftOut(tenant);
  const leftOutNow = (chosen.leftOut ?? []).flatMap(({ id, until }) =>
    until >= tenant.context.today ? [id] : [],
  );
  const open: Unsettled[] = [
    ...(signIn.is === 'absent'
      ? [{ code: 'no_sign_in_app', blocking: apps.length === 0, why: signIn.why } as const]
      : signIn.is === 'unknown'
        ? [{ code: 'sign_in_app_unknown', blocking: true, why: signIn.why } as const]
        : []),
    ...(out.emergency === 0 ? [{ code: 'no_emergency_access', blocking: true } as const] : []),
    ...(out.unresolved.length > 0
      ? [{ code: 'unresolved', blocking: true, names: out.unresolved } as const]
      : []),
    ...(template.leavesOutLocation && tenant.locations === null
      ? [{ code: 'locations_not_read', blocking: true } as const]
      : []),
  ];
  return {
    values: {
      name: chosen.name ?? nameOf(template, tenant),
      applications:
        chosen.resources === 'all' ? ['All'] : apps.filter((id) => !without.includes(id.toLowerCase())),
      withoutApplications: chosen.resources === 'all' ? without : [],
      groups: chosen.groups ?? [],
      excludeUsers: [...new Set([...out.users, ...leftOutNow])],
      excludeGroups: out.groups,
      location: tenant.location?.id ?? NEW_LOCATION,
    },
    open,
  };
}

/** The guide's name of a policy, in the client's naming scheme if it has one. */
function nameOf(template: AccessTemplate, { context: { charter } }: AccessTenant): string {
  const scheme = charter.ok ? charter.value.entra?.policyNames : undefined;
  return scheme === undefined ? template.name : scheme.replaceAll(POLICY_NAME, template.name);
}

/** Whom every policy leaves out: emergency access, and exclusions that the charter approves until a day. */
function leftOut({ context, input: { directory } }: AccessTenant) {
  const entra = context.charter.ok ? context.charter.value.entra : undefined;
  const groups = new Set<string>();
  const users = new Set<string>();
  const unresolved: string[] = [];
  const only = (text: string, ids: readonly string[]): string | null => {
    const [id, ...more] = ids;
    if (id !== undefined && more.length === 0) return id;
    if (id === undefined && GUID.test(text.trim())) return text.trim().toLowerCase();
    unresolved.push(text);
    return null;
  };
  for (const text of entra?.emergencyAccess?.groups ?? []) {
    const id = only(text, directory.groupIds(text));
    if (id !== null) groups.add(id);
  }
  for (const text of entra?.emergencyAccess?.users ?? []) {
    const id = only(text, directory.userIds(text));
    if (id !== null) users.add(id);
  }
  const emergency = groups.size + users.size;
  for (const { id: text, until } of entra?.approvedExclusions ?? []) {
    if (until < context.today) continue;
    const asGroup = directory.groupIds(text);
    const asUser = directory.userIds(text);
    // An id of which no file says whether it is a group or a person cannot be written into either list.
    if (asGroup.length + asUser.length !== 1) unresolved.push(text);
    else if (asGroup[0] !== undefined) groups.add(asGroup[0]);
    else if (asUser[0] !== undefined) users.add(asUser[0]);
  }
  return { groups: [...groups], users: [...users], emergency, unresolved };
}
// Guide: G6.2-03 G6.3-04
