import { z } from 'zod';
import type { Detection } from '../detections/sigma.ts';
import type { Undetected } from '../detections/undetected.ts';
import type { DlpRules } from '../dlp/rules.ts';
import type { ActivityTypes } from './activity-types.ts';
import type { AiTools } from './ai-tools.ts';
import type { AmsMethods } from './ams-methods.ts';
import type { Audiences } from './audience.ts';
import type { Guide, ShippedBaseline } from './baseline.ts';
import type { Cadence } from './cadence.ts';
import type { Capability } from './capability.ts';
import type { ConditionalAccess } from './conditional-access.ts';
import type { ConnectorScopes } from './connector-scopes.ts';
import type { CountedOnce } from './counted-once.ts';
import { day } from './day-schema.ts';
import type { Delivery } from './delivery.ts';
import type { DeviceProduct } from './device-settings.ts';
import { controlId, guideRow, instruction, sourceSchema, text } from './entry-fields.ts';
import type { ImportGuides } from './import-guides.ts';
import type { Journey } from './journey.ts';
import type { Licenses } from './licenses.ts';
import type { Mailboxes } from './mailboxes.ts';
import type { MessageTemplate } from './message.ts';
import type { NetworkWay, TenantRestriction } from './network.ts';
import type { PersonJourney } from './person-journey.ts';
import type { Playbook } from './playbook.ts';
import type { PolicyTemplate } from './policy-template.ts';
import type { PolicyText } from './policy-text.ts';
import { CLAUDE_PLANS } from './profile.ts';
import type { RequestReview } from './request-review.ts';
import type { Reviews } from './review.ts';
import type { Risk } from './risk.ts';
import type { Siem } from './siem.ts';
import type { StaffRetention } from './staff-retention.ts';
import type { ClaudeTelemetry, Gateways } from './telemetry-words.ts';
import type { Training } from './training.ts';
import type { UsageBlind } from './usage-blind.ts';
import type { VendorSource } from './vendor-source.ts';
import { SEVERITIES } from './verdict.ts';
import type { Visibility } from './visibility.ts';

export const AREAS = [
  'accounts',
  'connectors',
  'personal_accounts',
  'visibility',
  'microsoft',
  'operations',
  'policy',
] as const;
export type Area = (typeof AREAS)[number];
/** A question about the client that decides whether a control applies. An unknown answer stays unknown. */
export type Condition =
  | { plan: (typeof CLAUDE_PLANS)[number][] }
  | { capability: string }
  | { has: 'swg' | 'siem' | 'ams' | 'm365' | 'normalHours' }
  | { connector: string }
  | { charter: string; is: string | number | boolean }
  | { not: Condition }
  | { all: Condition[] }
  | { any: Condition[] };
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ plan: z.array(z.enum(CLAUDE_PLANS)).min(1) }),
    z.strictObject({ capability: text }),
    z.strictObject({ has: z.enum(['swg', 'siem', 'ams', 'm365', 'normalHours']) }),
    z.strictObject({ connector: text }),
    z.strictObject({ charter: text, is: z.union([z.string(), z.number(), z.boolean()]) }),
    z.strictObject({ not: conditionSchema }),
    z.strictObject({ all: z.array(conditionSchema).min(1) }),
    z.strictObject({ any: z.array(conditionSchema).min(1) }),
  ]),
);

export const checkSchema = z.strictObject({
  /** Name of a rule in src/domain/rules. */
  rule: text,
  /** Kinds and documents that the rule reads; people see them as "reads". */
  reads: z.array(text).default([]),
  /** Days for which a reading is current. */
  freshDays: z.number().int().min(1).optional(),
  /**
   * No other check of the control examines the same thing: its fail overrides a pass however new the others' readings
   * are.
   */
  independent: z.literal(true).optional(),
  /** Its fail is valid even for clients to whom the control does not, or may not, apply, whatever their licenses. */
  always: z.literal(true).optional(),
  /** Parameters of the rule; checked against the rule's own schema. */
  with: z.record(z.string(), z.unknown()).default({}),
});

export const remediationSchema = z.strictObject({
  minutes: z.number().int().min(1),
  /** Who has the necessary rights, in words. */
  who: text,
  steps: z
    .array(
      z.strictObject({
        do: instruction,
        /** Menu path with the current names. */
        where: text.optional(),
        /** URL of that place, if the vendor's documentation has one. */
        link: z.string().url().startsWith('https://').optional(),
        /** Day on which the menu path was last checked against the vendor's page. */
        checked: day.optional(),
        /** API call or PowerShell command, if there is one. */
        command: text.optional(),
        why: text.optional(),
      }),
    )
    .min(1),
});

/** What a control governs: accounts, managed networks, managed devices, or people's conduct. */
export const SCOPES = ['account', 'network', 'device', 'policy'] as const;
export type Scope = (typeof SCOPES)[number];

