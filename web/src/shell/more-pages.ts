import type { Permission } from '../session.tsx';

/** A page, or part of one, that is not in a menu: reached through tabs and links. */
export interface MorePage {
  readonly label: string;
  /** URL; `$client` is replaced. */
  readonly to: string;
  readonly permission: Permission;
  /** Other search terms. */
  readonly words?: string;
}

function page(label: string, to: string, permission: Permission, words?: string): MorePage {
  return { label, to, permission, ...(words === undefined ? {} : { words }) };
}

/** Pages of a client. Together with the menu, these are all of them. */
export const MORE_OF_CLIENT: readonly MorePage[] = [
  page(
    'Drift from the charter',
    '/c/$client/connectors/drift',
    'charter.read',
    'differences changed departures',
  ),
  page('Connector requests', '/c/$client/connectors/requests', 'requests.read', 'approve ask'),
  page(
    'Staff reports',
    '/c/$client/incidents/reports',
    'incidents.read',
    'strange unexpected staff page questions',
  ),
  page('Who can reach what', '/c/$client/connectors/access', 'charter.read', 'person access connectors'),
  page(
    'Connectors by group',
    '/c/$client/connectors/groups',
    'charter.read',
    'roles enterprise custom scope',
  ),
  page('Connectors in plain words', '/c/$client/connectors/reach', 'charter.read', 'staff leadership print'),
  page(
    'Microsoft tenant',
    '/c/$client/connectors/microsoft-tenant',
    'controls.read',
    'intune devices risk defender alerts domains entra',
  ),
  page('Flows through Claude', '/c/$client/connectors/flows', 'charter.read', 'systems data reads writes'),
  page('People who leave', '/c/$client/people/leavers', 'people.read', 'leavers offboarding seats remove'),
  page('Directory and members', '/c/$client/people/directory', 'people.read', 'entra scim sync provisioning'),
  page('Who does what', '/c/$client/work/roles', 'work.read', 'audiences roles guide sections'),
  page('People who join', '/c/$client/people/joiners', 'people.read', 'joiners onboarding new staff'),
  page(
    'Someone leaves or joins',
    '/c/$client/people/announce',
    'people.decide',
    'hr announce offboarding onboarding new staff',
  ),
  page(
    'Policy texts',
    '/c/$client/policy?tab=texts',
    'policy.read',
    'notice staff members monitoring dpa impact assessment templates',
  ),
  page('Device lockdown', '/c/$client/connectors/devices', 'charter.read', 'managed settings intune jamf'),
  page(
    'Data loss prevention',
    '/c/$client/connectors/data-loss-prevention',
    'charter.read',
    'dlp purview defender member data pii passwords check file',
  ),
  page(
    'Prepare an export',
    '/c/$client/prepare',
    'requests.ask',
    'csv excel mask remove member data columns upload check file',
  ),
  page(
    'Inference hook',
    '/c/$client/connectors/inference-hook',
    'connections.read',
    'prompt check dlp refuse reference false alarm webhook',
  ),
  page(
    'Check at the proxy',
    '/c/$client/connectors/proxy-check',
    'connections.read',
    'icap squid gateway dlp upload block page reference false alarm',
  ),
  page('Membership system', '/c/$client/connectors/membership-system', 'charter.read', 'ams imis fonteva'),
  page(
    'Microsoft 365 connector',
    '/c/$client/connectors/microsoft-365',
    'charter.read',
    'scopes graph entra',
  ),
  page('Your connectors', '/c/$client/ask', 'requests.ask', 'request ask for a connector'),
  page('Detections', '/c/$client/alerts/detections', 'alerts.read', 'rules for alerts silences'),
  page('Settled alerts', '/c/$client/alerts?state=settled', 'alerts.read', 'closed false alarm'),
  page('Usage by person', '/c/$client/usage?tab=people', 'activity.read'),
  page('Weekly usage file', '/c/$client/usage?tab=weekly', 'activity.read'),
  page('Recurring tasks', '/c/$client/work?tab=recurring', 'work.read', 'monthly quarterly review schedule'),
  page('Quick reference', '/c/$client/deployment/quick-reference', 'deployment.read', 'print sheet'),
  page(
    'Immediate actions',
    '/c/$client/deployment/immediate-actions',
    'deployment.read',
    'print sheet first',
  ),
  page(
    'Messages about personal accounts',
    '/c/$client/personal-accounts?tab=messages',
    'people.read',
    'mail campaign',
  ),
  page('Controls that accept a statement', '/c/$client/attestations?tab=controls', 'attestations.read'),
  page(
    'Statements that came in files',
    '/c/$client/attestations?tab=files',
    'attestations.read',
    'claims confirm',
  ),
  page('When exceptions end', '/c/$client/exceptions?view=ends', 'exceptions.read', 'calendar'),
  page('Evidence room', '/c/$client/evidence/room', 'audit.read', 'auditor export signed zip oscal'),
  page(
    'Report schedules',
    '/c/$client/reports?tab=schedules',
    'reports.read',
    'monthly quarterly recipients',
  ),
  page(
    'Visibility',
    '/c/$client/connections/visibility',
    'connections.read',
    'coverage sources blind spots retention lag',
  ),
  page('Telemetry', '/c/$client/connections/telemetry', 'connections.read', 'opentelemetry otlp claude code'),
  page(
    'Sinks',
    '/c/$client/connections/sinks',
    'connections.read',
    'siem splunk sentinel otlp opentelemetry cribl syslog webhook files forward',
  ),
  page('Failed deliveries', '/c/$client/connections/failed', 'connections.read', 'sinks refused resend'),
  page(
    'How long things are kept, logo and reminders',
    '/c/$client/settings',
    'client.edit',
    'settings retention legal hold remove client profile teams channel time zone paper seats',
  ),
];

/** Pages of the workspace. */
export const MORE_OF_WORKSPACE: readonly MorePage[] = [
  page('Add a client', '/clients/new', 'clients.create', 'new sandbox'),
  page(
    'Mail, backup and how long things are kept',
    '/settings',
    'workspace.settings',
    'smtp retention time stamps second factor teams channel hosts version proof of the audit log',
  ),
  page('Microsoft 365 at all clients', '/sources', 'client.read', 'connections certificate consent tenants'),
  page('Invitations', '/access?tab=invitations', 'users.read', 'invite people'),
  page('Tokens', '/access?tab=tokens', 'users.read', 'api programs'),
  page('Sign-in providers', '/access?tab=providers', 'users.read', 'sso oidc entra google'),
  page('Capabilities', '/catalogue?kind=capabilities', 'client.read', 'plans licenses'),
  page('Facts to verify', '/catalogue/facts', 'client.read', 'catalogue stale age vendors'),
  page('What changed in the catalogue', '/catalogue/revisions', 'client.read', 'revisions guide news'),
];
