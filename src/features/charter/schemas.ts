import { z } from 'zod';
import { AREAS } from '#domain/charter/fields.ts';
import { INVARIANTS } from '#domain/charter/invariants.ts';
import { EFFECTS } from '#domain/model/catalogue.ts';
import { charteredConnector, charterSchema, permission } from '#domain/model/charter.ts';
import { day } from '#domain/model/day-schema.ts';
import { SEVERITIES, STATES } from '#domain/model/verdict.ts';
import { instant, versionParam } from '../operation.ts';
import { SET_BY_BYLAW } from './value.ts';

export const DRAFT_STATES = ['draft', 'proposed', 'approved', 'refused', 'withdrawn'] as const;

const by = z.object({ by: z.string(), at: instant });

export const changeSchema = z.object({
  key: z.string().describe('The same for the same setting in any charter'),
  area: z.enum(AREAS),
  areaName: z.string(),
  is: z.enum(['added', 'removed', 'changed']),
  what: z.string(),
  before: z.string().nullable().describe('null: not set'),
  after: z.string().nullable().describe('null: not set'),
  direction: z
    .enum(['looser', 'tighter', 'same'])
    .describe('looser: Claude, or people with it, may do more than before'),
  effects: z
    .array(z.enum(EFFECTS))
    .nullable()
    .describe('For a cell of the matrix: what the action does; null: another setting'),
  cell: z
    .object({ connector: z.string(), action: z.string() })
    .nullable()
    .describe('null: not a cell of the matrix'),
  words: z.string(),
});

export const differenceSchema = z.object({
  changes: z.array(changeSchema).describe('Changes that widen access come first'),
  unchanged: z.number().int().describe('Settings that do not change'),
});

export const settingSchema = z.object({
  key: z.string(),
  area: z.enum(AREAS),
  areaName: z.string(),
  what: z.string(),
  value: z.string(),
});

export const versionSchema = z.object({
  version: z.number().int().describe('How to refer to this version'),
  number: z.number().int().describe('Name of the version; the same as version'),
  stated: z
    .number()
    .int()
    .nullable()
    .describe('Number stated in the imported file, if it differs; null: it does not differ'),
  state: z.enum(['in_force', 'superseded']),
  from: z.enum(['console', 'import']).describe('console: a draft was approved here; import: a file'),
  inForceSince: z.string().nullable().describe('null: the file does not say'),
  until: instant.nullable().describe('When the next version took effect; null: it is in force'),
  approvedBy: z.array(z.string()).nullable().describe('null: the file does not say'),
  stored: z.object({ by: z.string().nullable().describe('Name; null: not known'), at: instant }),
  file: z.string(),
  sha256: z.string(),
  connectors: z.number().int().nullable().describe('null: not stated'),
  draft: z.string().nullable().describe('Id of the draft it was made from; null: none'),
});

export const draftLineSchema = z.object({
  id: z.string(),
  title: z.string(),
  reason: z.string(),
  origin: z.string().describe('console, yaml, import, sandbox, policy, or “baseline:” followed by its id'),
  state: z.enum(DRAFT_STATES),
  number: z.number().int().describe('Version the draft would become'),
  base: z
    .object({ version: z.number().int(), number: z.number().int() })
    .nullable()
    .describe('Version it started from; null: there was none'),
  moved: z.boolean().describe('Whether another version has come into force since the draft was made'),
  made: by,
  changed: by,
  proposed: by.nullable().describe('null: not sent for approval'),
  ended: z
    .object({ by: z.string(), at: instant, reason: z.string().nullable().describe('null: still open') })
    .nullable()
    .describe('null: none was given'),
  became: z.number().int().nullable().describe('Version the draft became; null: none'),
  version: z.number().int(),
});

export const brokenSchema = z.object({
  invariant: z.enum(INVARIANTS),
  connector: z.string(),
  action: z.string(),
  permission,
  effects: z.array(z.enum(EFFECTS)),
  words: z.string(),
  until: z.string().nullable().describe('Last day of its exception; null: none'),
  covered: z.boolean().describe('Whether an exception with an end date covers it'),
});

export const statusSchema = z.object({
  step: z.enum(['edit', 'decide', 'approve', 'done']).describe('Next step for the draft'),
  next: z.string().describe('What to do next and who can do it, in one or two sentences'),
  approvals: z.object({ given: z.number().int(), needed: z.number().int() }),
  given: z.array(
    z.object({
      by: z.string(),
      at: instant,
      note: z.string().nullable().describe('null: none'),
      counts: z.boolean().describe('false: the approval was for an earlier state of the draft'),
    }),
  ),
  approvers: z.array(z.string()).describe('People who can approve it now'),
  may: z.object({
    edit: z.boolean(),
    propose: z.boolean(),
    withdraw: z.boolean(),
    approve: z.boolean(),
    refuse: z.boolean().describe('Also whether you can request changes'),
  }),
  why: z.string().nullable().describe('Why you cannot approve it; null: you can'),
  faults: z.array(z.string()).describe('What prevents approval, one sentence each'),
  steps: z.array(
    z.object({
      act: z.string(),
      note: z.string().nullable().describe('null: none'),
      by: z.string(),
      at: instant,
    }),
  ),
});

export const overlapSchema = z.object({
  key: z.string(),
  what: z.string(),
  base: z.string().nullable().describe('Value when the draft was made; null: not set'),
  current: z.string().nullable().describe('Value in the version in force; null: not set'),
  draft: z.string().nullable().describe('Value in the draft; null: not set'),
});

