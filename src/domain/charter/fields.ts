import { CONTENT_KIND_WORDS, CONTENT_SOURCE_WORDS } from '../activity/text.ts';
import { ownValue } from '../model/own-value.ts';
import { WIDTH_WORDS } from '../rules/connectors/width.ts';
import { dayWords } from '../text/words.ts';

/** Areas of a charter, in display order. */
export const AREAS = [
  'connectors',
  'people',
  'limits',
  'exceptions',
  'devices',
  'microsoft',
  'policy',
] as const;
export type CharterArea = (typeof AREAS)[number];

export const AREA_WORDS: Readonly<Record<CharterArea, string>> = {
  connectors: 'Connectors and actions',
  people: 'People and accounts',
  limits: 'Thresholds and reviews',
  exceptions: 'Exceptions',
  devices: 'Gateway, network and devices',
  microsoft: 'Microsoft Entra',
  policy: 'Policy, incidents and offboarding',
};

/** Which direction of a change lets Claude, or people with it, do more. */
type Wider = 'more' | 'less' | 'true' | 'false' | 'entry' | null;

export interface Field {
  readonly label: string;
  readonly area: CharterArea;
  /** more, less: a higher or lower number is looser; true, false: that value is; entry: each additional entry is. */
  readonly wider: Wider;
  readonly unit?: string;
}

const field = (area: CharterArea, label: string, wider: Wider = null, unit?: string): Field => ({
  area,
  label,
  wider,
  ...(unit === undefined ? {} : { unit }),
});

