/**
 * Who may do what. Permissions are defined in code, grants are data. A workspace permission comes only from a grant for
 * all clients; a client permission from a grant for that client or for all.
 */
export const CLIENT_PERMISSIONS = [
  'client.read',
  'client.edit',
  'client.remove',
  'controls.read',
  'people.read',
  'people.decide',
  'imports.read',
  'imports.write',
  'imports.any_kind',
  'attestations.read',
  'attestations.write',
  'exceptions.read',
  'exceptions.request',
  'exceptions.approve',
  'requests.ask',
  'requests.read',
  'requests.review',
  'requests.decide',
  'charter.read',
  'charter.edit',
  'charter.approve',
  'policy.read',
  'policy.edit',
  'policy.approve',
  'evidence.read',
  'evidence.add',
  'reports.read',
  'reports.make',
  'reports.share',
  'planner.read',
  'planner.edit',
  'deployment.read',
  'deployment.work',
  'deployment.override',
  'work.read',
  'work.edit',
  'baselines.read',
  'baselines.apply',
  'activity.read',
  'content.open',
  'alerts.read',
  'alerts.decide',
  'incidents.read',
  'incidents.lead',
  'incidents.close',
  'detections.edit',
  'connections.read',
  'connections.edit',
  'audit.read',
  'access.read',
  'access.grant',
] as const;
export const WORKSPACE_PERMISSIONS = [
  'clients.create',
  'baselines.manage',
  'users.read',
  'users.manage',
  'workspace.audit',
  'workspace.settings',
] as const;
export type ClientPermission = (typeof CLIENT_PERMISSIONS)[number];
export type WorkspacePermission = (typeof WORKSPACE_PERMISSIONS)[number];
export type Permission = ClientPermission | WorkspacePermission;
export const PERMISSIONS: readonly Permission[] = [...CLIENT_PERMISSIONS, ...WORKSPACE_PERMISSIONS];

export const ROLES = [
  'owner',
  'technician',
  'client_admin',
  'hr',
  'auditor',
  'investigator',
  'staff',
] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_WORDS: Readonly<Record<Role, { readonly name: string; readonly may: string }>> = {
  owner: { name: 'Owner', may: 'Everything, people and settings included.' },
  technician: {
    name: 'Technician',
    may: 'Works for clients: files, connections, alerts, incidents, attestations, exceptions, charters and policies to propose, reports, deployment, baselines. Reviews requests for connectors. Cannot decide on them, approve exceptions, charters or policies, close incidents, or give access.',
  },
  client_admin: {
    name: 'Client admin',
    may: 'Runs one client: sees all of its pages, approves exceptions, charters and policies, closes incidents, decides on requests for connectors, gives access to it and links to its reports. Overrides of the deployment are approved by the MSP.',
  },
  hr: {
    name: 'HR',
    may: 'Sees people and decides who is who; imports the staff roster and lists of acknowledgments, and no other file; writes the policy and asks staff to acknowledge it.',
  },
  auditor: { name: 'Auditor', may: 'Reads everything of a client, the audit log included. Changes nothing.' },
  investigator: {
    name: 'Investigator',
    may: 'Sees activity and people, and opens text of an event if the charter allows it to be kept: each time with a reason, with the agreement of others, and on record. Apart from Owner, no other role can do this.',
  },
  staff: {
    name: 'Staff',
    may: 'Sees which connectors are approved, asks for others, sees their own requests, and prepares exports for Claude on record. Nothing else of a client.',
  },
};

const READ: readonly ClientPermission[] = CLIENT_PERMISSIONS.filter((permission) =>
  permission.endsWith('.read'),
);

/**
 * Permissions of each role. Only `owner` has the workspace's own permissions, except for creating clients and
 * baselines.
 */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  owner: PERMISSIONS,
  technician: [
    ...READ.filter((permission) => permission !== 'access.read'),
    'client.edit',
    'people.decide',
    'imports.write',
    'imports.any_kind',
    'attestations.write',
    'exceptions.request',
    'requests.ask',
    'requests.review',
    'charter.edit',
    'policy.edit',
    'evidence.add',
    'reports.make',
    'planner.edit',
    'deployment.work',
    'deployment.override',
    'work.edit',
    'alerts.decide',
    'incidents.lead',
    'detections.edit',
    'connections.edit',
    'baselines.apply',
    'clients.create',
    'baselines.manage',
  ],
  client_admin: CLIENT_PERMISSIONS.filter(
    (permission) =>
      permission !== 'client.remove' &&
      permission !== 'content.open' &&
      permission !== 'deployment.override' &&
      permission !== 'baselines.apply',
  ),
  hr: [
    'client.read',
    'requests.ask',
    'people.read',
    'people.decide',
    'imports.read',
    'imports.write',
    'policy.read',
    'policy.edit',
    'evidence.read',
    'work.read',
  ],
  auditor: READ,
  investigator: ['client.read', 'people.read', 'activity.read', 'charter.read', 'content.open'],
  staff: ['requests.ask'],
};

