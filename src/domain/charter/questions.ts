/** Areas that group a charter's open questions, each one piece of work. */
export const QUESTION_AREAS = {
  people: 'Decide on people and accounts',
  connectors: 'Decide on connectors and what Claude may do',
  ams: 'Decide on the membership system',
  limits: 'Decide on records, thresholds and reviews',
  devices: 'Decide on network and devices',
  microsoft: 'Decide on Microsoft Entra',
  policy: 'Record the policy and the plans behind it',
} as const;
export type QuestionArea = keyof typeof QUESTION_AREAS;

/** One question that a charter answers. */
export interface CharterQuestion {
  /** Stable: used in URLs and answers. */
  readonly id: string;
  readonly area: QuestionArea;
  /** An imperative without a period: "Name the account owner". */
  readonly title: string;
  /** Paths of the charter through which controls ask it. */
  readonly asked: readonly string[];
  /** Paths that a form fills in to answer it, if they differ from `asked`. */
  readonly form?: readonly string[];
  /** Page of the client where it is answered instead, if more than one field is involved. */
  readonly page?: string;
}

const question = (
  area: QuestionArea,
  id: string,
  title: string,
  asked: readonly string[],
  more: Pick<CharterQuestion, 'form' | 'page'> = {},
): CharterQuestion => ({ id, area, title, asked, ...more });

