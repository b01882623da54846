import type { client } from '../../api.ts';
import type { Section } from './sections.ts';

export type Choices = Awaited<ReturnType<typeof client.charter.choices>>;
/** Lists to choose from. */
export type ChoiceList = Exclude<keyof Choices, 'connectors' | 'domains'>;

export interface FormField {
  /** Path in the charter. */
  readonly path: readonly string[];
  /** The path as a string, which names the field in the form. */
  readonly key: string;
  readonly label: string;
  /**
   * yesno has "not decided" as its third state; percent is kept as a share; one and many are picked and may be typed;
   * boxes are picked only; rows is a list of entries with fields of their own; nothing says that there are none.
   */
  readonly kind:
    | 'text'
    | 'long'
    | 'number'
    | 'percent'
    | 'yesno'
    | 'choice'
    | 'day'
    | 'one'
    | 'many'
    | 'boxes'
    | 'rows'
    | 'nothing';
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** Options provided by the server. */
  readonly from?: ChoiceList | 'domains';
  readonly hint?: string;
  /** Instead of the hint while there is nothing to choose from. */
  readonly unlisted?: string;
  /** For a list: "none" cannot be distinguished from "not stated". */
  readonly none?: false;
  /** Unit of a number. */
  readonly unit?: string;
  /** The enclosing group is invalid without this field. */
  readonly needed?: true;
  /** Fields of each entry, with paths relative to the entry, and the noun for one entry. */
  readonly rows?: readonly FormField[];
  readonly noun?: string;
  /** Key of the field that is filled with the name of the person picked here. */
  readonly names?: string;
}

type More = Partial<Omit<FormField, 'path' | 'key' | 'label' | 'kind'>>;

export function fieldAt(
  kind: FormField['kind'],
  path: readonly string[],
  label: string,
  more: More = {},
): FormField {
  return { kind, path, key: path.join('.'), label, ...more };
}

const field = (kind: FormField['kind'], path: string, label: string, more: More = {}) =>
  fieldAt(kind, path.split('.'), label, more);
const choice = (path: string, label: string, choices: Readonly<Record<string, string>>, more: More = {}) =>
  field('choice', path, label, { choices: listOf(choices), ...more });
const listOf = (choices: Readonly<Record<string, string>>) =>
  Object.entries(choices).map(([value, label]) => ({ value, label }));
const NEEDED = { needed: true } as const;
const DAYS = { unit: 'days' } as const;

