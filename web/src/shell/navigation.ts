import type { Permission } from '../session.tsx';
import type { IconName } from '../ui/icon.tsx';

/** Counters beside entries: open work only. */
export type CountKey =
  | 'controls'
  | 'people'
  | 'work'
  | 'deployment'
  | 'exceptions'
  | 'attestations'
  | 'imports'
  | 'charter'
  | 'connectors'
  | 'alerts';

export interface NavigationEntry {
  readonly label: string;
  /** Route; `$client` is replaced. */
  readonly to: string;
  readonly icon: IconName;
  /** Second key after G. */
  readonly key?: string;
  readonly permission: Permission;
  readonly count?: CountKey;
  /** For people who may not open the client: pages that others reach from another page. */
  readonly staffOnly?: true;
}

export interface NavigationGroup {
  /** Null: the first entries have no heading. */
  readonly label: string | null;
  readonly entries: readonly NavigationEntry[];
}

/** The menu of a client. An entry is shown if its route exists and the person may open it. */
export const CLIENT_NAVIGATION: readonly NavigationGroup[] = [
  {
    label: null,
    entries: [
      { label: 'Home', to: '/c/$client', icon: 'home', key: 'h', permission: 'client.read' },
      {
        label: 'Your connectors',
        to: '/c/$client/ask',
        icon: 'connectors',
        permission: 'requests.ask',
        staffOnly: true,
      },
    ],
  },
  {
    label: 'Know',
    entries: [
      {
        label: 'Controls',
        to: '/c/$client/controls',
        icon: 'controls',
        key: 'c',
        permission: 'controls.read',
        count: 'controls',
      },
      { label: 'Risks', to: '/c/$client/risks', icon: 'risks', key: 'q', permission: 'controls.read' },
      {
        label: 'People',
        to: '/c/$client/people',
        icon: 'people',
        key: 'p',
        permission: 'people.read',
        count: 'people',
      },
      {
        label: 'Connectors',
        to: '/c/$client/connectors',
        icon: 'connectors',
        key: 'm',
        permission: 'charter.read',
        count: 'connectors',
      },
      {
        label: 'Charter',
        to: '/c/$client/charter',
        icon: 'charter',
        key: 'j',
        permission: 'charter.read',
        count: 'charter',
      },
      { label: 'Planner', to: '/c/$client/planner', icon: 'planner', key: 'n', permission: 'planner.read' },
    ],
  },
  {
    label: 'Watch',
    entries: [
      { label: 'Usage', to: '/c/$client/usage', icon: 'usage', key: 'u', permission: 'activity.read' },
      {
        label: 'Alerts',
        to: '/c/$client/alerts',
        icon: 'alerts',
        key: 'f',
        permission: 'alerts.read',
        count: 'alerts',
      },
      {
        label: 'Activity',
        to: '/c/$client/activity',
        icon: 'activity',
        key: 'e',
        permission: 'activity.read',
      },
    ],
  },
  {
    label: 'Act',
    entries: [
      {
        label: 'Work',
        to: '/c/$client/work',
        icon: 'clock',
        key: 'o',
        permission: 'work.read',
        count: 'work',
      },
      { label: 'Reviews', to: '/c/$client/reviews', icon: 'tick', key: 'r', permission: 'controls.read' },
      { label: 'Incidents', to: '/c/$client/incidents', icon: 'incidents', permission: 'incidents.read' },
      {
        label: 'Deployment',
        to: '/c/$client/deployment',
        icon: 'deployment',
        key: 'd',
        permission: 'deployment.read',
        count: 'deployment',
      },
      {
        label: 'Conditional Access',
        to: '/c/$client/conditional-access',
        icon: 'access',
        permission: 'charter.read',
      },
      { label: 'Shadow AI', to: '/c/$client/shadow-ai', icon: 'across', permission: 'controls.read' },
      {
        label: 'Network controls',
        to: '/c/$client/network',
        icon: 'connections',
        permission: 'charter.read',
      },
      {
        label: 'Personal accounts',
        to: '/c/$client/personal-accounts',
        icon: 'person',
        key: 'y',
        permission: 'people.read',
      },
    ],
  },
  {
    label: 'Prove',
    entries: [
      { label: 'Policy', to: '/c/$client/policy', icon: 'file', permission: 'policy.read' },
      {
        label: 'Attestations',
        to: '/c/$client/attestations',
        icon: 'attestations',
        key: 't',
        permission: 'attestations.read',
        count: 'attestations',
      },
      {
        label: 'Exceptions',
        to: '/c/$client/exceptions',
        icon: 'exceptions',
        key: 'x',
        permission: 'exceptions.read',
        count: 'exceptions',
      },
      {
        label: 'Evidence',
        to: '/c/$client/evidence',
        icon: 'evidence',
        key: 'v',
        permission: 'evidence.read',
      },
      { label: 'Reports', to: '/c/$client/reports', icon: 'reports', key: 'b', permission: 'reports.read' },
      { label: 'Audit log', to: '/c/$client/audit', icon: 'audit', key: 'l', permission: 'audit.read' },
    ],
  },
  {
    label: 'Data',
    entries: [
      {
        label: 'Imports',
        to: '/c/$client/imports',
        icon: 'imports',
        key: 'i',
        permission: 'imports.read',
        count: 'imports',
      },
      {
        label: 'Connections',
        to: '/c/$client/connections',
        icon: 'connections',
        key: 'z',
        permission: 'connections.read',
      },
      { label: 'Settings', to: '/c/$client/settings', icon: 'settings', key: 's', permission: 'client.edit' },
    ],
  },
];

/** The menu of the workspace, for people with many clients. */
export const WORKSPACE_NAVIGATION: readonly NavigationGroup[] = [
  {
    label: null,
    entries: [
      { label: 'Clients', to: '/clients', icon: 'clients', key: 'a', permission: 'client.read' },
      { label: 'Baselines', to: '/baselines', icon: 'baselines', key: 'e', permission: 'baselines.read' },
      { label: 'Work', to: '/work', icon: 'clock', key: 'o', permission: 'client.read' },
      { label: 'Reviews', to: '/reviews', icon: 'tick', key: 'r', permission: 'client.read' },
      { label: 'Catalogue', to: '/catalogue', icon: 'catalogue', key: 'k', permission: 'client.read' },
    ],
  },
  {
    label: 'Console',
    entries: [
      { label: 'Access', to: '/access', icon: 'access', key: 'w', permission: 'users.read' },
      { label: 'Audit log', to: '/audit', icon: 'audit', key: 'l', permission: 'workspace.audit' },
      { label: 'Settings', to: '/settings', icon: 'settings', permission: 'workspace.settings' },
    ],
  },
];
