import { APPLICATION, claudeApps } from '../claude-apps.ts';
import { keptList, type SavedAnswer, savedList } from '../kept-list.ts';

export const applications = keptList({
  id: 'applications',
  title: 'Enterprise applications',
  kind: 'service_principals',
  scope: 'Application.Read.All',
  read: async ({ client: { graph } }) => [await savedList(graph, '/servicePrincipals', APPLICATION)],
});

/** Who is assigned to the applications that have to do with Claude. */
export const assignments = keptList({
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

export const grants = keptList({
  id: 'grants',
  title: 'Delegated permissions of applications',
  kind: 'permission_grants',
  scope: 'Directory.Read.All',
  delta: { path: '/oauth2PermissionGrants/delta()' },
  read: async ({ client: { graph } }) => [await savedList(graph, '/oauth2PermissionGrants', { $top: '999' })],
});
// Guide: G3.2-02 G6.1-05
