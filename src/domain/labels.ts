import type { EntryKind } from './catalogue-changes/entries.ts';
import type { ChangeState } from './changes/states.ts';
import type { Area, Scope } from './model/catalogue.ts';
import type { SiteUnread } from './model/kinds.ts';
import type { ClaudePlan } from './model/profile.ts';
import type { Severity } from './model/verdict.ts';
import type { Difference } from './personal-accounts/difference.ts';
import type { EntryState } from './personal-accounts/register.ts';
import type { MessageKind } from './personal-accounts/steps.ts';
import type { RiskStatus } from './risks/board.ts';
import type { Opening } from './rules/microsoft/open-sites.ts';

/*
 * Labels of codes for people, shared by the pages of the console, files, reports, commands and Claude's tools. `npm run
 * check` fails if another map labels the same codes, with the same or other words.
 */

export const AREA_WORDS = {
  accounts: 'Accounts and sign-in',
  connectors: 'Connectors',
  personal_accounts: 'Personal accounts',
  visibility: 'Visibility and audit',
  microsoft: 'Microsoft 365',
  operations: 'Operations',
  policy: 'Policy',
} as const satisfies Record<Area, string>;

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

export const CLAUDE_PLAN_WORDS: Readonly<Record<ClaudePlan, string>> = {
  free_pro: 'Claude Free or Pro',
  team: 'Claude Team',
  enterprise: 'Claude Enterprise',
};

/** For use under a heading that already says that it is a Claude plan. */
export const CLAUDE_PLAN_SHORT_WORDS: Readonly<Record<ClaudePlan, string>> = {
  free_pro: 'Free or Pro',
  team: 'Team',
  enterprise: 'Enterprise',
};

/** How guide and vendor compare. */
export const FACT_WORDS = {
  agrees: 'Agrees',
  contradicts: 'Contradicts',
  narrows: 'Narrows',
  updates: 'Updates',
  adds: 'Adds',
  unconfirmed: 'Unconfirmed',
} as const;

export const RISK_STATUS_WORDS: Readonly<Record<RiskStatus, string>> = {
  open: 'Open',
  cannot_read: 'Cannot read',
  pending: 'Pending',
  accepted: 'Accepted',
  not_licensed: 'Not licensed',
  policy_only: 'Policy only',
  partly: 'In part',
  covered: 'Covered',
};

/** Scopes on the board of risks. */
export const SCOPE_WORDS: Readonly<Record<Scope, string>> = {
  account: 'Claude and sign-in',
  network: 'Managed networks',
  device: 'Managed devices',
  policy: 'Policy and people',
};

/** Kinds of catalogue entries. */
export const ENTRY_WORDS: Readonly<Record<EntryKind, string>> = {
  guide: 'Guide',
  control: 'Control',
  capability: 'Capability',
  connector: 'Connector',
  risk: 'Risk',
  clause: 'Policy clause',
  claude_plan: 'Claude plan',
  tier: 'Microsoft license',
  add_on: 'Add-on',
  sku: 'Microsoft product',
  service_plan: 'Service plan',
  journey: 'Journey',
  task: 'Deployment task',
  baseline: 'Baseline',
  message: 'Message',
  recurring_task: 'Recurring task',
};

/** Changes of an entry between two revisions of the catalogue. */
export const ENTRY_CHANGE_WORDS = { added: 'New', changed: 'Changed', removed: 'Gone' } as const;

export const MESSAGE_WORDS: Readonly<Record<MessageKind, string>> = {
  first: 'First message',
  reminder: 'Reminder',
  offer: 'Offer to move work over',
  thanks: 'Thanks',
  managers: 'Message to managers',
};

/** Kinds of work, without any content: messages say nothing else about the work. */
export const WORK_KIND_WORDS = {
  alert: 'Alert',
  incident: 'Incident',
  finding: 'Finding',
  exception_waits: 'Exception to decide',
  override_waits: 'Override to decide',
  charter_waits: 'Charter to approve',
  request_waits: 'Connector request to decide',
  change_waits: 'Change to approve',
  detection_waits: 'Change of a rule to approve',
  setting_waits: 'Change of a setting to approve',
  staff_report: 'Report from staff',
  claims_wait: 'Statements from files to confirm',
  source: 'Source that cannot be read',
  sink: 'Sink that does not send',
  exception_ends: 'Exception ends',
  request_ends: 'Approval of a connector ends',
  change_ends: 'Temporary change ends',
  attestation_ends: 'Attestation ends',
  reading_ends: 'Data expires',
  deployment_task: 'Deployment task',
  drift: 'Drift to put back',
  leaver: 'Leaving',
  joiner: 'Joining',
  recurring: 'Recurring task',
  review: 'Governance review',
  usage_file: 'Weekly usage file to review',
  report: 'Scheduled report',
  import_draft: 'Unfinished import',
} as const;

export const WORK_WHEN_WORDS = {
  overdue: 'Overdue',
  soon: 'Within 14 days',
  waiting: 'Waiting for someone',
  undated: 'Findings without a date',
  later: 'Later',
  itself: 'Happens automatically',
} as const;

/** Position of a person's weekly messages among everyone's. */
export const PEER_WORDS = {
  none: 'Sent none',
  lower: 'Lower quarter',
  middle: 'Middle half',
  upper: 'Upper quarter',
} as const;