export interface Grant {
  /** null: all clients and the workspace. */
  readonly client: string | null;
  readonly effect: 'allow' | 'deny';
  readonly role: Role | null;
  /** For deny: the one permission that is denied; null denies all. */
  readonly permission: Permission | null;
}

/** Cached results per list of grants, because permissions are checked many times per request. */
const known = new WeakMap<readonly Grant[], Map<string | null, ReadonlySet<Permission>>>();

/** Permissions from grants for one client, or for the workspace (`null`). A deny overrides any allow. */
export function permissionsOf(grants: readonly Grant[], client: string | null): ReadonlySet<Permission> {
  const places = known.get(grants) ?? new Map<string | null, ReadonlySet<Permission>>();
  known.set(grants, places);
  // All clients without a grant of their own have the same permissions.
  const place = client === null || grants.some((grant) => grant.client === client) ? client : 'any other';
  const permissions = places.get(place) ?? workOut(grants, client);
  places.set(place, permissions);
  return permissions;
}

function workOut(grants: readonly Grant[], client: string | null): ReadonlySet<Permission> {
  const here = grants.filter((grant) => grant.client === null || grant.client === client);
  const allowed = here
    .filter((grant) => grant.effect === 'allow')
    .flatMap((grant) => {
      const all = grant.role === null ? [] : ROLE_PERMISSIONS[grant.role];
      return client === null ? all : all.filter(isOfClient);
    });
  const denied = here.filter((grant) => grant.effect === 'deny');
  if (denied.some((grant) => grant.permission === null)) return new Set();
  const taken = new Set(denied.map((grant) => grant.permission));
  return new Set(allowed.filter((permission) => !taken.has(permission)));
}

function isOfClient(permission: Permission): boolean {
  return CLIENT_PERMISSIONS.some((one) => one === permission);
}

/** Every client that any grant names, and `null` for the workspace and all other clients. */
function places(...lists: readonly (readonly Grant[])[]): ReadonlySet<string | null> {
  return new Set([null, ...lists.flat().map((grant) => grant.client)]);
}

/**
 * Whether someone with `own` grants may add or remove `grant`. People can only hand out permissions that they have
 * there themselves, and need access.grant (or users.manage for all clients). Removing a deny restores the permission,
 * so it requires the same.
 */
export function mayGrant(own: readonly Grant[], grant: Grant): boolean {
  const held = permissionsOf(own, grant.client);
  if (!held.has(grant.client === null ? 'users.manage' : 'access.grant')) return false;
  // A grant for all clients also applies to clients where the grantor is denied something.
  const reach = grant.client === null ? places(own) : [grant.client];
  return [...reach].every((client) => {
    const here = permissionsOf(own, client);
    return carried(grant, client).every((permission) => here.has(permission));
  });
}

/** What a grant allows or denies for a client or the workspace. */
function carried(grant: Grant, client: string | null): readonly Permission[] {
  const here = client === null && grant.client === null ? PERMISSIONS : CLIENT_PERMISSIONS;
  if (grant.effect === 'deny')
    return here.filter((permission) => grant.permission === null || grant.permission === permission);
  const { role } = grant;
  return role === null ? [] : here.filter((permission) => ROLE_PERMISSIONS[role].includes(permission));
}

/**
 * Whether someone with `own` grants may change the access of, or disable, someone with `theirs`: only if the other
 * person has no permission that they lack themselves, anywhere or at the given client. Otherwise a client admin could
 * deny the owner.
 */
export function mayManage(
  own: readonly Grant[],
  theirs: readonly Grant[],
  where: 'everywhere' | { readonly client: string },
): boolean {
  const reach = where === 'everywhere' ? places(own, theirs) : [where.client];
  return [...reach].every((client) => {
    const held = permissionsOf(own, client);
    return [...permissionsOf(theirs, client)].every((permission) => held.has(permission));
  });
}

/**
 * An owner without any denial. At least one who is not disabled must always remain, because only they can undo
 * everything.
 */
export function isFullOwner(grants: readonly Grant[]): boolean {
  return (
    grants.some((grant) => grant.effect === 'allow' && grant.client === null && grant.role === 'owner') &&
    grants.every((grant) => grant.effect === 'allow')
  );
}

/** One permission for a client or the workspace, and why it is allowed or not. */
export interface Explained<G extends Grant = Grant> {
  readonly permission: Permission;
  readonly allowed: boolean;
  /** The deciding grant: the deny, else one that allows it; null if no grant concerns it. */
  readonly because: G | null;
}

/** The permissions for one client, or for the workspace (`null`), each with its deciding grant. */
export function explainPermissions<G extends Grant>(
  grants: readonly G[],
  client: string | null,
): Explained<G>[] {
  const held = permissionsOf(grants, client);
  const here = grants.filter((grant) => grant.client === null || grant.client === client);
  return (client === null ? WORKSPACE_PERMISSIONS : CLIENT_PERMISSIONS).map((permission) => {
    const speaks = (effect: Grant['effect']) =>
      here.find((grant) => grant.effect === effect && carried(grant, client).includes(permission));
    return {
      permission,
      allowed: held.has(permission),
      because: speaks('deny') ?? speaks('allow') ?? null,
    };
  });
}
// Guide: G0-00