/** Every value of a charter by its path; `*` stands for the name of an entry or key. */
export const FIELDS: Readonly<Record<string, Field>> = {
  connectors: field('connectors', 'Connectors'),
  'connectors.*': field('connectors', 'Connector', 'entry'),
  'connectors.*.kind': field('connectors', 'kind'),
  'connectors.*.url': field('connectors', 'address'),
  'connectors.*.sensitivity': field('connectors', 'sensitivity'),
  'connectors.*.holdsMemberData': field('connectors', 'holds data of members', 'false'),
  'connectors.*.isAms': field('connectors', 'is the membership system', 'false'),
  'connectors.*.actions.*': field('connectors', 'action'),
  'connectors.*.effects.*': field('connectors', 'what it does'),
  'connectors.*.justifications.*': field('connectors', 'reason'),
  'connectors.*.actionsClassified': field('connectors', 'actions classified on'),
  'connectors.*.sourceReviewed': field('connectors', 'rights in the source reviewed on'),
  'connectors.*.securityReview.on': field('connectors', 'security review on'),
  'connectors.*.securityReview.by': field('connectors', 'security review signed by'),
  'connectors.*.securityReview.vendorContact': field('connectors', 'security review, contact at the vendor'),
  desktopExtensions: field('connectors', 'Desktop extensions'),
  'desktopExtensions.*': field('connectors', 'Desktop extension', 'entry'),
  localMcpAllowed: field('connectors', 'MCP servers on people’s own computers are allowed', 'true'),
  'cowork.enabled': field('connectors', 'Cowork is on', 'true'),
  'cowork.runInCloud': field('connectors', 'Cowork runs in the cloud', 'true'),
  'cowork.automaticApproval': field('connectors', 'Cowork approves its own steps', 'true'),
  'cowork.alwaysAllow': field('connectors', 'Always allow can be chosen in Cowork', 'true'),
  claudeInChromeAllowed: field('connectors', 'Claude in Chrome is allowed', 'true'),
  'ams.name': field('connectors', 'Membership system'),
  'ams.methods': field('connectors', 'Ways to the membership system'),
  'ams.methods.*': field('connectors', 'Way to the membership system', 'entry'),
  'ams.vendorConsulted.on': field('connectors', 'Vendor of the membership system consulted on'),
  'ams.vendorConsulted.contact': field('connectors', 'Contact at the vendor of the membership system'),
  'ams.vendorConsulted.outcome': field('connectors', 'Outcome with the vendor of the membership system'),
  'ams.serviceAccount.name': field('connectors', 'Account behind the membership system'),
  'ams.serviceAccount.readOnly': field('connectors', 'That account is read-only', 'false'),
  'ams.serviceAccount.admin': field('connectors', 'That account is an administrator', 'true'),
  'ams.serviceAccount.reviewed': field('connectors', 'That account’s rights reviewed on'),
  'ams.agent.account': field('connectors', 'AWS account of the agent'),
  'ams.agent.name': field('connectors', 'Agent in your own cloud'),
  'ams.agent.scopes': field('connectors', 'Scopes of the agent at the membership system'),
  'ams.agent.readOnly': field('connectors', 'That agent is read-only', 'false'),
  'ams.agent.reviewed': field('connectors', 'Scopes of that agent reviewed on'),
  'ams.privateNetwork': field('connectors', 'Membership system is in a private network', 'false'),
  'ams.egressAllowlisted': field('connectors', 'Restricted to Claude’s IP addresses since'),

  claudeOrganization: field('devices', 'ID of the Claude organization'),
  accountOwner: field('people', 'Account owner'),
  recoveryPlan: field('people', 'Recovery plan'),
  owners: field('people', 'Owners'),
  'owners.*': field('people', 'Owner', 'entry'),
  admins: field('people', 'Admins'),
  'admins.*': field('people', 'Admin', 'entry'),
  maxOwners: field('people', 'Maximum number of Owners', 'more'),
  maxOwnersReason: field('people', 'Reason for more than two Owners'),
  inviteDomains: field('people', 'Domains that may be invited'),
  'inviteDomains.*': field('people', 'Domain that may be invited', 'entry'),
  seatsFor: field('people', 'Who gets a seat'),
  provisioning: field('people', 'How people join'),
  ssoRequired: field('people', 'Single sign-on is required', 'false'),
  'domainCapture.capture': field('people', 'Personal accounts are captured'),
  'domainCapture.on': field('people', 'Domain capture decided on'),
  'domainCapture.by': field('people', 'Domain capture decided by'),
  'domainCapture.approvedBy': field('people', 'Domain capture approved by'),
  'governanceOwner.name': field('people', 'Governance owner'),
  'governanceOwner.email': field('people', 'Governance owner, email'),
  'governanceDeputy.name': field('people', 'Deputy governance owner'),
  'governanceDeputy.email': field('people', 'Deputy governance owner, email'),
  approvedApiKeys: field('people', 'API keys'),
  'approvedApiKeys.*': field('people', 'API key', 'entry'),
  'contentAccess.allowed': field('people', 'Other people’s conversations may be read', 'true'),
  'contentAccess.approvers': field('people', 'Who agrees to reading conversations'),
  'contentAccess.approvers.*': field('people', 'Agrees to reading conversations'),
  'contentKept.of': field('people', 'Text that is kept'),
  'contentKept.of.*': field('people', 'Text that is kept', 'entry'),
  'contentKept.from': field('people', 'Text is kept from'),
  'contentKept.from.*': field('people', 'Text is kept from', 'entry'),
  'contentKept.purpose': field('people', 'Text is kept for'),
  'contentKept.days': field('people', 'Text is kept', 'more', 'days'),
  'contentKept.until': field('people', 'Last day for which text is kept', 'more'),
  'contentKept.approvedBy': field('people', 'Who approved keeping text'),
  'contentKept.approvedBy.*': field('people', 'Approved that text is kept'),
  'people.same': field('people', 'One person'),
  'people.same.*': field('people', 'One person'),
  'people.different': field('people', 'Different people'),
  'people.different.*': field('people', 'Different people'),
  'people.shared': field('people', 'Shared mailboxes'),
  'people.shared.*': field('people', 'Shared mailbox'),
  'people.service': field('people', 'Service accounts'),
  'people.service.*': field('people', 'Service account'),
  'people.guests': field('people', 'Guests'),
  'people.guests.*': field('people', 'Guest'),

  usageMinimumDays: field('limits', 'Days of use before anyone is compared', 'more', 'days'),
  usageFactor: field('limits', 'Usage is reviewed above', 'more', 'times the average'),
  'reviewDays.monthly': field('limits', 'Days between monthly reviews', 'more', 'days'),
  'reviewDays.quarterly': field('limits', 'Days between quarterly reviews', 'more', 'days'),
  'reviewDays.scopes': field('limits', 'Days between reviews of scopes', 'more', 'days'),
  auditRetentionDays: field('limits', 'Audit records are kept', 'less', 'days'),
  chatRetentionDays: field('limits', 'Chats are kept', null, 'days'),
  'telemetry.endpoint': field('limits', 'Cowork telemetry goes to'),
  'telemetry.since': field('limits', 'Cowork telemetry since'),

  exceptions: field('exceptions', 'Exceptions'),
  'exceptions.*': field('exceptions', 'Exception', 'entry'),
  'exceptions.*.reason': field('exceptions', 'reason'),
  'exceptions.*.owner': field('exceptions', 'owner'),
  'exceptions.*.from': field('exceptions', 'first day'),
  'exceptions.*.until': field('exceptions', 'last day', 'more'),
  'exceptions.*.approvedBy': field('exceptions', 'approved by'),
  invariantExceptions: field('exceptions', 'Permissions wider than the invariants allow'),
  'invariantExceptions.*': field('exceptions', 'Wider than the invariants', 'entry'),
  'invariantExceptions.*.until': field('exceptions', 'last day', 'more'),
  'invariantExceptions.*.reason': field('exceptions', 'reason'),

  'network.tenantRestriction': field('devices', 'Other Claude organizations are refused', 'false'),
  'network.otherOrganizations': field('devices', 'Other Claude organizations that are allowed'),
  'network.otherOrganizations.*': field('devices', 'Other Claude organization that is allowed', 'entry'),
  'network.blockClaude': field('devices', 'The network blocks Claude', 'false'),
  'network.allowlistForManagedDevices': field('devices', 'Who is exempt from the block'),
  aiTools: field('devices', 'Decisions on other AI tools'),
  'aiTools.*': field('devices', 'Decision on an AI tool'),
  'aiTools.*.decision': field('devices', 'decision'),
  'aiTools.*.until': field('devices', 'last day', 'more'),
  'aiTools.*.on': field('devices', 'decided on'),
  'aiTools.*.by': field('devices', 'decided by'),
  'aiTools.*.reason': field('devices', 'reason'),
  'desktopUpdates.automatic': field('devices', 'Claude Desktop updates automatically', 'false'),
  'desktopUpdates.withinHours': field('devices', 'Hours until an update is enforced', 'more', 'hours'),
  'contentChecks.blockUnchecked': field('devices', 'What cannot be checked is blocked', 'false'),
  desktopOrgLock: field('devices', 'Desktop app signs in only to this organization', 'false'),

  'entra.ssoAppId': field('microsoft', 'Claude sign-in application'),
  'entra.connectorScopes': field('microsoft', 'Scopes of the connector'),
  'entra.connectorScopes.*': field('microsoft', 'Scope of the connector', 'entry'),
  'entra.consentBy': field('microsoft', 'Consent given by'),
  'entra.emergencyAccess.groups': field('microsoft', 'Emergency access groups'),
  'entra.emergencyAccess.groups.*': field('microsoft', 'Emergency access group', 'entry'),
  'entra.emergencyAccess.users': field('microsoft', 'Emergency access accounts'),
  'entra.emergencyAccess.users.*': field('microsoft', 'Emergency access account', 'entry'),
  'entra.approvedExclusions': field('microsoft', 'Left out of policies'),
  'entra.approvedExclusions.*': field('microsoft', 'Left out of policies', 'entry'),
  'entra.approvedExclusions.*.reason': field('microsoft', 'reason'),
  'entra.approvedExclusions.*.until': field('microsoft', 'last day', 'more'),
  'entra.enableOn.*': field('microsoft', 'Policy enabled on', 'more'),
  'entra.policyNames': field('microsoft', 'Names of policies'),
  'entra.keptOutPercent': field('microsoft', 'People whom a policy may lock out', null, '%'),

  'policy.version': field('policy', 'Policy version'),
  'policy.published': field('policy', 'Policy published on'),
  'policy.approvedBy': field('policy', 'Policy approved by'),
  'policy.distributedTo': field('policy', 'Policy given to', null, 'people'),
  'policy.contact': field('policy', 'Policy contact'),
  'policy.clauses': field('policy', 'Clauses of the policy'),
  'policy.clauses.*': field('policy', 'Clause of the policy'),
  'policy.noticeCovers': field('policy', 'What the notice to staff covers'),
  'policy.noticeCovers.*': field('policy', 'The notice to staff names'),
  'policy.targetShare': field('policy', 'Share of seat holders who acknowledge it', 'less'),
  'policy.quizShare': field('policy', 'Share of questions to pass the training', 'less'),
  'policy.employmentAgreementClause': field('policy', 'Employment agreements have included the clause since'),
  'incidentPlan.types': field('policy', 'Planned incident types'),
  'incidentPlan.types.*': field('policy', 'Incident that is planned for'),
  'incidentPlan.contacts': field('policy', 'Contacts for incidents'),
  'incidentPlan.contacts.*': field('policy', 'Contact for incidents'),
  'incidentPlan.reviewed': field('policy', 'Incident plan reviewed on'),
  'offboardingTemplate.includesClaude': field('policy', 'Offboarding includes Claude', 'false'),
  'offboardingTemplate.reviewed': field('policy', 'Offboarding template reviewed on'),
};