export const charterValue = charterSchema.describe('The charter itself, as defined by its schema');

export const draftSchema = draftLineSchema.extend({
  value: charterValue,
  settings: z.array(settingSchema).describe('All its settings, in words'),
  difference: differenceSchema.describe(
    'Differences from the version in force, or from the newer one after a merge',
  ),
  invariants: z.array(z.object({ id: z.enum(INVARIANTS), title: z.string(), holds: z.boolean() })),
  broken: z.array(brokenSchema),
  idle: z
    .array(z.object({ connector: z.string(), action: z.string() }))
    .describe('Exceptions to invariants that cover nothing'),
  moved_by: z
    .object({
      by: z.string().nullable().describe('Name; null: not known'),
      at: instant,
      version: z.number().int(),
      number: z.number().int(),
    })
    .nullable()
    .describe('Version that has come into force since; null: none'),
  overlaps: z.array(overlapSchema).describe('Settings changed on both sides; each needs a decision'),
  status: statusSchema,
});

export const putSchema = z.object({
  draft: z.string().describe('Id of the draft'),
  version: z.number().int(),
  notes: z.array(z.string()).describe('What was not taken over, and why'),
});

export const effectSchema = z.object({
  changes: z.array(
    z.object({
      control: z.string(),
      title: z.string(),
      severity: z.enum(SEVERITIES),
      before: z.enum(STATES).nullable().describe('null: not evaluated yet'),
      after: z.enum(STATES),
      reason: z.string(),
    }),
  ),
  counts: z.object({ better: z.number().int(), worse: z.number().int(), other: z.number().int() }),
  words: z.string(),
  questions: z
    .array(
      z.object({
        id: z.string(),
        title: z.string().describe('What to answer, as an instruction'),
        page: z
          .string()
          .nullable()
          .describe('Path of the client’s page where it is answered; null: in the draft'),
        controls: z.number().int().describe('Controls that depend on the answer'),
      }),
    )
    .describe('Open questions of the charter, starting with those that settle the most controls'),
});

export const openSchema = z.object({
  draft: z
    .object({ id: z.string(), version: z.number().int(), title: z.string() })
    .nullable()
    .describe('null: an answer starts a new draft'),
  value: charterValue,
  waiting: z
    .object({ id: z.string(), title: z.string(), value: charterValue })
    .nullable()
    .describe('A draft that is waiting for approval; an answer does not change it. null: none'),
});

const choiceSchema = z.object({ value: z.string(), label: z.string() });
const choices = z.array(choiceSchema);

export const choicesSchema = z.object({
  people: choices.nullable().describe('Members and staff by address; null: you may not see this'),
  accounts: choices.nullable().describe('Accounts in Entra; null: you may not see this'),
  groups: choices.describe('Groups in Entra'),
  applications: choices.describe('Applications in Entra'),
  apiKeys: choices,
  policies: choices.describe('Conditional Access policies in report-only'),
  domains: z.array(z.string()).describe('Domains of the client'),
  connectors: z.array(z.object({ name: z.string(), actions: z.array(z.string()) })),
  controls: choices.describe('Controls that an exception can be about'),
  clauses: choices.describe('Clauses of a policy'),
  incidents: choices.describe('Incident types'),
  notice: choices.describe('What a notice to staff may name'),
  textKinds: choices.describe('Kinds of text that may be kept'),
  textSources: choices.describe('Parts of Claude of which text may be kept'),
});

export const startsSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      purpose: z.string(),
      plans: z.array(z.string()),
      fits: z.boolean().describe('Whether it is meant for the client’s plan and license'),
    }),
  ),
  total: z.number().int(),
});

const name = z.string().trim().min(1, 'Name the connector.').max(200);
const text = z.string().trim().min(1).max(2000);

export const cellSchema = z.strictObject({
  connector: name,
  action: z.string().trim().min(1, 'Enter the action, or * for all others.').max(200),
  permission: permission.nullable().describe('null: the charter no longer mentions the action'),
  justification: text
    .nullable()
    .optional()
    .describe('Why it is looser than the guide; null removes the reason'),
  effect: z
    .enum(['read', 'write', 'delete', 'send', 'admin'])
    .nullable()
    .optional()
    .describe('What the action does, if the catalogue does not know; null removes it'),
  until: day.nullable().optional().describe('Last day it may break an invariant; null removes the date'),
});

export const connectorSchema = z.strictObject({
  name,
  remove: z.boolean().optional(),
  kind: z.enum(['directory', 'custom']).optional(),
  url: charteredConnector.shape.url.describe('Address of a custom server'),
  sensitivity: z.enum(['low', 'medium', 'high']).optional(),
  isAms: z.boolean().optional(),
  holdsMemberData: z.boolean().optional(),
  actionsClassified: day.optional(),
  sourceReviewed: day.optional(),
  securityReview: z.strictObject({ on: day, by: text, vendorContact: text }).optional(),
});

type Shape = typeof charterSchema.shape;
type Part = Exclude<keyof Shape, (typeof SET_BY_BYLAW)[number]>;

/** Parts of a charter, each as a whole. null removes a part; left out keeps it. */
export const partsSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(charterSchema.shape)
      .filter(([key]) => !SET_BY_BYLAW.some((one) => one === key))
      .map(([key, schema]) => [key, schema.nullable()]),
  ) as { [K in Part]: z.ZodNullable<Shape[K]> },
);

export const draftParam = z.string().min(1).max(80).describe('Id of the draft, from charter list');
export const oneDraft = { draft: draftParam, version: versionParam };
