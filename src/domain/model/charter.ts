import { z } from 'zod';
import { CONTENT_KINDS, CONTENT_SOURCES } from '../activity/text.ts';
import { mailAddress as address } from './address-schema.ts';
import { groupOf } from './bounded.ts';
import { day } from './day-schema.ts';

/** Maximum size, far more than anyone writes; longer documents would block the server for other clients. */
const MAX_TEXT = 10_000;
const MAX_ENTRIES = 3_000;

const text = z.string().trim().min(1).max(MAX_TEXT);
const name = z.string().trim().min(1).max(400);
const listOf = <T extends z.ZodType>(entry: T) => z.array(entry).max(MAX_ENTRIES);
const person = z.strictObject({ name, email: address.optional() });

export const permission = z.enum(['allow', 'ask', 'blocked']);

/** An approved connector. `actions` maps an action, a tool name, or `*` for all others, to a permission. */
export const charteredConnector = z.strictObject({
  name,
  /**
   * directory: listed by Anthropic; custom: a remote MCP server of the client or of a vendor. Left out: as in the
   * catalogue; a connector that it does not know is unclassified.
   */
  kind: z.enum(['directory', 'custom']).optional(),
  /** URL of a custom server, by which devices are configured to allow it. */
  url: z
    .url({ protocol: /^https$/, error: 'is not an address that starts with https://' })
    .max(2000)
    .optional(),
  sensitivity: z.enum(['low', 'medium', 'high']).optional(),
  holdsMemberData: z.boolean().optional(),
  isAms: z.boolean().optional(),
  actions: groupOf(name, permission, MAX_ENTRIES),
  /**
   * Effect of an action that the catalogue does not know (guide 2.1, item 4). Known actions keep the catalogue's
   * effect.
   */
  effects: groupOf(name, z.enum(['read', 'write', 'delete', 'send', 'admin']), MAX_ENTRIES).optional(),
  /** Why an action is less strict than the guide's baseline, by action. */
  justifications: groupOf(name, text, MAX_ENTRIES).default({}),
  /** When the actions were last reviewed and classified (guide 2.1, item 4). */
  actionsClassified: day.optional(),
  /** When the permissions in the source system were last reviewed. */
  sourceReviewed: day.optional(),
  /** For custom servers: who signed off before production, in IT and at the vendor. */
  securityReview: z.strictObject({ on: day, by: text, vendorContact: text }).optional(),
});

/** A decision on an AI tool seen on the network. `tool` is an id or title of the catalogue, or a host. */
export const aiToolDecision = z.strictObject({
  tool: name,
  /** tolerated: until a day, while a better one is sought. */
  decision: z.enum(['approved', 'tolerated', 'forbidden']),
  /** Last day; required for `tolerated`. */
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
  /** Keys of the items covered (an email address, connector/action, policy id); left out: the whole control. */
  items: listOf(text).optional(),
  reason: text,
  owner: text,
  from: day.optional(),
  until: day,
  /** Second person; required for a critical control. */
  approvedBy: text.optional(),
});

