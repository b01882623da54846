import { contextFor, DEFAULT_FRESH_DAYS, Shared } from '../decide/context.ts';
import type { DecisionInput } from '../decide/input.ts';
import type { Attestation } from '../model/attestation.ts';
import type { Catalogue, Control } from '../model/catalogue.ts';
import { type Charter, charterSchema } from '../model/charter.ts';
import { type Journal, knownJournalSchema } from '../model/journal.ts';
import { KINDS, type Kind, type Rows } from '../model/kinds.ts';
import { type Profile, profileSchema } from '../model/profile.ts';
import type { DocumentOf, Reading, Readings } from '../model/reading.ts';
import type { Outcome } from '../model/verdict.ts';
import type { AccountStep } from '../personal-accounts/steps.ts';

/** Builders for tests of rules and decisions: small, explicit input, everything else unknown. */

export const TODAY = '2026-11-24';

const EMPTY_CATALOGUE: Catalogue = {
  controls: [],
  capabilities: [],
  connectors: [],
  risks: [],
  playbooks: [],
  licenses: {
    keyCapabilities: [],
    uploads: [],
    servicePlans: [],
    tiers: {} as Catalogue['licenses']['tiers'],
    skus: [],
    addOns: [],
    claudePlans: [],
    sources: [],
  },
  clauses: [],
  policyTemplate: {
    revised: '2026-11-29',
    title: 'Policy',
    intro: '',
    fields: [],
    sections: [],
    collected: {},
    data: {},
    translations: { es: { title: 'Política', intro: '', fields: {}, sections: [], collected: {}, data: {} } },
    plain_words: [],
  },
  policyTexts: [],
  journeys: [],
  personJourneys: [],
  messages: [],
  baselines: [],
  guide: null,
  cadence: { asOf: '2026-05', tasks: [] },
  reviews: { asOf: '2026-05', reviews: [] },
  audiences: { asOf: '2026-05', audiences: [] },
  teams: {
    asOf: '2026-11-26',
    title: 'A workflow',
    trigger: 'A request is received',
    maxBytes: 28_000,
    cardVersion: '1.4',
    hosts: [],
    retired: [],
    steps: [],
    limits: [],
    sources: [],
  },
  siem: {
    asOf: '2026-11-26',
    splunk: { maxBytes: 1_000_000, codes: [] },
    sentinel: {
      apiVersion: '',
      maxBytes: 1_000_000,
      maxField: 65_536,
      stream: '',
      clouds: [],
      template: { table: '', rule: '', tableApi: '', ruleApi: '', roleApi: '', role: '', renames: [] },
      columns: [],
    },
    defender: { title: '', says: [] },
    sources: [],
  },
  usageBlind: { asOf: '2026-08-22', spots: [] },
  visibility: { asOf: '2026-11-24', guideRows: [], sources: [] },
  telemetry: {
    claude: { asOf: '2026-11-26', events: {}, builtInTools: {}, sources: [] },
    gateways: { asOf: '2026-11-27', clients: [], gateways: [], sources: [] },
  },
  countedOnce: { asOf: '2026-11-27', orders: [] },
  devices: [],
  detections: [],
  undetected: [],
  activityTypes: [],
  vendorSources: [],
  requestReview: { asOf: '2026-11-26', questions: [] },
  dlp: [],
  training: {
    asOf: '2026-11-29',
    title: 'Training',
    intro: 'In short',
    slides: [],
    quiz: { passShare: 1, attemptsPerDay: 5, questions: [] },
  },
  connectorScopes: {
    asOf: '2026-08-22',
    scopes: [
      ...['User.Read', 'openid'].map((scope) => ({
        scope,
        kind: 'basic' as const,
        lets: 'sign in',
        for: [],
      })),
      { scope: 'Mail.Read', kind: 'read', lets: 'read mail', for: ['microsoft365_outlook'] },
      { scope: 'Chat.Read', kind: 'read', lets: 'read chats', for: ['microsoft365_teams'] },
      { scope: 'Mail.Send', kind: 'write', lets: 'send and forward mail as the person', for: [] },
    ],
    sources: [],
  },
  conditionalAccess: {
    asOf: '2026-11-24',
    reportOnlyDays: 14,
    location: { name: 'Connector', ranges: ['160.79.104.0/21'], why: '' },
    policies: [],
    sources: [],
  },
  network: {
    restriction: {
      asOf: '2026-11-24',
      header: 'anthropic-allowed-org-ids',
      hosts: ['claude.ai', 'claude.com', 'anthropic.com', 'api.anthropic.com'],
      maxOrganizations: 500,
      maxHeaders: 10,
      refused: { status: 403, code: 'tenant_restriction_violation', message: 'Access restricted' },
      wrong: { status: 400, duplicate: 'Multiple', malformed: 'Malformed' },
      foreign: '00000000-0000-4000-8000-000000000000',
      caveats: [],
      sources: [],
    },
    ways: [],
  },
  importGuides: { asOf: '2026-11-24', via: {}, kinds: [] },
  ams: { asOf: '2026-11-24', methods: [], egress: { now: [], retired: [], sources: [] } },
};

