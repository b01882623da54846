import { typeWords } from '../activity/type-words.ts';
import { roleWords } from './entra-roles.ts';
import type { ClaudeGroupRow, ClaudeRoleRow, Kind, Rows } from './kinds.ts';
import { ownValue } from './own-value.ts';

/** Identity of the rows of one kind, to compare two readings row by row. */
export interface RowKey<K extends Kind> {
  /** Noun for a row, singular and plural: "member", "members". */
  readonly one: string;
  readonly many: string;
  /** Identical for the same thing in every reading, regardless of case. */
  key(row: Rows[K]): string;
  /** Display name of the row. */
  name(row: Rows[K]): string;
  /** Short description of the row, for example "User, Standard". */
  about?(row: Rows[K]): string;
}

type Part = string | number | boolean | null | undefined;

const joined = (...parts: readonly Part[]): string => parts.map((part) => part ?? '').join('|');
const words = (...parts: readonly Part[]): string =>
  parts.filter((part) => part !== null && part !== undefined && part !== '').join(', ');

function permissionWords({ permission }: ClaudeRoleRow): string {
  if (permission === null) return 'permissions not known';
  if (permission === 'none') return 'no permission';
  return words(permission.action, permission.resource, permission.resourceId);
}

function memberWords({ member }: ClaudeGroupRow): string {
  if (member === null) return 'members not known';
  return member === 'none' ? 'nobody' : (member.email ?? member.id ?? 'someone without an address');
}

