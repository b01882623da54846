import { randomUUID } from 'node:crypto';
import type { Thing } from './tenant.ts';

type Kind = 'policies' | 'namedLocations' | 'servicePrincipals' | 'oauth2PermissionGrants' | 'users';
type Act = 'Add' | 'Update' | 'Delete';

/**
 * Activity names, target type and category in Entra's audit log, per kind of object (reference of audit log
 * activities).
 */
const CALLED: Readonly<
  Record<
    Kind,
    { readonly acts: Readonly<Record<Act, string>>; readonly type: string; readonly category: string }
  >
> = {
  policies: {
    acts: {
      Add: 'Add conditional access policy',
      Update: 'Update conditional access policy',
      Delete: 'Delete conditional access policy',
    },
    type: 'Policy',
    category: 'Policy',
  },
  namedLocations: {
    acts: { Add: 'Add named location', Update: 'Update named location', Delete: 'Delete named location' },
    type: 'Policy',
    category: 'Policy',
  },
  servicePrincipals: {
    acts: {
      Add: 'Add service principal',
      Update: 'Update service principal',
      Delete: 'Remove service principal',
    },
    type: 'ServicePrincipal',
    category: 'ApplicationManagement',
  },
  oauth2PermissionGrants: {
    acts: {
      Add: 'Add delegated permission grant',
      Update: 'Add delegated permission grant',
      Delete: 'Remove delegated permission grant',
    },
    type: 'ServicePrincipal',
    category: 'ApplicationManagement',
  },
  users: {
    acts: { Add: 'Add user', Update: 'Update user', Delete: 'Delete user' },
    type: 'User',
    category: 'UserManagement',
  },
};

/** Entry in Entra's audit log for a change by an application. */
export function changeOf(
  kind: string,
  act: Act,
  change: {
    readonly before: Thing | null;
    readonly after: Thing | null;
    readonly at: Date;
    readonly application: string | null;
  },
): Thing[] {
  if (!(kind in CALLED)) return [];
  const { acts, type, category } = CALLED[kind as Kind];
  const { before, after, at, application } = change;
  const target = after ?? before;
  const isAccess = category === 'Policy';
  const closed = kind === 'users' && before?.accountEnabled === true && after?.accountEnabled === false;
  const written = (value: Thing | null) => (value === null ? null : JSON.stringify(value));
  return [
    {
      id: `Directory_${randomUUID()}`,
      activityDateTime: at.toISOString(),
      activityDisplayName: closed ? 'Disable account' : acts[act],
      category,
      correlationId: randomUUID(),
      loggedByService: isAccess ? 'Conditional Access' : 'Core Directory',
      operationType: act,
      result: 'success',
      resultReason: '',
      additionalDetails: [],
      initiatedBy: {
        user: null,
        app: {
          appId: application,
          displayName: 'Bylaw',
          servicePrincipalId: null,
          servicePrincipalName: null,
        },
      },
      targetResources: [
        {
          id: kind === 'oauth2PermissionGrants' ? String(target?.clientId) : target?.id,
          displayName: target?.displayName ?? null,
          type,
          userPrincipalName: target?.userPrincipalName ?? null,
          groupType: null,
          // For Conditional Access, the log contains the whole object before and after the change.
          modifiedProperties: isAccess
            ? [
                {
                  displayName: kind === 'policies' ? 'ConditionalAccessPolicy' : 'NamedLocation',
                  oldValue: written(before),
                  newValue: written(after),
                },
              ]
            : [],
        },
      ],
    },
  ];
}