export interface Given {
  readonly today?: string;
  readonly profile?: Partial<Profile>;
  readonly charter?: Record<string, unknown>;
  readonly journal?: Record<string, unknown>;
  readonly attestations?: readonly (Partial<Attestation> & {
    control: string;
    holds: boolean;
    seen: string;
  })[];
  readonly readings?: Readings;
  readonly accountSteps?: readonly AccountStep[];
  readonly catalogue?: Partial<Catalogue>;
}

function fromEnterprise(readings: Readings): boolean {
  return (Object.keys(readings) as Kind[]).some((kind) => KINDS[kind].onlyOn !== undefined);
}

/** A full decision input in which only what `given` names is known. */
export function given(parts: Given = {}): DecisionInput {
  const today = parts.today ?? TODAY;
  return {
    catalogue: { ...EMPTY_CATALOGUE, ...parts.catalogue },
    profile: {
      ...profileSchema.parse({
        name: 'Alder Society',
        domains: ['alder.example.org'],
        // Whoever has what only Enterprise offers has Enterprise.
        claudePlan: fromEnterprise(parts.readings ?? {}) ? 'enterprise' : 'team',
        timezone: 'America/New_York',
      }),
      ...parts.profile,
    },
    charter: parts.charter ? written<Charter>('charter.yaml', charterSchema.parse(parts.charter)) : null,
    journal: parts.journal ? written<Journal>('journal.yaml', knownJournalSchema.parse(parts.journal)) : null,
    attestations: (parts.attestations ?? []).map((a, index) => ({
      by: 'Dana Whitlock',
      source: 'attestations.yaml',
      row: index + 2,
      fileFound: null,
      ...a,
    })),
    readings: parts.readings ?? {},
    ...(parts.accountSteps === undefined ? {} : { accountSteps: parts.accountSteps }),
    now: `${today}T23:59:59Z`,
    today,
  };
}

/** One reading; `rows` may leave out what the test does not care about, which becomes unknown where it is read. */
export function reading<K extends Kind>(
  kind: K,
  rows: readonly (Partial<Rows[K]> & object)[],
  options: Partial<Reading<K>> = {},
): Reading<K> {
  const file = options.file ?? `${kind}.csv`;
  return {
    kind,
    file,
    sha256: options.sha256 ?? `${file}:${JSON.stringify(rows)}`,
    provenance: 'import',
    observedOn: TODAY,
    dateFrom: 'saved',
    complete: true,
    mappedByHand: false,
    ...options,
    rows: rows.map((row, index) => ({ ...BLANKS[kind], file, row: index + 2, ...row }) as Rows[K]),
  };
}

/** Runs one rule as `decide` would, without a catalogue around it. */
export function runRule<P>(
  rule: { decide(context: ReturnType<typeof contextFor>, params: P): Outcome },
  params: P,
  parts: Given = {},
  options: { control?: Partial<Control>; freshDays?: number } = {},
): Outcome {
  const control: Control = {
    id: 'CLA-ACC-01',
    version: 1,
    title: 'A control under test',
    action: 'Mend it',
    board: { wrong: 'It is broken' },
    area: 'accounts',
    severity: 'high',
    concerns: 'it_admin',
    why: 'It is under test.',
    guide: [],
    needs: [],
    checks: [{ rule: 'under-test', reads: [], with: {} }],
    remediation: { minutes: 5, who: 'IT', steps: [{ do: 'Nothing' }] },
    facts: [],
    sources: [],
    ...options.control,
  };
  const shared = new Shared(given(parts));
  return rule.decide(contextFor(shared, control, options.freshDays ?? DEFAULT_FRESH_DAYS), params);
}

function written<T>(file: string, value: T): DocumentOf<T> {
  return { value, file, sha256: file, lines: {} };
}

