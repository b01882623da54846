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
/** A question about the client that decides whether a control applies. Unknown answers stay unknown. */
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
  /** Name of the rule in src/domain/rules. */
  rule: text,
  /** Kinds and documents that the rule reads, shown to people as "reads". */
  reads: z.array(text).default([]),
  /** Days for which a reading counts. */
  freshDays: z.number().int().min(1).optional(),
  /** It looks at something that no other check of the control looks at: its fail counts however new their readings are. */
  independent: z.literal(true).optional(),
  /** Its fail counts also for clients to whom the control does not apply otherwise, or may not. */
  always: z.literal(true).optional(),
  /** Parameters of the rule; checked against the rule's own schema. */
  with: z.record(z.string(), z.unknown()).default({}),
});

export const remediationSchema = z.strictObject({
  minutes: z.number().int().min(1),
  /** Who has the rights to do it, in words. */
  who: text,
  steps: z
    .array(
      z.strictObject({
        do: instruction,
        /** Click path with the current menu names. */
        where: text.optional(),
        /** Address at which that place opens, where the vendor's pages give one. */
        link: z.string().url().startsWith('https://').optional(),
        /** Day on which the menu path was last checked against the vendor's page. */
        checked: day.optional(),
        /** API call or PowerShell, where one exists. */
        command: text.optional(),
        why: text.optional(),
      }),
    )
    .min(1),
});

/** Where a control reaches: the accounts themselves, networks that we run, devices that we run, or people's conduct. */
export const SCOPES = ['account', 'network', 'device', 'policy'] as const;
export type Scope = (typeof SCOPES)[number];

/**
 * What a board reads of a control, as statements without a full stop. `wrong` is true whenever the control fails, however
 * it was decided. `one` and `many` are used instead where the verdict lists what is wrong: {n} is how many are listed,
 * {names} what they are called. People are counted and never named.
 */
const boardWordsSchema = z
  .strictObject({
    wrong: text,
    one: text.optional(),
    many: text.refine((words) => words.includes('{n}'), 'says how many: {n}').optional(),
    /** For a control that nothing technical can hold. */
    policyOnly: text.optional(),
  })
  .refine(({ one, many }) => (one === undefined) === (many === undefined), 'needs one and many, or neither');

export const controlSchema = z.strictObject({
  id: controlId,
  version: z.number().int().min(1),
  /** A statement that holds or does not. */
  title: text,
  /** What to do when it does not hold, as one imperative; the headline under "do next". */
  action: text,
  /** What a board reads of it, without codes and technical terms. */
  board: boardWordsSchema,
  area: z.enum(AREAS),
  /** Where it reaches. Left out: policy for policy and operations, the accounts for everything else. */
  scope: z.enum(SCOPES).optional(),
  severity: z.enum(SEVERITIES),
  /** Role that the work goes to by default. */
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
  /** What to say when it does not apply. */
  notApplicable: text.optional(),
  /** Capabilities that must all be there. */
  needs: z.array(text).default([]),
  unlicensed: z
    .strictObject({ state: z.enum(['not_licensed', 'policy_only']).default('not_licensed'), instead: text })
    .optional(),
  /** In order of preference. */
  checks: z.array(checkSchema).min(1),
  /**
   * Capabilities without which it can be set by hand or asked for, but nothing holds it there. They decide what the
   * planner calls enforceable; the verdict goes by its evidence and never hangs on them.
   */
  enforcedBy: z.strictObject({ needs: z.array(text).min(1), otherwise: text }).optional(),
  remediation: remediationSchema,
  /** Capability entries whose guide and vendor readings are shown side by side. */
  facts: z.array(text).default([]),
  sources: z.array(sourceSchema).default([]),
});
export type Control = z.infer<typeof controlSchema>;

export const EFFECTS = ['read', 'write', 'delete', 'send', 'admin', 'unknown'] as const;

