import type { Permission } from '../session.tsx';

/** A page or a part of one that no menu names: what is reached through tabs and links. */
export interface MorePage {
  readonly label: string;
  /** Address; `$client` is filled in. */
  readonly to: string;
  readonly permission: Permission;
  /** Other words that people look for. */
  readonly words?: string;
}

/** Below a client. With the menu these are all of its pages. */
export const MORE_OF_CLIENT: readonly MorePage[] = [
  {
    label: 'Drift from the charter',
    to: '/c/$client/connectors/drift',
    permission: 'charter.read',
    words: 'departures changed',
  },
  {
    label: 'Requests for connectors',
    to: '/c/$client/connectors/requests',
    permission: 'requests.read',
    words: 'approve ask',
  },
  {
    label: 'Reports from staff',
    to: '/c/$client/incidents/reports',
    permission: 'incidents.read',
    words: 'strange unexpected staff page questions',
  },
  {
    label: 'Who can reach what',
    to: '/c/$client/connectors/access',
    permission: 'charter.read',
    words: 'person access connectors',
  },
  {
    label: 'Connectors by group',
    to: '/c/$client/connectors/groups',
    permission: 'charter.read',
    words: 'roles enterprise custom scope',
  },
  {
    label: 'Connectors in plain words',
    to: '/c/$client/connectors/reach',
    permission: 'charter.read',
    words: 'staff leadership print',
  },
  {
    label: 'Microsoft tenant',
    to: '/c/$client/connectors/microsoft-tenant',
    permission: 'controls.read',
    words: 'intune devices risk defender alerts domains entra',
  },
  {
    label: 'Flows through Claude',
    to: '/c/$client/connectors/flows',
    permission: 'charter.read',
    words: 'systems data reads writes',
  },
  {
    label: 'People who leave',
    to: '/c/$client/people/leavers',
    permission: 'people.read',
    words: 'leavers offboarding seats remove',
  },
  {
    label: 'Directory and members',
    to: '/c/$client/people/directory',
    permission: 'people.read',
    words: 'entra scim sync provisioning',
  },
  {
    label: 'Who does what',
    to: '/c/$client/work/roles',
    permission: 'work.read',
    words: 'audiences roles guide sections',
  },
  {
    label: 'People who join',
    to: '/c/$client/people/joiners',
    permission: 'people.read',
    words: 'joiners onboarding new staff',
  },
  {
    label: 'Someone leaves or joins',
    to: '/c/$client/people/announce',
    permission: 'people.decide',
    words: 'hr announce offboarding onboarding new staff',
  },
  {
    label: 'Texts of the policy',
    to: '/c/$client/policy?tab=texts',
    permission: 'policy.read',
    words: 'notice staff members monitoring dpa impact assessment templates',
  },
  {
    label: 'Device lock-down',
    to: '/c/$client/connectors/devices',
    permission: 'charter.read',
    words: 'managed settings intune jamf',
  },
  {
    label: 'Data loss prevention',
    to: '/c/$client/connectors/data-loss-prevention',
    permission: 'charter.read',
    words: 'dlp purview defender member data pii passwords check file',
  },
  {
    label: 'Prepare an export',
    to: '/c/$client/prepare',
    permission: 'requests.ask',
    words: 'csv excel mask remove member data columns upload check file',
  },
  {
    label: 'Inference hook',
    to: '/c/$client/connectors/inference-hook',
    permission: 'connections.read',
    words: 'prompt check dlp refuse reference false alarm webhook',
  },
  {
    label: 'Check at the proxy',
    to: '/c/$client/connectors/proxy-check',
    permission: 'connections.read',
    words: 'icap squid gateway dlp upload block page reference false alarm',
  },
  {
    label: 'Membership system',
    to: '/c/$client/connectors/membership-system',
    permission: 'charter.read',
    words: 'ams imis fonteva',
  },
  {
    label: 'Microsoft 365 connector',
    to: '/c/$client/connectors/microsoft-365',
    permission: 'charter.read',
    words: 'scopes graph entra',
  },
  {
    label: 'Your connectors',
    to: '/c/$client/ask',
    permission: 'requests.ask',
    words: 'request ask for a connector',
  },
  {
    label: 'Rules for alerts',
    to: '/c/$client/alerts/rules',
    permission: 'alerts.read',
    words: 'detections silences',
  },
  {
    label: 'Settled alerts',
    to: '/c/$client/alerts?state=settled',
    permission: 'alerts.read',
    words: 'closed false alarm',
  },
  { label: 'Usage by person', to: '/c/$client/usage?tab=people', permission: 'activity.read' },
  { label: 'Weekly usage file', to: '/c/$client/usage?tab=weekly', permission: 'activity.read' },
  {
    label: 'Recurring tasks',
    to: '/c/$client/work?tab=recurring',
    permission: 'work.read',
    words: 'monthly quarterly review schedule',
  },
  {
    label: 'Quick reference',
    to: '/c/$client/deployment/quick-reference',
    permission: 'deployment.read',
    words: 'print sheet',
  },
  {
    label: 'Immediate actions',
    to: '/c/$client/deployment/immediate-actions',
    permission: 'deployment.read',
    words: 'print sheet first',
  },
  {
    label: 'Messages about personal accounts',
    to: '/c/$client/personal-accounts?tab=messages',
    permission: 'people.read',
    words: 'mail campaign',
  },
  {
    label: 'Controls that take a statement',
    to: '/c/$client/attestations?tab=controls',
    permission: 'attestations.read',
  },
  {
    label: 'Statements that came in files',
    to: '/c/$client/attestations?tab=files',
    permission: 'attestations.read',
    words: 'claims confirm',
  },
  {
    label: 'When exceptions end',
    to: '/c/$client/exceptions?view=ends',
    permission: 'exceptions.read',
    words: 'calendar',
  },
  {
    label: 'Evidence room',
    to: '/c/$client/evidence/room',
    permission: 'audit.read',
    words: 'auditor export signed zip oscal',
  },
  {
    label: 'Report schedules',
    to: '/c/$client/reports?tab=schedules',
    permission: 'reports.read',
    words: 'monthly quarterly recipients',
  },
  {
    label: 'Visibility',
    to: '/c/$client/connections/visibility',
    permission: 'connections.read',
    words: 'coverage sources blind spots retention lag',
  },
  {
    label: 'Telemetry',
    to: '/c/$client/connections/telemetry',
    permission: 'connections.read',
    words: 'opentelemetry otlp claude code',
  },
  {
    label: 'Sinks',
    to: '/c/$client/connections/sinks',
    permission: 'connections.read',
    words: 'siem splunk sentinel syslog forward',
  },
  {
    label: 'Failed deliveries',
    to: '/c/$client/connections/failed',
    permission: 'connections.read',
    words: 'sinks refused resend',
  },
];

/** Of the workspace. */
export const MORE_OF_WORKSPACE: readonly MorePage[] = [
  { label: 'Add a client', to: '/clients/new', permission: 'clients.create', words: 'new sandbox' },
  {
    label: 'Microsoft 365 at all clients',
    to: '/sources',
    permission: 'client.read',
    words: 'connections certificate consent tenants',
  },
  { label: 'Invitations', to: '/access?tab=invitations', permission: 'users.read', words: 'invite people' },
  { label: 'Tokens', to: '/access?tab=tokens', permission: 'users.read', words: 'api programs' },
  {
    label: 'Sign-in providers',
    to: '/access?tab=providers',
    permission: 'users.read',
    words: 'sso oidc entra google',
  },
  {
    label: 'Capabilities',
    to: '/catalogue?kind=capabilities',
    permission: 'client.read',
    words: 'plans licenses',
  },
  {
    label: 'Facts to verify',
    to: '/catalogue/facts',
    permission: 'client.read',
    words: 'catalogue stale age vendors',
  },
  {
    label: 'What changed in the catalogue',
    to: '/catalogue/revisions',
    permission: 'client.read',
    words: 'revisions guide news',
  },
];