/**
 * A permission that violates an invariant on purpose, until a day. After that day the permission is treated as Blocked
 * automatically. `action` is spelled as in `actions`.
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

  /** ID of the Claude organization to which devices are restricted. */
  claudeOrganization: z.uuid('is not the id of an organization').toLowerCase().optional(),
  accountOwner: address.optional(),
  recoveryPlan: text.optional(),
  owners: listOf(address).optional(),
  admins: listOf(address).optional(),
  /** Includes the Primary Owner. */
  maxOwners: z.number().int().min(1).optional(),
  /** Why there are more than the guide's two. */
  maxOwnersReason: text.optional(),
  inviteDomains: listOf(text).optional(),
  seatsFor: z.enum(['everyone', 'on_request']).optional(),
  /** How people get accounts in Claude. */
  provisioning: z.enum(['invite', 'jit', 'scim']).optional(),
  ssoRequired: z.boolean().optional(),
  /** Enterprise: whether to claim existing personal accounts on the domain, which is irreversible. */
  domainCapture: z.strictObject({ capture: z.boolean(), on: day, by: text, approvedBy: text }).optional(),

  governanceOwner: person.optional(),
  governanceDeputy: person.optional(),

  connectors: listOf(charteredConnector).optional(),
  desktopExtensions: listOf(text).optional(),
  localMcpAllowed: z.boolean().optional(),
  /** Decisions on features of Cowork and the browser extension that are on by default. */
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
      /** For an agent in the client's own cloud (bedrock). */
      agent: z
        .strictObject({
          account: text,
          name: text,
          /** Scopes granted in the membership system. */
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
      /** appId of the client's own sign-in application for Claude. */
      ssoAppId: text.optional(),
      /** Permission scopes intended for the connector's server app. */
      connectorScopes: listOf(text).optional(),
      consentBy: text.optional(),
      emergencyAccess: z
        .strictObject({ groups: listOf(text).default([]), users: listOf(text).default([]) })
        .optional(),
      /** People or groups intentionally excluded from a Claude policy, by id or name. */
      approvedExclusions: listOf(z.strictObject({ id: text, reason: text, until: day })).optional(),
      /** Day on which a report-only policy is to be enabled, by policy name or id. */
      enableOn: groupOf(name, day, MAX_ENTRIES).optional(),
      /** Naming pattern of the Claude policies in Entra; {policy} is replaced with the guide's name of each. */
      policyNames: text
        .max(120)
        .refine((one) => one.includes('{policy}'), 'has no {policy}, so all policies would have one name')
        .optional(),
      /** Maximum percentage of Claude users whom a policy may block when it is enabled. */
      keptOutPercent: z.number().min(0).max(100).optional(),
    })
    .optional(),

  network: z
    .strictObject({
      tenantRestriction: z.boolean().optional(),
      /** IDs of further Claude organizations that the network allows, such as one of the Console. */
      otherOrganizations: listOf(z.uuid('is not the id of an organization').toLowerCase())
        .max(499)
        .optional(),
      blockClaude: z.boolean().optional(),
      allowlistForManagedDevices: text.optional(),
    })
    .optional(),
  /** What a guard does with content that it could not scan in time; applies only to a guard that blocks. */
  contentChecks: z.strictObject({ blockUnchecked: z.boolean() }).optional(),
  /** Decisions on AI tools other than Claude. */
  aiTools: listOf(
    aiToolDecision.refine(
      ({ decision, until }) => decision !== 'tolerated' || until !== undefined,
      'is tolerated and needs a last day under `until`',
    ),
  ).optional(),
  desktopOrgLock: z.boolean().optional(),
  /** How Claude Desktop is updated: by itself, within a number of hours, or by software deployment. */
  desktopUpdates: z
    .strictObject({ automatic: z.boolean(), withinHours: z.number().int().min(1).max(72).optional() })
    .optional(),

  telemetry: z.strictObject({ endpoint: text, since: day.optional() }).optional(),
  auditRetentionDays: z.number().int().min(1).optional(),
  /** Chat retention that the client decided on, in days; 0: unlimited. */
  chatRetentionDays: z.number().int().min(0).optional(),
  contentAccess: z.strictObject({ allowed: z.boolean(), approvers: listOf(text).default([]) }).optional(),
  /**
   * Which text written by people may be stored, and on what legal basis; left out: none. Takes effect only together
   * with `contentAccess` and a notice to staff (`domain/charter/content-kept.ts`).
   */
  contentKept: z
    .strictObject({
      of: listOf(z.enum(CONTENT_KINDS)).min(1),
      from: listOf(z.enum(CONTENT_SOURCES)).min(1),
      purpose: text,
      /** Days after which stored text is deleted. Short, because it serves an investigation. */
      days: z.number().int().min(1).max(90),
      /** Last day whose text is stored. */
      until: day,
      approvedBy: listOf(text).min(1),
    })
    .optional(),
  approvedApiKeys: listOf(text).optional(),
  usageFactor: z.number().min(1).optional(),
  /** Minimum days of usage figures before people are compared with the average. */
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
      /** Ids of the catalogue's clauses that the published text contains. */
      clauses: listOf(text).optional(),
      /** Sources named in the staff notice, for example usage, connectors, sign-ins. */
      noticeCovers: listOf(text).optional(),
      targetShare: z.number().min(0).max(1).optional(),
      /** Share of quiz questions to answer correctly; left out: all. */
      quizShare: z.number().min(0.5).max(1).optional(),
      employmentAgreementClause: day.optional(),
    })
    .optional(),
  incidentPlan: z.strictObject({ types: listOf(text), contacts: listOf(text), reviewed: day }).optional(),
  offboardingTemplate: z.strictObject({ includesClaude: z.boolean(), reviewed: day }).optional(),

  /** Decisions about people, so that nobody is merged or separated silently. */
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
  /**
   * Per item, the widest state that was accepted; anything wider is not covered. Only for exceptions made in the
   * console.
   */
  readonly atMost?: Readonly<Record<string, z.infer<typeof permission>>>;
};
export type InvariantException = z.infer<typeof invariantExceptionSchema>;
