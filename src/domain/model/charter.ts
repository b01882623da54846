import { z } from 'zod';
import { CONTENT_KINDS, CONTENT_SOURCES } from '../activity/text.ts';
import { mailAddress as address } from './address-schema.ts';
import { groupOf } from './bounded.ts';
import { day } from './day-schema.ts';

/** Far more than anyone writes; what is longer would hold up everyone who is served beside it. */
const MAX_TEXT = 10_000;
const MAX_ENTRIES = 3_000;

const text = z.string().trim().min(1).max(MAX_TEXT);
const name = z.string().trim().min(1).max(400);
const listOf = <T extends z.ZodType>(entry: T) => z.array(entry).max(MAX_ENTRIES);
const person = z.strictObject({ name, email: address.optional() });

export const permission = z.enum(['allow', 'ask', 'blocked']);

/** One approved connector. `actions` maps an action, a tool name, or `*` for all the rest, to a permission. */
export const charteredConnector = z.strictObject({
  name,
  /**
   * directory: listed by Anthropic; custom: a remote MCP server of the client's or a vendor's. Left out: the catalogue says
   * which, and where it does not know the connector, nobody has.
   */
  kind: z.enum(['directory', 'custom']).optional(),
  /** Address of a custom server, by which devices are told to let it in. */
  url: z
    .url({ protocol: /^https$/, error: 'is not an address that starts with https://' })
    .max(2000)
    .optional(),
  sensitivity: z.enum(['low', 'medium', 'high']).optional(),
  holdsMemberData: z.boolean().optional(),
  isAms: z.boolean().optional(),
  actions: groupOf(name, permission, MAX_ENTRIES),
  /** What an action does, where the catalogue does not know it (guide 2.1, item 4). Known actions keep the catalogue's effect. */
  effects: groupOf(name, z.enum(['read', 'write', 'delete', 'send', 'admin']), MAX_ENTRIES).optional(),
  /** Why an action is looser than the guide's baseline, per action. */
  justifications: groupOf(name, text, MAX_ENTRIES).default({}),
  /** When the actions were last read through and classified (guide 2.1, item 4). */
  actionsClassified: day.optional(),
  /** When the rights in the source system itself were last reviewed. */
  sourceReviewed: day.optional(),
  /** Custom servers: signed by whom in IT and at the vendor, before production. */
  securityReview: z.strictObject({ on: day, by: text, vendorContact: text }).optional(),
});

/** A decision on an AI tool that is seen on the network. `tool` is an id or title of the catalogue, or a host. */
export const aiToolDecision = z.strictObject({
  tool: name,
  /** tolerated: until a day, while something better is found. */
  decision: z.enum(['approved', 'tolerated', 'forbidden']),
  /** Last day; needed where it is tolerated. */
  until: day.optional(),
  on: day.optional(),
  by: text.optional(),
  reason: text,
});

export const exceptionSchema = z.strictObject({
  control: z
    .string()
    .max(40)
    .regex(/^CLA-[A-Z0-9]+-\d{2}$/, 'is not a control id, for example CLA-ACC-07'),
  /** Keys of the items that it covers (an email address, connector/action, policy id); without it: the whole control. */
  items: listOf(text).optional(),
  reason: text,
  owner: text,
  from: day.optional(),
  until: day,
  /** Second person; needed where the control is critical. */
  approvedBy: text.optional(),
});

/**
 * A permission that breaks an invariant on purpose, until a day. After it the cell counts as blocked, without
 * anyone doing anything. `action` is spelt as in `actions`.
 */
export const invariantExceptionSchema = z.strictObject({
  connector: text,
  action: text,
  until: day,
  reason: text,
});