/** The form of each part. Parts of the draft that it does not show are preserved. */
export const FORMS: Readonly<Record<Section, readonly FormField[]>> = {
  people: [
    field('one', 'accountOwner', 'Account owner', {
      from: 'people',
      hint: 'An address on the client’s domain; a dedicated mailbox is better than a personal one',
    }),
    field('many', 'owners', 'Owners', { from: 'people', hint: 'Everyone who should be an Owner' }),
    field('many', 'admins', 'Admins', { from: 'people' }),
    field('number', 'maxOwners', 'Maximum number of Owners', {
      hint: 'Including the Primary Owner; if left empty, two',
    }),
    field('text', 'maxOwnersReason', 'Reason for more than two Owners'),
    field('many', 'inviteDomains', 'Domains that may be invited', { from: 'domains' }),
    choice('seatsFor', 'Who gets a seat', { everyone: 'Everyone', on_request: 'On request' }),
    choice('provisioning', 'How people join', {
      invite: 'By invitation',
      jit: 'On first sign-in',
      scim: 'Directory sync',
    }),
    field('yesno', 'ssoRequired', 'Single sign-on is required'),
    field('yesno', 'domainCapture.capture', 'Personal accounts are captured', NEEDED),
    field('day', 'domainCapture.on', 'Date of the decision to capture them', NEEDED),
    field('text', 'domainCapture.by', 'Who decided to capture them', NEEDED),
    field('text', 'domainCapture.approvedBy', 'Who approved capturing them', NEEDED),
    field('one', 'governanceOwner.email', 'Governance owner', {
      from: 'people',
      names: 'governanceOwner.name',
    }),
    field('text', 'governanceOwner.name', 'Name of the governance owner', NEEDED),
    field('one', 'governanceDeputy.email', 'Deputy governance owner', {
      from: 'people',
      names: 'governanceDeputy.name',
    }),
    field('text', 'governanceDeputy.name', 'Name of the deputy', NEEDED),
    field('long', 'recoveryPlan', 'How the organization regains access if the owner’s account is lost', {
      hint: 'Who holds the account owner’s mailbox, and who may reset it',
    }),
    field('many', 'approvedApiKeys', 'API keys that should exist', { from: 'apiKeys' }),
    field('yesno', 'contentAccess.allowed', 'Other people’s conversations may be read', NEEDED),
    field('many', 'contentAccess.approvers', 'Who must agree to that', { from: 'people' }),
    field('boxes', 'contentKept.of', 'Which text people write is kept', {
      from: 'textKinds',
      needed: true,
    }),
    field('boxes', 'contentKept.from', 'Text is kept from', { from: 'textSources', needed: true }),
    field('text', 'contentKept.purpose', 'Text is kept for', NEEDED),
    field('number', 'contentKept.days', 'Each text is kept for', { ...DAYS, ...NEEDED, hint: '90 at most' }),
    field('day', 'contentKept.until', 'Last day for which text is kept', NEEDED),
    field('many', 'contentKept.approvedBy', 'Who approved keeping text', {
      from: 'people',
      needed: true,
      hint: 'Two people. Text is kept only if conversations may be read and the notice to staff names their content.',
    }),
  ],
  limits: [
    field('number', 'usageMinimumDays', 'Minimum use before anyone is compared', DAYS),
    field('number', 'usageFactor', 'Review usage above', { unit: 'times the average' }),
    field('number', 'reviewDays.monthly', 'Days between monthly reviews', DAYS),
    field('number', 'reviewDays.quarterly', 'Days between quarterly reviews', DAYS),
    field('number', 'reviewDays.scopes', 'Days between reviews of permissions in Entra', DAYS),
    field('number', 'auditRetentionDays', 'Audit records are kept for', DAYS),
    field('number', 'chatRetentionDays', 'Chats are kept for', { ...DAYS, hint: '0: no limit' }),
    field('text', 'telemetry.endpoint', 'Cowork telemetry goes to', {
      needed: true,
      hint: 'Name or address of the system that receives it',
    }),
    field('day', 'telemetry.since', 'Cowork telemetry since'),
  ],
  ams: [
    field('text', 'ams.name', 'Membership system', NEEDED),
    field('boxes', 'ams.methods', 'How Claude reaches it', {
      needed: true,
      choices: listOf({
        custom_mcp: 'Your own server (MCP)',
        manual_upload: 'Exports uploaded manually',
        bedrock: 'Agents in your own cloud (Bedrock)',
        none: 'None: it is not used with Claude',
      }),
    }),
    field('day', 'ams.vendorConsulted.on', 'Vendor consulted on', NEEDED),
    field('text', 'ams.vendorConsulted.contact', 'Contact at the vendor', NEEDED),
    field('long', 'ams.vendorConsulted.outcome', 'Outcome', NEEDED),
    field('text', 'ams.serviceAccount.name', 'Account it uses', NEEDED),
    field('yesno', 'ams.serviceAccount.readOnly', 'That account is read-only', NEEDED),
    field('yesno', 'ams.serviceAccount.admin', 'That account is an administrator', NEEDED),
    field('day', 'ams.serviceAccount.reviewed', 'That account’s rights reviewed on', NEEDED),
    field('text', 'ams.agent.account', 'AWS account of a Bedrock agent', NEEDED),
    field('text', 'ams.agent.name', 'Name of that agent', NEEDED),
    field('text', 'ams.agent.scopes', 'What it may do in the membership system', NEEDED),
    field('yesno', 'ams.agent.readOnly', 'That agent is read-only', NEEDED),
    field('day', 'ams.agent.reviewed', 'That agent’s rights reviewed on', NEEDED),
    field('yesno', 'ams.privateNetwork', 'It is in a private network'),
    field('day', 'ams.egressAllowlisted', 'Restricted to Claude’s IP addresses since'),
  ],
  devices: [
    field('yesno', 'network.tenantRestriction', 'Other Claude organizations are blocked'),
    field('many', 'network.otherOrganizations', 'IDs of other Claude organizations that are allowed', {
      hint: 'For example, an organization in the Claude Console. Yours is allowed without being listed here.',
    }),
    field('yesno', 'network.blockClaude', 'The network blocks Claude'),
    field('text', 'network.allowlistForManagedDevices', 'How managed devices get past the block'),
    field('yesno', 'contentChecks.blockUnchecked', 'Anything that cannot be checked in time is blocked', {
      hint: 'Applies to the inference hook and the gateway check, if they are set to refuse',
    }),
    field('yesno', 'desktopUpdates.automatic', 'Claude Desktop updates automatically', NEEDED),
    field('yesno', 'desktopOrgLock', 'The desktop app signs in only to this organization'),
    field('text', 'claudeOrganization', 'ID of the Claude organization', {
      hint: 'Claude: Organization settings > Organization, at the bottom',
    }),
    field('many', 'desktopExtensions', 'Desktop extensions that may be installed'),
    field('yesno', 'localMcpAllowed', 'MCP servers may run on people’s own computers'),
    field('yesno', 'claudeInChromeAllowed', 'Claude in Chrome may be used'),
    field('yesno', 'cowork.enabled', 'Cowork is on', NEEDED),
    field('yesno', 'cowork.runInCloud', 'Cowork runs in the cloud', NEEDED),
    field('yesno', 'cowork.automaticApproval', 'Cowork approves its own steps', NEEDED),
    field('yesno', 'cowork.alwaysAllow', 'Always allow can be chosen in Cowork', NEEDED),
  ],
  microsoft: [
    field('one', 'entra.ssoAppId', 'Claude sign-in application', {
      from: 'applications',
      unlisted: 'Listed by name once the list of enterprise applications is imported',
    }),
    field('many', 'entra.connectorScopes', 'Intended permissions of the Microsoft 365 connector', {
      hint: 'As Entra spells them, for example, Sites.Read.All',
    }),
    field('one', 'entra.consentBy', 'Account chosen to give consent', { from: 'accounts' }),
    field('many', 'entra.emergencyAccess.groups', 'Emergency access groups', { from: 'groups' }),
    field('many', 'entra.emergencyAccess.users', 'Emergency access accounts', { from: 'accounts' }),
    field('text', 'entra.policyNames', 'Naming pattern of the Claude policies in Entra', {
      hint: '{policy} is replaced with the guide’s name, for example, CA - {policy}',
    }),
    field('number', 'entra.keptOutPercent', 'Maximum number of people a policy may lock out when enabled', {
      unit: '%',
    }),
    field('rows', 'entra.approvedExclusions', 'Deliberately excluded from policies', {
      noun: 'exclusion',
      rows: [
        field('one', 'id', 'Person or group', {
          from: 'accounts',
          needed: true,
          hint: 'An account, or the name of a group as Entra spells it',
        }),
        field('long', 'reason', 'Why', NEEDED),
        field('day', 'until', 'Until', NEEDED),
      ],
    }),
  ],
  policy: [
    field('text', 'policy.version', 'Policy version', NEEDED),
    field('day', 'policy.published', 'Published on', NEEDED),
    field('text', 'policy.approvedBy', 'Approved by'),
    field('number', 'policy.distributedTo', 'It was sent to', { unit: 'people' }),
    field('text', 'policy.contact', 'Contact for questions', {
      hint: 'Name with email address or phone number',
    }),
    field('boxes', 'policy.clauses', 'Clauses it contains', { from: 'clauses' }),
    field('boxes', 'policy.noticeCovers', 'What the notice to staff covers', { from: 'notice' }),
    field('percent', 'policy.targetShare', 'Share of seat holders who must acknowledge it', { unit: '%' }),
    field('percent', 'policy.quizShare', 'Correct answers required in the training', { unit: '%' }),
    field('day', 'policy.employmentAgreementClause', 'Employment agreements have included the clause since'),
    field('boxes', 'incidentPlan.types', 'Planned incident types', { from: 'incidents', needed: true }),
    field('many', 'incidentPlan.contacts', 'Contacts for incidents', { from: 'people', needed: true }),
    field('day', 'incidentPlan.reviewed', 'Incident plan reviewed on', NEEDED),
    field('yesno', 'offboardingTemplate.includesClaude', 'The offboarding template includes Claude', NEEDED),
    field('day', 'offboardingTemplate.reviewed', 'Offboarding template reviewed on', NEEDED),
  ],
  who: [
    field('many', 'people.shared', 'Shared mailboxes', { from: 'people' }),
    field('many', 'people.service', 'Service accounts', { from: 'people' }),
    field('many', 'people.guests', 'Guests', { from: 'people' }),
  ],
  exceptions: [
    field('rows', 'exceptions', 'Exceptions', {
      noun: 'exception',
      rows: [
        field('one', 'control', 'Control', { from: 'controls', needed: true }),
        field('many', 'items', 'Only for', {
          none: false,
          hint: 'Addresses, connectors or policies it covers. If empty: the whole control',
        }),
        field('text', 'owner', 'Owner', { needed: true, hint: 'Who is accountable for it' }),
        field('day', 'until', 'Accepted until', NEEDED),
        field('long', 'reason', 'Why', NEEDED),
      ],
    }),
  ],
};

export const ALL_FIELDS: readonly FormField[] = [
  // Whether there are exceptions is a separate question.
  ...Object.values(FORMS)
    .flat()
    .filter(({ key }) => key !== 'exceptions'),
  field('nothing', 'exceptions', 'There are no exceptions'),
];