/** What a connector can reach. `public`: data about others that anyone may look up. */
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
  /** Other spellings, for recognizing rows of a table. */
  aliases: z.array(text).default([]),
  category: z.enum(['files', 'mail', 'calendar', 'chat', 'crm', 'ams', 'project', 'design', 'code', 'other']),
  holdsMemberData: z.boolean(),
  /** Id of the connector that reaches the same records, where a membership system keeps them in that one's system. */
  recordsIn: z
    .string()
    .regex(/^[a-z0-9_]+$/)
    .optional(),
  sensitivity: z.enum(['low', 'medium', 'high']),
  directory: z.enum(['confirmed', 'unconfirmed', 'no']),
  /** Kinds of data that it can reach; null: the vendor does not say. */
  dataClasses: z.array(z.enum(DATA_CLASSES)).min(1).nullable(),
  /** Whether the vendor lists it among those that Enterprise can tie to its verified domains; null: the vendor does not say. */
  verifiedDomain: z.enum(['listed', 'not_listed']).nullable(),
  /** Whether the vendor lists it for authorization by the organization's identity provider; null: the vendor does not say. */
  managedAuth: z.enum(['listed', 'announced', 'not_listed']).nullable(),
  /** What the vendor documents that it cannot do, or does in its own way; null: the vendor does not say. */
  limits: z
    .array(
      z.strictObject({
        says: text,
        /** Actions that it is about; without: all. */ actions: z.array(text).min(1).optional(),
      }),
    )
    .min(1)
    .nullable(),
  actions: z.array(
    z.strictObject({
      id: text,
      title: text,
      aliases: z.array(text).default([]),
      effect: z.enum(EFFECTS),
      /** The guide's recommendation; null where the guide is silent. */
      baseline: z.enum(['allow', 'ask', 'blocked']).nullable(),
      /** true: the guide's table names it. Without it a baseline follows the guide's general rule for the effect. */
      inGuide: z.boolean().optional(),
      /** true: the guide's table has the system and leaves the action out, so applying the baseline does not decide it. */
      undecided: z.boolean().optional(),
      /** Graph scope or the like that the action needs. */
      scope: text.optional(),
      /** Whether Claude offers Always allow for it; null: the vendor does not say. Each tool that sends states it. */
      alwaysAllowOffered: z.boolean().nullable().optional(),
      /** false: the guide names it and the vendor documents no such tool, so a connectors table need not list it. */
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
  /** Controls that read whether people keep to it, by their ids. */
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
  /** What a policy starts from. */
  readonly policyTemplate: PolicyTemplate;
  /** The texts that come with a policy, in the order of TEXT_IDS. */
  readonly policyTexts: readonly PolicyText[];
  readonly journeys: readonly Journey[];
  /** What is done when someone leaves or joins. */
  readonly personJourneys: readonly PersonJourney[];
  /** One of each kind, in the order of MESSAGE_KINDS. */
  readonly messages: readonly MessageTemplate[];
  readonly baselines: readonly ShippedBaseline[];
  /** The guide and its revision; null where a catalogue names none. */
  readonly guide: Guide | null;
  readonly cadence: Cadence;
  /** Reviews that are led item by item. */
  readonly reviews: Reviews;
  /** For whom the guide is written, and where they begin. */
  readonly audiences: Audiences;
  /** How a card reaches Microsoft Teams. */
  readonly teams: Delivery;
  /** How events reach a SIEM. */
  readonly siem: Siem;
  /** How long records about single people of the staff are kept where a client chose nothing. */
  readonly staffRetention: StaffRetention;
  /** What of a client’s use no source can tell. */
  readonly usageBlind: UsageBlind;
  /** Every source that can show the use of Claude. */
  readonly visibility: Visibility;
  /** What senders of telemetry say, and by which signs gateways are recognized. */
  readonly telemetry: { readonly claude: ClaudeTelemetry; readonly gateways: Gateways };
  /** Which source a figure of use is taken from where two tell of the same. */
  readonly countedOnce: CountedOnce;
  /** Settings that devices can be given, by product. */
  readonly devices: readonly DeviceProduct[];
  /** The ways to a membership system. */
  readonly ams: AmsMethods;
  /** Where each kind of file is exported, and samples of them. */
  readonly importGuides: ImportGuides;
  /** Scopes that the Microsoft 365 connector asks for. */
  readonly connectorScopes: ConnectorScopes;
  readonly conditionalAccess: ConditionalAccess;
  /** The header by which Claude refuses other organizations, and the ways to send it. */
  readonly network: { readonly restriction: TenantRestriction; readonly ways: readonly NetworkWay[] };
  /** AI tools by their hosts, Claude among them. */
  readonly aiTools: AiTools;
  /** What is asked before a connector is approved that someone wants. */
  readonly requestReview: RequestReview;
  /** The training of staff with its quiz. */
  readonly training: Training;
  /** What data loss prevention looks for, file by file. */
  readonly dlp: readonly DlpRules[];
  /** How an incident of each type is led. */
  readonly playbooks: readonly Playbook[];
  /** Rules over activities, by id. */
  readonly detections: readonly Detection[];
  /** What no rule can detect, and why. */
  readonly undetected: readonly Undetected[];
  /** Types of the vendor's activity feed, and what each becomes in the log. */
  readonly activityTypes: readonly ActivityTypes[];
  /** What vendors let a program read. */
  readonly vendorSources: readonly VendorSource[];
}
// Guide: GB-10