/** Labels of enumerated values, permissions included. */
const CHOICES: Readonly<Record<string, string>> = {
  ...WIDTH_WORDS,
  ...CONTENT_KIND_WORDS,
  ...CONTENT_SOURCE_WORDS,
  directory: 'Anthropic’s directory',
  custom: 'Custom server',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  everyone: 'Everyone',
  on_request: 'On request',
  invite: 'By invitation',
  jit: 'On first sign-in',
  scim: 'Directory sync',
  approved: 'Approved',
  tolerated: 'Tolerated until a date',
  forbidden: 'Forbidden',
  custom_mcp: 'Your own server (MCP)',
  manual_upload: 'Exports uploaded manually',
  bedrock: 'Agents in your own cloud (Bedrock)',
  none: 'None',
};
const CHOSEN: ReadonlySet<string> = new Set([
  'connectors.*.kind',
  'connectors.*.sensitivity',
  'connectors.*.actions.*',
  'seatsFor',
  'provisioning',
  'ams.methods.*',
  'contentKept.of.*',
  'contentKept.from.*',
  'aiTools.*.decision',
]);

/** A value as shown to people. Text written by a person stays as it is. */
export function valueWords(pattern: string, value: unknown): string {
  const unit = ownValue(FIELDS, pattern)?.unit;
  if (value === true) return 'Yes';
  if (value === false) return 'No';
  if (typeof value === 'number') {
    if (pattern === 'chatRetentionDays' && value === 0) return 'Without limit';
    if (pattern === 'policy.targetShare' || pattern === 'policy.quizShare')
      return `${Math.round(value * 1000) / 10}%`;
    return unit === undefined ? String(value) : `${value} ${unit}`;
  }
  if (Array.isArray(value)) return value.join(', ');
  const text = String(value);
  if (CHOSEN.has(pattern)) return ownValue(CHOICES, text) ?? text;
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayWords(text) : text;
}