/**
 * What a board reads about a control, as statements without a period. `wrong` holds whenever the control fails,
 * however it was decided. `one` and `many` are used instead if the verdict lists items: {n} is their number, {names}
 * their names. People are counted and never named.
 */
const boardWordsSchema = z
  .strictObject({
    wrong: text,
    one: text.optional(),
    many: text.refine((words) => words.includes('{n}'), 'says how many: {n}').optional(),
    /** For a control that nothing technical can enforce. */
    policyOnly: text.optional(),
  })
  .refine(({ one, many }) => (one === undefined) === (many === undefined), 'needs one and many, or neither');

export const controlSchema = z.strictObject({
  id: controlId,
  version: z.number().int().min(1),
  /** A statement that is true or false. */
  title: text,
  /** What to do if it is false, in the imperative; the headline under "do next". */
  action: text,
  /** The same for a board, without codes and technical terms. */
  board: boardWordsSchema,
  area: z.enum(AREAS),
  /** What it governs. Left out: conduct for policy and operations, accounts for everything else. */
  scope: z.enum(SCOPES).optional(),
  severity: z.enum(SEVERITIES),
  /** Role to which its work is assigned by default. */
  concerns: z.enum([
    'it_lead',
    'msp_technician',
    'it_admin',
    'security',
    'hr',
    'governance_owner',
    'board',
    'staff',
  ]),
  why: text,
  guide: z.array(guideRow).default([]),
  appliesWhen: conditionSchema.optional(),
  /** What to say if it does not apply. */
  notApplicable: text.optional(),
  /** Capabilities that are all required. */
  needs: z.array(text).default([]),
  unlicensed: z
    .strictObject({ state: z.enum(['not_licensed', 'policy_only']).default('not_licensed'), instead: text })
    .optional(),
  /** In order of preference. */
  checks: z.array(checkSchema).min(1),
  /**
   * Capabilities without which it can be configured or requested, but not enforced. They decide what the planner calls
   * enforceable; the verdict is based on evidence and never depends on them.
   */
  enforcedBy: z.strictObject({ needs: z.array(text).min(1), otherwise: text }).optional(),
  remediation: remediationSchema,
  /** Capability entries whose statements by guide and vendor are shown side by side. */
  facts: z.array(text).default([]),
  sources: z.array(sourceSchema).default([]),
});
export type Control = z.infer<typeof controlSchema>;

export const EFFECTS = ['read', 'write', 'delete', 'send', 'admin', 'unknown'] as const;

/** Sensitivity of the data that a connector can reach. `public`: data about others that anyone may look up. */
export const DATA_CLASSES = [
  'member_pii',
  'finance',
  'mail',
  'calendar',
  'files',
  'messages',
  'meetings',
  'tasks',
  'records',
  'designs',
  'code',
  'public',
] as const;
export type DataClass = (typeof DATA_CLASSES)[number];

export const connectorSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+$/),
  name: text,
  /** Alternative spellings, to recognize rows of a table. */
  aliases: z.array(text).default([]),
  category: z.enum(['files', 'mail', 'calendar', 'chat', 'crm', 'ams', 'project', 'design', 'code', 'other']),
  holdsMemberData: z.boolean(),
  /** Id of the connector that reaches the same records, for a membership system that stores them in another system. */
  recordsIn: z
    .string()
    .regex(/^[a-z0-9_]+$/)
    .optional(),
  sensitivity: z.enum(['low', 'medium', 'high']),
  directory: z.enum(['confirmed', 'unconfirmed', 'no']),
  /** Kinds of data that it can reach; null: the vendor does not say. */
  dataClasses: z
    .array(z.enum(DATA_CLASSES))
    .min(1)
    .nullable()
    .describe('Kinds of data that it can reach; null: the vendor does not say'),
  /**
   * Whether the vendor lists it as one that Enterprise can restrict to its verified domains; null: the vendor does not
   * say.
   */
  verifiedDomain: z
    .enum(['listed', 'not_listed'])
    .nullable()
    .describe(
      'Whether the vendor lists it as one that Enterprise can restrict to its verified domains; null: the vendor does not say',
    ),
  /**
   * Whether the vendor lists it as authorized through the organization's identity provider; null: the vendor does not
   * say.
   */
  managedAuth: z
    .enum(['listed', 'announced', 'not_listed'])
    .nullable()
    .describe(
      'Whether the vendor lists it as authorized through the organization’s identity provider; null: the vendor does not say',
    ),
  /** Documented limits and peculiarities; null: the vendor does not say. */
  limits: z
    .array(
      z.strictObject({
        says: text,
        /** Actions affected; left out: all. */ actions: z.array(text).min(1).optional(),
      }),
    )
    .min(1)
    .nullable()
    .describe('Documented limits and peculiarities; null: the vendor does not say'),
  actions: z.array(
    z.strictObject({
      id: text,
      title: text,
      aliases: z.array(text).default([]),
      effect: z.enum(EFFECTS),
      /** Recommendation of the guide; null: it has none. */
      baseline: z
        .enum(['allow', 'ask', 'blocked'])
        .nullable()
        .describe('What the guide recommends; null: nothing'),
      /** true: named in the guide's table. Otherwise a baseline follows the guide's general rule for the effect. */
      inGuide: z.boolean().optional(),
      /** true: the guide's table has the system but not this action, so applying the baseline leaves it undecided. */
      undecided: z.boolean().optional(),
      /** The Graph scope, or similar, that the action requires. */
      scope: text.optional(),
      /**
       * Whether Claude offers Always allow for it; null: the vendor does not say. Required for each tool that sends.
       */
      alwaysAllowOffered: z
        .boolean()
        .nullable()
        .describe('Whether Claude offers Always allow for it; null: the vendor does not say')
        .optional(),
      /** false: the guide names it, but the vendor documents no such tool, so a connectors table need not list it. */
      tool: z.boolean().optional(),
    }),
  ),
  guideRows: z.array(guideRow).default([]),
  note: text.optional(),
  sources: z.array(sourceSchema).min(1),
});
export type Connector = z.infer<typeof connectorSchema>;