const person = { email: '', name: null };
const BLANKS: { readonly [K in Kind]: object } = {
  members: {
    ...person,
    role: null,
    roleText: null,
    seat: null,
    status: null,
    addedOn: null,
    lastActiveOn: null,
    joinedBy: null,
  },
  roster: {
    name: null,
    emails: [],
    formerNames: [],
    employeeId: null,
    status: null,
    startsOn: null,
    endsOn: null,
    engagement: null,
    department: null,
    unsure: null,
  },
  domain_memberships: {
    ...person,
    plan: null,
    inWorkspace: null,
    organization: null,
    createdOn: null,
    lastActiveOn: null,
  },
  usage: {
    email: null,
    name: null,
    product: null,
    model: null,
    messages: null,
    requests: null,
    promptTokens: null,
    completionTokens: null,
    netUsd: null,
    grossUsd: null,
    from: null,
    to: null,
  },
  audit_log: {
    id: null,
    at: `${TODAY}T09:00:00Z`,
    type: '',
    actorType: null,
    actorEmail: null,
    actorName: null,
    ip: null,
    detail: {},
  },
  activities: {
    id: null,
    at: `${TODAY}T09:00:00Z`,
    type: '',
    actorType: null,
    actorEmail: null,
    actorName: null,
    ip: null,
    detail: {},
  },
  settings: { name: '', type: 'boolean', value: null },
  api_keys: { id: '', name: null, scopes: [], active: null, createdOn: null, expiresOn: null },
  analytics_users: { email: null, on: null, messages: null, connectorsUsed: null, filesUploaded: null },
  analytics_connectors: { connector: '', user: null, reads: null, writes: null, unclassified: null },
  analytics_summaries: {
    on: TODAY,
    assignedSeats: null,
    pendingInvites: null,
    activeOnDay: null,
    activeInWeek: null,
    activeInMonth: null,
  },
  telemetry: {
    id: '',
    at: `${TODAY}T09:00:00Z`,
    type: 'tool_result',
    category: 'tool_call',
    surface: 'cowork',
    person: null,
    organization: null,
    connector: null,
    tool: null,
    effect: null,
    outcome: null,
  },
  claude_roles: { organization: null, id: '', name: null, permission: null },
  claude_groups: { id: '', name: null, origin: null, roles: null, member: null },
  connectors: { connector: '', action: null, state: null, stateText: null, enabled: null },
  acknowledgements: { email: null, name: null, version: null, on: null, acknowledged: null },
  dns: { domain: '', outcome: 'answer', txt: [], resolver: null },
  subscribed_skus: {
    skuId: null,
    partNumber: '',
    capabilityStatus: null,
    enabledUnits: null,
    consumedUnits: null,
    servicePlans: [],
  },
  entra_users: {
    id: null,
    upn: null,
    mail: null,
    aliases: [],
    name: null,
    employeeId: null,
    enabled: null,
    userType: null,
    skuIds: [],
  },
  entra_groups: { id: null, name: '', members: null },
  ca_policies: {
    id: null,
    name: '',
    state: null,
    createdAt: null,
    modifiedAt: null,
    includeApplications: [],
    excludeApplications: [],
    includeUsers: [],
    excludeUsers: [],
    includeGroups: [],
    excludeGroups: [],
    includeRoles: [],
    excludeRoles: [],
    clientAppTypes: ['all'],
    includePlatforms: [],
    excludePlatforms: [],
    includeLocations: [],
    excludeLocations: [],
    signInRiskLevels: [],
    userRiskLevels: [],
    grant: null,
    session: { cloudAppSecurity: null, signInFrequency: null },
    otherConditions: [],
  },
  named_locations: { id: null, name: '', trusted: null, ranges: [] },
  service_principals: {
    id: null,
    appId: '',
    name: '',
    enabled: null,
    assignmentRequired: null,
    ownerTenant: null,
    publisher: null,
  },
  permission_grants: {
    id: null,
    clientId: '',
    resourceId: null,
    consentType: null,
    principalId: null,
    scopes: [],
  },
  app_assignments: { resourceId: '', principalId: null, principalName: null, principalType: null },
  sign_ins: {
    at: `${TODAY}T14:00:00Z`,
    upn: null,
    appId: null,
    appName: null,
    resourceId: null,
    ip: null,
    caStatus: null,
    errorCode: null,
    compliantDevice: null,
    managedDevice: null,
    mfa: null,
    riskLevel: null,
  },
  security_defaults: { enabled: null },
  directory_audits: {
    id: null,
    at: `${TODAY}T14:00:00Z`,
    activity: '',
    category: null,
    succeeded: true,
    actor: null,
    actorKind: null,
    ip: null,
    targets: [],
  },
  managed_devices: {
    id: '',
    name: null,
    upn: null,
    os: null,
    compliance: null,
    lastSync: null,
    owner: null,
  },
  risky_users: {
    id: null,
    upn: null,
    name: null,
    level: null,
    state: null,
    detail: null,
    updatedAt: null,
  },
  risk_detections: {
    id: null,
    at: `${TODAY}T14:00:00Z`,
    upn: null,
    type: '',
    level: null,
    state: null,
    detail: null,
    ip: null,
  },
  auth_methods: { id: null, upn: null, methods: [] },
  entra_domains: { name: '', verified: null, isDefault: null, authentication: null },
  premium_use: { p1Owned: null, p2Owned: null, p1Used: [], p2Used: [] },
  security_alerts: {
    id: '',
    at: `${TODAY}T14:00:00Z`,
    updatedAt: null,
    title: '',
    severity: null,
    status: null,
    classification: null,
    source: null,
    category: null,
    link: null,
    people: [],
    apps: [],
  },
  shared_sites: {
    url: '',
    name: null,
    owner: null,
    anyone: null,
    everyone: null,
    organization: null,
    links: null,
    people: null,
    guests: null,
  },
};