/** One entry per kind. Rows without a key are identified by their whole content. */
export const ROW_KEYS: { readonly [K in Kind]: RowKey<K> } = {
  members: {
    one: 'member',
    many: 'members',
    key: (row) => row.email,
    name: (row) => row.name ?? row.email,
    about: (row) => words(row.roleText, row.seat),
  },
  roster: {
    one: 'person',
    many: 'people',
    key: (row) => row.employeeId ?? row.emails[0] ?? row.name ?? '',
    name: (row) => row.name ?? row.emails[0] ?? row.employeeId ?? 'Someone without a name',
    about: (row) => words(row.status?.replace('_', ' '), row.department),
  },
  domain_memberships: {
    one: 'account',
    many: 'accounts',
    key: (row) => joined(row.email, row.organization, row.plan),
    name: (row) => row.name ?? row.email,
    about: (row) => words(row.plan, row.organization),
  },
  usage: {
    one: 'line',
    many: 'lines',
    key: (row) => joined(row.email ?? row.name, row.product, row.model, row.from, row.to),
    name: (row) => words(row.email ?? row.name, row.model, row.from),
  },
  audit_log: {
    one: 'event',
    many: 'events',
    key: (row) => row.id ?? joined(row.at, row.type, row.actorEmail ?? row.actorName, row.ip),
    name: (row) => words(typeWords(row.type), row.at),
    about: (row) => words(row.actorName ?? row.actorEmail),
  },
  activities: {
    one: 'event',
    many: 'events',
    key: (row) => row.id ?? joined(row.at, row.type, row.actorEmail ?? row.actorName, row.ip),
    name: (row) => words(typeWords(row.type), row.at),
    about: (row) => words(row.actorName ?? row.actorEmail),
  },
  settings: {
    one: 'setting',
    many: 'settings',
    key: (row) => joined(row.organization, row.name),
    name: (row) => words(row.name, row.organizationName ?? row.organization),
    about: (row) => JSON.stringify(row.value)?.slice(0, 60) ?? '',
  },
  api_keys: {
    one: 'key',
    many: 'keys',
    key: (row) => row.id,
    name: (row) => row.name ?? row.id,
  },
  analytics_users: {
    one: 'line',
    many: 'lines',
    key: (row) => joined(row.email, row.on),
    name: (row) => words(row.email, row.on),
  },
  analytics_connectors: {
    one: 'line',
    many: 'lines',
    key: (row) => joined(row.connectorId ?? row.connector, row.user, row.on),
    name: (row) => words(row.connector, row.user, row.on),
  },
  analytics_summaries: {
    one: 'day',
    many: 'days',
    key: (row) => row.on,
    name: (row) => row.on,
  },
  telemetry: {
    one: 'event',
    many: 'events',
    key: (row) => row.id,
    name: (row) => words(typeWords(row.type), row.at),
    about: (row) => words(row.person, row.connector, row.tool),
  },
  claude_roles: {
    one: 'permission',
    many: 'permissions',
    key: (row) => joined(row.organization, row.id, permissionWords(row)),
    name: (row) => row.name ?? row.id,
    about: permissionWords,
  },
  claude_groups: {
    one: 'member of a group',
    many: 'members of groups',
    key: (row) => joined(row.id, memberWords(row)),
    name: (row) => row.name ?? row.id,
    about: memberWords,
  },
  connectors: {
    one: 'action',
    many: 'actions',
    key: (row) => joined(row.connector, row.action),
    name: (row) => words(row.connector, row.action),
    about: (row) => words(row.stateText ?? row.state),
  },
  acknowledgements: {
    one: 'acknowledgement',
    many: 'acknowledgements',
    key: (row) => joined(row.email ?? row.name, row.version, row.on),
    name: (row) => row.name ?? row.email ?? 'Someone without a name',
    about: (row) => words(row.version, row.on),
  },
  dns: {
    one: 'answer',
    many: 'answers',
    key: (row) => row.domain,
    name: (row) => row.domain,
    about: (row) => words(row.outcome.replace('_', ' ')),
  },
  ai_traffic: {
    one: 'use of a tool',
    many: 'uses of tools',
    key: (row) =>
      joined(row.on, row.tool, row.host, row.person, row.device, row.place, row.organization, row.first),
    name: (row) => words(row.host, row.person ?? row.device, row.on),
    about: (row) => words(row.place),
  },
  subscribed_skus: {
    one: 'license',
    many: 'licenses',
    key: (row) => row.partNumber,
    name: (row) => row.partNumber,
    about: (row) => (row.enabledUnits === null ? '' : `${row.consumedUnits ?? '?'} of ${row.enabledUnits}`),
  },
  entra_users: {
    one: 'user',
    many: 'users',
    key: (row) => row.id ?? row.upn ?? row.mail ?? '',
    name: (row) => row.name ?? row.upn ?? row.mail ?? 'Someone without a name',
    about: (row) => words(row.userType, row.enabled === false ? 'blocked' : null),
  },
  entra_groups: {
    one: 'group',
    many: 'groups',
    key: (row) => row.id ?? row.name,
    name: (row) => row.name,
    about: (row) => (row.members === null ? '' : `${row.members.length} members`),
  },
  entra_roles: {
    one: 'role assignment',
    many: 'role assignments',
    key: (row) => `${row.role} ${row.principal} ${row.scope ?? ''}`.toLowerCase(),
    name: (row) => row.principal,
    about: (row) => roleWords(row.role),
  },
  ca_policies: {
    one: 'policy',
    many: 'policies',
    key: (row) => row.id ?? row.name,
    name: (row) => row.name,
    about: (row) => words(row.state, 'unread' in row ? 'cannot be read' : null),
  },
  named_locations: {
    one: 'location',
    many: 'locations',
    key: (row) => row.id ?? row.name,
    name: (row) => row.name,
  },
  service_principals: {
    one: 'application',
    many: 'applications',
    key: (row) => row.appId,
    name: (row) => row.name,
  },
  permission_grants: {
    one: 'grant',
    many: 'grants',
    key: (row) => row.id ?? joined(row.clientId, row.resourceId, row.principalId, row.consentType),
    name: (row) => words(row.clientId, row.scopes.join(' ')),
  },
  app_assignments: {
    one: 'assignment',
    many: 'assignments',
    key: (row) => joined(row.resourceId, row.principalId ?? row.principalName),
    name: (row) => row.principalName ?? row.principalId ?? row.resourceId,
    about: (row) => words(row.principalType),
  },
  sign_ins: {
    one: 'sign-in',
    many: 'sign-ins',
    key: (row) => joined(row.at, row.upn, row.appId, row.resourceId, row.ip),
    name: (row) => words(row.upn, row.appName, row.at),
  },
  security_defaults: {
    one: 'answer',
    many: 'answers',
    key: () => 'security defaults',
    name: () => 'Security defaults',
    about: (row) => (row.enabled === null ? '' : row.enabled ? 'on' : 'off'),
  },
  directory_audits: {
    one: 'change',
    many: 'changes',
    key: (row) => row.id ?? joined(row.at, row.activity, row.actor, row.targets[0]?.id),
    name: (row) => words(row.activity, row.targets[0]?.name, row.at),
    about: (row) => words(row.actor),
  },
  managed_devices: {
    one: 'device',
    many: 'devices',
    key: (row) => row.id,
    name: (row) => row.name ?? row.id,
    about: (row) => words(row.upn, row.compliance),
  },
  risky_users: {
    one: 'user',
    many: 'users',
    key: (row) => row.id ?? row.upn ?? '',
    name: (row) => row.upn ?? row.name ?? 'Someone without a name',
    about: (row) => words(row.level, row.state),
  },
  risk_detections: {
    one: 'detection',
    many: 'detections',
    key: (row) => row.id ?? joined(row.at, row.upn, row.type),
    name: (row) => words(row.upn, row.type, row.at),
    about: (row) => words(row.level, row.state),
  },
  auth_methods: {
    one: 'account',
    many: 'accounts',
    key: (row) => row.id ?? row.upn ?? '',
    name: (row) => row.upn ?? row.id ?? 'Someone without a name',
    about: (row) => words(...row.methods),
  },
  entra_domains: {
    one: 'domain',
    many: 'domains',
    key: (row) => row.name,
    name: (row) => row.name,
    about: (row) => words(row.verified === false ? 'not verified' : null, row.authentication),
  },
  premium_use: {
    one: 'answer',
    many: 'answers',
    key: () => 'premium use',
    name: () => 'Use of Entra ID P1 and P2',
  },
  security_alerts: {
    one: 'alert',
    many: 'alerts',
    key: (row) => row.id,
    name: (row) => row.title,
    about: (row) => words(row.status, row.classification),
  },
  cloud_app_events: {
    one: 'event',
    many: 'events',
    key: (row) => row.id ?? `${row.at} ${row.action} ${row.personId ?? ''}`,
    name: (row) => row.action,
    about: (row) => words(row.app, row.person),
  },
  compliance_policies: {
    one: 'policy',
    many: 'policies',
    key: (row) => row.id,
    name: (row) => row.name,
    about: (row) => words(row.platform),
  },
  agent_packages: {
    one: 'agent',
    many: 'agents',
    key: (row) => row.id,
    name: (row) => row.name,
    about: (row) => words(row.publisher, row.blocked === true ? 'blocked' : null),
  },
  shared_sites: {
    one: 'site',
    many: 'sites',
    key: (row) => row.url,
    name: (row) => row.name ?? row.url,
    about: (row) => words(row.owner),
  },
  site_usage: {
    one: 'site',
    many: 'sites',
    key: (row) => row.id ?? row.url ?? `row ${row.row}`,
    name: (row) => row.url ?? row.ownerName ?? row.id ?? 'Concealed',
    about: (row) => words(row.owner),
  },
  site_permissions: {
    one: 'site',
    many: 'sites',
    key: (row) => row.url,
    name: (row) => row.name ?? row.url,
    about: (row) => words(row.unread === null ? null : 'not read in whole'),
  },
};

