import { type Permission, ROLE_WORDS, type Role } from './permissions.ts';

/** Permissions in words, to follow "May" or "May not". */
export const PERMISSION_WORDS: Readonly<Record<Permission, string>> = {
  'client.read': 'open the client',
  'client.edit': 'change the client: name, logo, profile, settings',
  'client.remove': 'remove the client with all of its data',
  'controls.read': 'see controls, their verdicts and reasons',
  'people.read': 'see people: roster, seats and differences',
  'people.decide': 'decide who is who',
  'imports.read': 'see imports and what they contained',
  'imports.write': 'import the staff roster and lists of policy acknowledgments',
  'imports.any_kind': 'import every other kind of file',
  'attestations.read': 'see attestations',
  'attestations.write': 'attest what was seen, and withdraw it',
  'exceptions.read': 'see exceptions',
  'exceptions.request': 'ask for an exception',
  'exceptions.approve': 'approve, refuse and end exceptions',
  'activity.read': 'see what happened in Claude, and who uses it how much',
  'content.open': 'open text of an event, with a reason, if the charter allows it to be kept',
  'alerts.read': 'see alerts and the rules that raise them',
  'alerts.decide': 'settle alerts',
  'incidents.read': 'see incidents and drills, except for confidential answers',
  'incidents.lead': 'open incidents and drills and record their steps',
  'incidents.close': 'close incidents, and agree to skip a step',
  'detections.edit': 'switch rules on and off, tune and silence them',
  'connections.read': 'see which systems a client is connected to',
  'connections.edit': 'connect and disconnect systems, and give out their keys',
  'requests.ask':
    'see which connectors are approved, ask for one, see their own requests, and prepare exports on record',
  'requests.read': 'see every request for a connector',
  'requests.review': 'answer the questions of a request’s review',
  'requests.decide': 'approve or refuse a request for a connector',
  'charter.read': 'see the charter and its drafts',
  'charter.edit': 'draft and propose changes to the charter',
  'charter.approve': 'approve or refuse a draft of the charter',
  'policy.read': 'see the acceptable use policy and who acknowledged it',
  'policy.edit': 'write the acceptable use policy and ask staff to acknowledge it',
  'policy.approve': 'approve the acceptable use policy',
  'evidence.read': 'open evidence',
  'evidence.add': 'add evidence',
  'reports.read': 'open reports',
  'reports.make': 'make and schedule reports',
  'reports.share': 'give a link to a report to people without an account',
  'planner.read': 'see the license planner',
  'planner.edit': 'enter quotes and save comparisons in the license planner',
  'deployment.read': 'see the deployment',
  'deployment.work': 'work on the deployment: checks, handover, records, requests for an override',
  'deployment.override': 'approve or refuse starting a locked task of the deployment',
  'work.read': 'see due work and recurring tasks',
  'work.edit': 'give recurring tasks an owner and a date, and record what was done',
  'baselines.read': 'see which baseline the client follows and where it differs',
  'baselines.apply': 'apply a baseline to the client and decide on differences',
  'audit.read': 'read the audit log',
  'access.read': 'see who has access',
  'access.grant': 'give and take access',
  'clients.create': 'add clients',
  'baselines.manage': 'write and change baselines',
  'users.read': 'see every person who can sign in',
  'users.manage': 'invite, disable and give access to anyone',
  'workspace.audit': 'read the audit log of the workspace',
  'workspace.settings': 'change settings and sign-in providers',
};

interface GrantWords {
  /** null: for all clients and the workspace. */
  readonly client: { readonly name: string } | null;
  readonly effect: 'allow' | 'deny';
  readonly role: Role | null;
  /** For deny: null denies everything. */
  readonly permission: Permission | null;
}

/** "Technician, all clients" or "Denied at Harrow Guild: everything", on pages and in exported lists. */
export function grantText({ client, effect, role, permission }: GrantWords): string {
  const where = client === null ? 'all clients' : client.name;
  if (effect === 'allow')
    return `${role === null ? 'A role that is not known' : ROLE_WORDS[role].name}, ${where}`;
  const what = permission === null ? 'everything' : PERMISSION_WORDS[permission];
  return client === null ? `Denied for all clients: ${what}` : `Denied at ${where}: ${what}`;
}

/** Says so if it is unknown: Bylaw cannot see whether a provider asks for a second factor. */
export function factorWord({ secondFactor }: { readonly secondFactor: boolean | null }): string {
  if (secondFactor === null) return 'Up to the provider';
  return secondFactor ? 'Yes' : 'No';
}

export const SIGN_IN_WORDS = {
  password: 'Password',
  authenticator: 'Authenticator app',
  passkey: 'Passkey',
  provider: 'Provider',
} as const;

export const INVITATION_STATE_WORDS = {
  open: 'Open',
  accepted: 'Accepted',
  expired: 'Ran out',
  revoked: 'Revoked',
} as const;

export const TOKEN_STATE_WORDS = { active: 'Active', expired: 'Ran out', revoked: 'Revoked' } as const;

export const TOKEN_PURPOSE_WORDS = {
  cli: 'Command line',
  mcp: 'Claude, reading only',
  automation: 'A program',
  backup: 'Backups, nothing else',
} as const;