export const policyClauseSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+$/),
  title: text,
  kind: z.enum(['purpose', 'approved', 'prohibited', 'account', 'outputs', 'contact', 'acceptance']),
  required: z.boolean(),
  /** Controls that check compliance with it, by id. */
  controls: z.array(controlId).default([]),
  guideRows: z.array(guideRow),
});

export interface Catalogue {
  readonly controls: readonly Control[];
  readonly capabilities: readonly Capability[];
  readonly connectors: readonly Connector[];
  readonly risks: readonly Risk[];
  readonly licenses: Licenses;
  readonly clauses: readonly z.infer<typeof policyClauseSchema>[];
  /** The template of the policy. */
  readonly policyTemplate: PolicyTemplate;
  /** The texts that accompany a policy, in the order of TEXT_IDS. */
  readonly policyTexts: readonly PolicyText[];
  readonly journeys: readonly Journey[];
  /** Steps when someone leaves or joins. */
  readonly personJourneys: readonly PersonJourney[];
  /** One message of each kind, in the order of MESSAGE_KINDS. */
  readonly messages: readonly MessageTemplate[];
  readonly baselines: readonly ShippedBaseline[];
  /** The guide and its revision; null: the catalogue names none. */
  readonly guide: Guide | null;
  readonly cadence: Cadence;
  /** Reviews done item by item. */
  readonly reviews: Reviews;
  /** The audiences of the guide, and where each begins. */
  readonly audiences: Audiences;
  /** Words that mark mailboxes of no single person. */
  readonly mailboxes: Mailboxes;
  /** How cards are sent to Microsoft Teams. */
  readonly teams: Delivery;
  /** How events are sent to a SIEM. */
  readonly siem: Siem;
  /** Default retention of records about individual staff, if the client chose none. */
  readonly staffRetention: StaffRetention;
  /** What no source can show about a client's use. */
  readonly usageBlind: UsageBlind;
  /** All sources that can show the use of Claude. */
  readonly visibility: Visibility;
  /** Vocabulary of telemetry senders, and how gateways are recognized. */
  readonly telemetry: { readonly claude: ClaudeTelemetry; readonly gateways: Gateways };
  /** Which source a usage figure is taken from if two report the same. */
  readonly countedOnce: CountedOnce;
  /** Settings that can be deployed to devices, by product. */
  readonly devices: readonly DeviceProduct[];
  /** The ways to reach a membership system. */
  readonly ams: AmsMethods;
  /** Where to export each kind of file, with samples. */
  readonly importGuides: ImportGuides;
  /** Scopes that the Microsoft 365 connector requests. */
  readonly connectorScopes: ConnectorScopes;
  readonly conditionalAccess: ConditionalAccess;
  /** The header with which Claude refuses other organizations, and the ways to send it. */
  readonly network: { readonly restriction: TenantRestriction; readonly ways: readonly NetworkWay[] };
  /** AI tools by their hosts; Claude is one of them. */
  readonly aiTools: AiTools;
  /** Questions to answer before approving a requested connector. */
  readonly requestReview: RequestReview;
  /** The staff training with its quiz. */
  readonly training: Training;
  /** Detection rules of data loss prevention, by file. */
  readonly dlp: readonly DlpRules[];
  /** How to handle an incident of each type. */
  readonly playbooks: readonly Playbook[];
  /** Detections over activities, by id. */
  readonly detections: readonly Detection[];
  /** What no detection covers, and why. */
  readonly undetected: readonly Undetected[];
  /** Types of the vendor's activity feed, and how each is stored in the activity log. */
  readonly activityTypes: readonly ActivityTypes[];
  /** What vendors allow a program to read. */
  readonly vendorSources: readonly VendorSource[];
}
// Guide: GB-10