/** A client's approved desired state. Every key is optional: a control that needs one asks for it by name. */
export const charterSchema = z.strictObject({
  version: z.number().int().min(1).optional(),
  inForceSince: day.optional(),
  approvedBy: listOf(text).optional(),

  /** ID of the Claude organization, by which devices are locked to it. */
  claudeOrganization: z.uuid('is not the id of an organization').toLowerCase().optional(),
  accountOwner: address.optional(),
  recoveryPlan: text.optional(),
  owners: listOf(address).optional(),
  admins: listOf(address).optional(),
  /** The Primary Owner included. */
  maxOwners: z.number().int().min(1).optional(),
  /** Why it is more than the guide's two. */
  maxOwnersReason: text.optional(),
  inviteDomains: listOf(text).optional(),
  seatsFor: z.enum(['everyone', 'on_request']).optional(),
  /** How people get into Claude. */
  provisioning: z.enum(['invite', 'jit', 'scim']).optional(),
  ssoRequired: z.boolean().optional(),
  /** Enterprise: whether existing personal accounts on the domain are to be claimed. It cannot be undone. */
  domainCapture: z.strictObject({ capture: z.boolean(), on: day, by: text, approvedBy: text }).optional(),

  governanceOwner: person.optional(),
  governanceDeputy: person.optional(),

  connectors: listOf(charteredConnector).optional(),
  desktopExtensions: listOf(text).optional(),
  localMcpAllowed: z.boolean().optional(),
  /** Decisions on what is on by default in Cowork and the browser extension. */
  cowork: z
    .strictObject({
      enabled: z.boolean(),
      runInCloud: z.boolean().optional(),
      automaticApproval: z.boolean().optional(),
      alwaysAllow: z.boolean().optional(),
    })
    .optional(),
  claudeInChromeAllowed: z.boolean().optional(),

  ams: z
    .strictObject({
      name: text,
      methods: listOf(z.enum(['custom_mcp', 'manual_upload', 'bedrock', 'none'])).min(1),
      vendorConsulted: z.strictObject({ on: day, contact: text, outcome: text }).optional(),
      serviceAccount: z
        .strictObject({ name: text, readOnly: z.boolean(), admin: z.boolean(), reviewed: day })
        .optional(),
      /** The agent in the client's own cloud, where that is a way (bedrock). */
      agent: z
        .strictObject({
          account: text,
          name: text,
          /** Scopes at the membership system. */
          scopes: text,
          readOnly: z.boolean(),
          reviewed: day,
        })
        .optional(),
      privateNetwork: z.boolean().optional(),
      egressAllowlisted: day.optional(),
    })
    .optional(),

  entra: z
    .strictObject({
      /** appId of the client's own Claude sign-in application. */
      ssoAppId: text.optional(),
      /** Permission scopes meant to be granted to the connector's server app. */
      connectorScopes: listOf(text).optional(),
      consentBy: text.optional(),
      emergencyAccess: z
        .strictObject({ groups: listOf(text).default([]), users: listOf(text).default([]) })
        .optional(),
      /** Further people or groups left out of a Claude policy on purpose, by id or name. */
      approvedExclusions: listOf(z.strictObject({ id: text, reason: text, until: day })).optional(),
      /** Day on which a policy in report-only is to be enabled, by policy name or id. */
      enableOn: groupOf(name, day, MAX_ENTRIES).optional(),
      /** Naming pattern of the Claude policies in Entra; {policy} stands for the guide's name of each. */
      policyNames: text
        .max(120)
        .refine((one) => one.includes('{policy}'), 'has no {policy}, so all policies would have one name')
        .optional(),
      /** Percent of the people who use Claude whom a policy may keep out when it is enabled. */
      keptOutPercent: z.number().min(0).max(100).optional(),
    })
    .optional(),

  network: z
    .strictObject({
      tenantRestriction: z.boolean().optional(),
      /** Ids of further Claude organizations that the network lets in, such as one of the Console. */
      otherOrganizations: listOf(z.uuid('is not the id of an organization').toLowerCase())
        .max(499)
        .optional(),
      blockClaude: z.boolean().optional(),
      allowlistForManagedDevices: text.optional(),
    })
    .optional(),
  /** What a guard does with content that it could not look at in time; it counts where the guard refuses. */
  contentChecks: z.strictObject({ blockUnchecked: z.boolean() }).optional(),
  /** Decisions on AI tools other than Claude. */
  aiTools: listOf(
    aiToolDecision.refine(
      ({ decision, until }) => decision !== 'tolerated' || until !== undefined,
      'is tolerated and needs a last day under `until`',
    ),
  ).optional(),
  desktopOrgLock: z.boolean().optional(),
  /** How Claude Desktop gets new versions: by itself, within so many hours, or by the software deployment. */
  desktopUpdates: z
    .strictObject({ automatic: z.boolean(), withinHours: z.number().int().min(1).max(72).optional() })
    .optional(),

  telemetry: z.strictObject({ endpoint: text, since: day.optional() }).optional(),
  auditRetentionDays: z.number().int().min(1).optional(),
  /** Chat retention in days that the client has decided on; 0 means without limit. */
  chatRetentionDays: z.number().int().min(0).optional(),
  contentAccess: z.strictObject({ allowed: z.boolean(), approvers: listOf(text).default([]) }).optional(),
  /**
   * What of the text that people write may be kept, and by what right: without it none is. It counts only together with
   * `contentAccess` and a notice to staff (`domain/charter/content-kept.ts`).
   */
  contentKept: z
    .strictObject({
      of: listOf(z.enum(CONTENT_KINDS)).min(1),
      from: listOf(z.enum(CONTENT_SOURCES)).min(1),
      purpose: text,
      /** Days after which each text is removed. It is for an investigation, so it is short. */
      days: z.number().int().min(1).max(90),
      /** Last day on which text is kept of what happens. */
      until: day,
      approvedBy: listOf(text).min(1),
    })
    .optional(),
  approvedApiKeys: listOf(text).optional(),
  usageFactor: z.number().min(1).optional(),
  /** Days that figures of use have to cover before anyone is compared with the average. */
  usageMinimumDays: z.number().int().min(1).max(90).optional(),
  reviewDays: z
    .strictObject({
      monthly: z.number().int().min(1).optional(),
      quarterly: z.number().int().min(1).optional(),
      scopes: z.number().int().min(1).optional(),
    })
    .optional(),

  policy: z
    .strictObject({
      version: text,
      published: day,
      approvedBy: text.optional(),
      distributedTo: z.number().int().min(0).optional(),
      contact: text.optional(),
      /** Clause ids of the catalogue that the published text contains. */
      clauses: listOf(text).optional(),
      /** Sources that the staff notice names, for example usage, connectors, sign-ins. */
      noticeCovers: listOf(text).optional(),
      targetShare: z.number().min(0).max(1).optional(),
      /** Share of the questions of the training that has to be answered correctly; left out: all of them. */
      quizShare: z.number().min(0.5).max(1).optional(),
      employmentAgreementClause: day.optional(),
    })
    .optional(),
  incidentPlan: z.strictObject({ types: listOf(text), contacts: listOf(text), reviewed: day }).optional(),
  offboardingTemplate: z.strictObject({ includesClaude: z.boolean(), reviewed: day }).optional(),

  /** Decisions about people, so that nobody is merged or parted silently. */
  people: z
    .strictObject({
      same: listOf(listOf(text).min(2)).optional(),
      different: listOf(listOf(text).length(2)).optional(),
      shared: listOf(address).optional(),
      service: listOf(address).optional(),
      guests: listOf(address).optional(),
    })
    .optional(),

  exceptions: listOf(exceptionSchema).optional(),
  invariantExceptions: listOf(invariantExceptionSchema).optional(),
});
export type Charter = z.infer<typeof charterSchema>;
export type CharteredConnector = z.infer<typeof charteredConnector>;
export type AiToolDecision = z.infer<typeof aiToolDecision>;
export type Exception = z.infer<typeof exceptionSchema> & {
  /** By item, the widest state that was accepted: what goes further is not covered. Only of exceptions made in the console. */
  readonly atMost?: Readonly<Record<string, z.infer<typeof permission>>>;
};
export type InvariantException = z.infer<typeof invariantExceptionSchema>;