/** The lists of people. */
export const PEOPLE_TAB_WORDS = {
  differences: 'Differences',
  has_left: 'Has left',
  not_on_roster: 'Not on roster',
  to_confirm: 'To confirm',
  no_seat: 'No seat',
  matched: 'Matched',
  everyone: 'Everyone',
  personal_accounts: 'Personal accounts',
} as const;

/** Decisions about people, after "is" or "are". */
export const PEOPLE_DECISION_WORDS = {
  same: 'the same person',
  different: 'two people',
  shared: 'a shared mailbox',
  service: 'a service account',
  guest: 'a guest',
} as const;

/** Filters of clients, after "clients". */
export const ATTENTION_WORDS = {
  critical: 'with a critical failure',
  fail: 'with any failure',
  cannot_read: 'with something that cannot be read',
  incident: 'with an open incident',
  overdue: 'with an overdue review',
  below_minimum: 'below the recommended license',
} as const;

export const EXCEPTION_STATE_WORDS = {
  requested: 'Requested',
  ending_soon: 'Ending soon',
  in_force: 'In force',
  not_yet: 'Not yet',
  ended: 'Ended',
  refused: 'Refused',
} as const;

export const ATTESTATION_STATE_WORDS = {
  current: 'Current',
  replaced: 'Replaced by a later look',
  expired: 'Expired',
  withdrawn: 'Withdrawn',
} as const;

/** A client compared with its baseline. */
export const BASELINE_STATUS_WORDS = {
  looser: 'Looser',
  stricter: 'Stricter',
  other: 'Different',
} as const;

/** States of a Conditional Access policy, as in the Entra admin center. */
export const ACCESS_POLICY_STATE_WORDS = {
  enabled: 'On',
  disabled: 'Off',
  enabledForReportingButNotEnforced: 'Report-only',
} as const;

/** Parts of a Conditional Access policy. */
export const ACCESS_PART_WORDS = {
  name: 'Name',
  state: 'State',
  includeApplications: 'Applications',
  excludeApplications: 'Applications left out',
  includeUsers: 'People',
  excludeUsers: 'Accounts left out',
  includeGroups: 'Groups',
  excludeGroups: 'Groups left out',
  includeRoles: 'Roles',
  excludeRoles: 'Roles left out',
  includeGuests: 'Guests',
  excludeGuests: 'Guests left out',
  clientAppTypes: 'Client apps',
  includePlatforms: 'Platforms',
  excludePlatforms: 'Platforms left out',
  includeLocations: 'Locations',
  excludeLocations: 'Locations left out',
  signInRiskLevels: 'Sign-in risk',
  userRiskLevels: 'User risk',
  operator: 'How the controls combine',
  controls: 'Controls',
  authenticationStrength: 'Authentication strength',
  cloudAppSecurity: 'Conditional Access App Control',
  signInFrequency: 'Sign-in frequency',
  otherSession: 'Other session controls',
  deviceFilter: 'Filter for devices',
  otherConditions: 'Other conditions',
} as const;

/** State of an email that asks to acknowledge the policy. */
export const POLICY_MAIL_WORDS = {
  sending: 'Being sent',
  sent: 'Handed to the mail server',
  failed: 'Not sent',
  unknown: 'Not known; it may have arrived',
} as const;

/** State of a change to an external system. */
export const CHANGE_STATE_WORDS: Readonly<Record<ChangeState, string>> = {
  planned: 'Planned. Someone else approves it.',
  approved: 'Approved.',
  applying: 'Being carried out.',
  waiting: 'Carried out. It is done once a later reading shows it.',
  verified: 'Done, as a later reading shows.',
  failed: 'Refused. Plan it again.',
  withdrawn: 'Withdrawn.',
};

/** What makes a SharePoint site accessible to too many people. */
export const OPENING_WORDS: Readonly<Record<Opening, string>> = {
  anyone: 'Links that anyone can open',
  everyone: 'Open to everyone, guests among them',
  organization: 'Open to everyone but guests',
  group: 'Its group is public, so it is open to everyone but guests',
  large_group: 'Open to a group of nearly everyone',
};

/** Why the document libraries of a site were not read. */
export const SITE_UNREAD_WORDS: Readonly<Record<SiteUnread | 'unlisted', string>> = {
  denied: 'Microsoft refused access to it',
  gone: 'Microsoft did not find it',
  locked: 'it is locked',
  limit: 'it has more than one reading can cover, or comes after that limit',
  failed: 'Microsoft gave no usable answer',
  unlisted: 'the list of sites no longer has it',
};

/** State of a personal account. */
export const PERSONAL_ACCOUNT_WORDS: Readonly<Record<EntryState, string>> = {
  found: 'Found',
  contacted: 'Contacted',
  migrating: 'Migrating',
  said_closed: 'Marked as closed',
  exempt: 'Exempt',
  closed: 'Closed by a report',
};

/** What a domain report changed about a personal account. */
export const ACCOUNT_CHANGE_WORDS: Readonly<Record<Difference, string>> = {
  new: 'New',
  back: 'Returned',
  unchanged: 'Unchanged',
  gone: 'Gone',
  not_told: 'Not reported',
};
