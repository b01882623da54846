import { isObject, type Json } from '../../../json-client.ts';
import { collectEntries, type GraphClient } from '../../graph/client.ts';
import { select } from '../../graph/select.ts';
import { APPLICATION, type ClaudeApp, claudeApps, claudeAppsIn } from '../claude-apps.ts';
import { listStream, type SavedAnswer, saved, savedList } from '../list-stream.ts';

/**
 * All applications; for those related to Claude, also their application permissions, with the role's name from the
 * resource's definition. The reading application is marked by id, because it may be named after Claude without being
 * one of Claude's.
 */
export const applications = listStream({
  id: 'applications',
  title: 'Enterprise applications',
  kind: 'service_principals',
  scope: 'Application.Read.All',
  read: async ({ client: { graph, application }, charter }) => {
    const list = await savedList(graph, '/servicePrincipals', APPLICATION);
    const found = list.value as readonly Json[];
    const permissions = await permissionsOf(graph, claudeAppsIn(found, charter));
    return [
      saved(
        list['@odata.context'],
        found.map((app) => {
          const held = permissions.get(String(app.id));
          const reads = String(app.appId).toLowerCase() === application.toLowerCase();
          return {
            ...app,
            ...(held === undefined ? {} : { appRoleAssignments: held }),
            ...(reads ? { bylawReadsWith: true } : {}),
          };
        }),
      ),
    ];
  },
});

async function permissionsOf(
  graph: GraphClient,
  apps: readonly ClaudeApp[],
): Promise<ReadonlyMap<string, readonly Json[]>> {
  const roles = new Map<string, readonly Json[]>();
  const permissions = new Map<string, readonly Json[]>();
  for (const { id } of apps) {
    const held = await collectEntries(
      graph.list(`/servicePrincipals/${encodeURIComponent(id)}/appRoleAssignments`),
    );
    for (const { resourceId } of held)
      if (typeof resourceId === 'string' && !roles.has(resourceId))
        roles.set(resourceId, await rolesOf(graph, resourceId));
    permissions.set(
      id,
      held
        .map((one) => {
          const role = roles.get(String(one.resourceId))?.find((each) => each.id === one.appRoleId);
          return role === undefined ? one : { ...one, appRole: { id: role.id, value: role.value } };
        })
        .sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1)),
    );
  }
  return permissions;
}

/** Roles that an application defines; empty if it no longer exists. */
async function rolesOf(graph: GraphClient, id: string): Promise<readonly Json[]> {
  const found = await collectEntries(
    graph.list('/servicePrincipals', {
      $filter: `id eq '${id.replaceAll("'", "''")}'`,
      ...select('servicePrincipal', 'id', 'appRoles'),
    }),
  );
  return found.flatMap(({ appRoles }) => (Array.isArray(appRoles) ? appRoles.filter(isObject) : []));
}

/** Assignments to applications related to Claude. */
export const assignments = listStream({
  id: 'assignments',
  title: 'Who is assigned to Claude’s applications',
  kind: 'app_assignments',
  scope: 'Application.Read.All',
  read: async ({ client: { graph }, charter }) => {
    const answers: SavedAnswer[] = [];
    for (const { id } of await claudeApps(graph, charter))
      answers.push(
        await savedList(graph, `/servicePrincipals/${encodeURIComponent(id)}/appRoleAssignedTo`, {
          $top: '999',
        }),
      );
    return answers;
  },
});

export const grants = listStream({
  id: 'grants',
  title: 'Delegated permissions of applications',
  kind: 'permission_grants',
  scope: 'Directory.Read.All',
  delta: { path: '/oauth2PermissionGrants/delta()' },
  read: async ({ client: { graph } }) => [await savedList(graph, '/oauth2PermissionGrants', { $top: '999' })],
});
// Guide: G3.2-02 G6.1-05