/** "64 members", "1 member". */
export function rowsWords(kind: Kind, rows: number): string {
  const { one, many } = ROW_KEYS[kind];
  return `${rows} ${rows === 1 ? one : many}`;
}

/** Display name of a field of a row, or column. */
const FIELD_WORDS: Readonly<Record<string, string>> = {
  email: 'Email address',
  emails: 'Email addresses',
  otherEmail: 'Other email address',
  firstName: 'First name',
  lastName: 'Last name',
  seat: 'Seat type',
  status: 'Status',
  joinedBy: 'How they joined',
  addedOn: 'Added on',
  lastActiveOn: 'Last active',
  roleText: 'Role as written',
  stateText: 'State as written',
  stateOfKind: 'State of all tools of a kind',
  documentType: 'Policy or training',
  upn: 'User principal name',
  ip: 'Network address',
  at: 'When',
  id: 'Id',
  netUsd: 'Net cost in US dollars',
  grossUsd: 'Gross cost in US dollars',
  inWorkspace: 'In this organization',
  startsOn: 'First day',
  endsOn: 'Last day',
  on: 'Day',
};

/** "lastActiveOn" becomes "Last active"; a field without its own name is spelled out. */
export function fieldWords(field: string): string {
  const known = ownValue(FIELD_WORDS, field);
  if (known !== undefined) return known;
  const spelled = field
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return spelled.charAt(0).toUpperCase() + spelled.slice(1);
}