export const CHARTER_QUESTIONS: readonly CharterQuestion[] = [
  question('people', 'account_owner', 'Name the account owner', ['accountOwner']),
  question('people', 'recovery', 'Record how to recover the account owner’s account', ['recoveryPlan']),
  question('people', 'owners', 'Name who may be Owner and who may be Admin', ['owners', 'admins']),
  question('people', 'most_owners', 'Decide how many Owners there may be', ['maxOwners', 'maxOwnersReason']),
  question('people', 'invite_domains', 'Name the domains that may be invited', ['inviteDomains']),
  question('people', 'seats', 'Decide who gets a seat', ['seatsFor']),
  question('people', 'provisioning', 'Decide how people get into Claude', ['provisioning']),
  question('people', 'single_sign_on', 'Decide whether single sign-on is required', ['ssoRequired']),
  question('people', 'domain_capture', 'Decide whether personal accounts are captured', ['domainCapture']),
  question('people', 'governance_owner', 'Name who answers for the governance of Claude', [
    'governanceOwner',
  ]),
  question('people', 'governance_deputy', 'Name the deputy of the governance owner', ['governanceDeputy']),
  question('people', 'content_access', 'Decide whether conversations may be read', ['contentAccess']),
  question('people', 'api_keys', 'Name the API keys that are approved', ['approvedApiKeys']),
  question('people', 'guests', 'Name the guests who may hold a seat', ['people.guests']),
  question('people', 'shared_accounts', 'Name the shared mailboxes and service accounts', [
    'people.shared',
    'people.service',
  ]),
  question('people', 'who_is_who', 'Decide who is who', ['people', 'people.same', 'people.different'], {
    page: '/people',
  }),

  question('connectors', 'connectors', 'Decide which connectors are approved', ['connectors'], {
    page: '/connectors',
  }),
  question('connectors', 'action_effects', 'Say what the unknown actions do', ['connectors.effects'], {
    page: '/connectors',
  }),
  question('connectors', 'actions_classified', 'Enter when the actions of each connector were classified', [
    'connectors.actionsClassified',
  ]),
  question('connectors', 'rights_reviewed', 'Enter when the rights in each connected system were reviewed', [
    'connectors.sourceReviewed',
  ]),
  question('connectors', 'sensitivity', 'Decide how sensitive each connected system is', [
    'connectors.sensitivity',
  ]),
  question('connectors', 'which_is_ams', 'Say which connector is the membership system', [
    'connectors.isAms',
  ]),
  question('connectors', 'connector_kind', 'Say which connectors are custom servers', ['connectors.kind']),
  question('connectors', 'extensions', 'Name the desktop extensions that are approved', [
    'desktopExtensions',
  ]),
  question('connectors', 'local_servers', 'Decide whether MCP servers may run on computers', [
    'localMcpAllowed',
  ]),
  question('connectors', 'cowork', 'Decide how Cowork may be used', ['cowork']),
  question('connectors', 'chrome', 'Decide whether Claude in Chrome may be used', ['claudeInChromeAllowed']),
  question('connectors', 'exceptions', 'Say whether there are exceptions', ['exceptions']),

  question('ams', 'ams', 'Name the membership system and the way to it', ['ams'], {
    form: ['ams.name', 'ams.methods'],
  }),
  question('ams', 'ams_vendor', 'Record what the membership system’s vendor said', ['ams.vendorConsulted']),
  question('ams', 'ams_account', 'Describe the account behind the membership system', ['ams.serviceAccount']),
  question('ams', 'ams_agent', 'Describe the agent in your own cloud', ['ams.agent']),
  question('ams', 'ams_network', 'Say whether the membership system is in a private network', [
    'ams.privateNetwork',
  ]),
  question(
    'ams',
    'ams_firewall',
    'Enter the date since which only Claude’s addresses have been let through',
    ['ams.egressAllowlisted'],
  ),

  question('limits', 'usage', 'Decide from when usage is reviewed', ['usageFactor', 'usageMinimumDays']),
  question('limits', 'review_days', 'Decide how often reviews are held', ['reviewDays']),
  question('limits', 'audit_records', 'Decide how long audit records are kept', ['auditRetentionDays']),
  question('limits', 'chats', 'Decide how long chats are kept', ['chatRetentionDays']),
  question('limits', 'telemetry', 'Say where the telemetry of Cowork is sent', ['telemetry']),

  question('devices', 'organization', 'Enter the ID of the Claude organization', ['claudeOrganization']),
  question(
    'devices',
    'organization_lock',
    'Decide whether the desktop app signs in only to the organization',
    ['desktopOrgLock'],
  ),
  question('devices', 'desktop_updates', 'Decide how Claude Desktop is updated', ['desktopUpdates']),
  question('devices', 'other_organizations', 'Decide whether other Claude organizations are blocked', [
    'network.tenantRestriction',
  ]),
  question('devices', 'network_block', 'Decide whether the network blocks Claude', ['network.blockClaude']),
  question('devices', 'network_exempt', 'Describe how managed devices get past the block', [
    'network.allowlistForManagedDevices',
  ]),

  question('microsoft', 'sign_in_app', 'Choose the Claude sign-in application in Entra', ['entra.ssoAppId']),
  question('microsoft', 'connector_scopes', 'Name the permissions meant for the Microsoft 365 connector', [
    'entra.connectorScopes',
  ]),
  question('microsoft', 'consent', 'Name the account that gives consent', ['entra.consentBy']),
  question('microsoft', 'emergency_access', 'Name the emergency access accounts', ['entra.emergencyAccess']),
  question('microsoft', 'enable_on', 'Enter when each policy in report-only is enabled', ['entra.enableOn']),

  question('policy', 'policy', 'Enter the version of the policy and when it was published', ['policy'], {
    form: ['policy.version', 'policy.published', 'policy.approvedBy'],
  }),
  question('policy', 'policy_clauses', 'Choose the clauses that the policy contains', ['policy.clauses']),
  question('policy', 'notice', 'Choose what the notice to staff names', ['policy.noticeCovers']),
  question('policy', 'policy_contact', 'Name the contact for questions about the policy', ['policy.contact']),
  question(
    'policy',
    'acknowledgement',
    'Decide how many must acknowledge the policy',
    ['policy.targetShare'],
    {
      form: ['policy.targetShare', 'policy.quizShare'],
    },
  ),
  question('policy', 'employment', 'Enter the date since which employment agreements have had the clause', [
    'policy.employmentAgreementClause',
  ]),
  question('policy', 'incident_plan', 'Record the incident plan', ['incidentPlan']),
  question('policy', 'offboarding_template', 'Say whether offboarding includes Claude', [
    'offboardingTemplate',
  ]),
];

const BY_PATH: ReadonlyMap<string, CharterQuestion> = new Map(
  CHARTER_QUESTIONS.flatMap((one) => one.asked.map((path) => [path, one] as const)),
);
const BY_ID: ReadonlyMap<string, CharterQuestion> = new Map(CHARTER_QUESTIONS.map((one) => [one.id, one]));

/** The question that a path of the charter answers, found by the path or one that contains it; null: none. */
export function questionAt(path: string): CharterQuestion | null {
  const found = BY_PATH.get(path);
  if (found !== undefined) return found;
  const end = path.lastIndexOf('.');
  return end === -1 ? null : questionAt(path.slice(0, end));
}

export function questionById(id: string): CharterQuestion | null {
  return BY_ID.get(id) ?? null;
}
