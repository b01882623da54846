import { z } from 'zod';
import { PRESETS } from '#domain/connectors/presets.ts';
import { DATA_CLASSES, EFFECTS } from '#domain/model/catalogue.ts';
import { charteredConnector, permission } from '#domain/model/charter.ts';
import { day } from '#domain/model/day-schema.ts';
import { instant, reasonParam } from '../operation.ts';
import { nextCursor } from '../paging.ts';

const CATEGORIES = [
  'files',
  'mail',
  'calendar',
  'chat',
  'crm',
  'ams',
  'project',
  'design',
  'code',
  'other',
] as const;
const SENSITIVITIES = ['low', 'medium', 'high'] as const;

export const connectorSchema = z.object({
  id: z.string(),
  name: z.string(),
  entry: z.string().nullable().describe('Catalogue entry; null: not in the catalogue'),
  kind: z.enum(['directory', 'custom']).nullable().describe('null: neither a reading nor the catalogue says'),
  category: z.enum(CATEGORIES).nullable().describe('null: not in the catalogue'),
  dataClasses: z.array(z.enum(DATA_CLASSES)).nullable().describe('Data it can reach; null: not stated'),
  sensitivity: z
    .enum(SENSITIVITIES)
    .nullable()
    .describe('null: neither the charter nor the catalogue states it'),
  memberData: z
    .boolean()
    .nullable()
    .describe('Whether it holds data about members; null: neither the charter nor the catalogue states it'),
  ams: z.boolean().describe('Whether it is treated as a membership system, which makes it read-only'),
  charter: z.string().nullable().describe('Its entry in the charter; null: the charter does not approve it'),
  enabled: z
    .boolean()
    .nullable()
    .describe('According to the connectors table; null: the table does not show it'),
  limits: z.array(z.string()).nullable().describe('null: the vendor does not say'),
});

export const rowSchema = z.object({
  id: z.string(),
  connector: z.string(),
  title: z.string(),
  tool: z.string().nullable().describe('Name of the tool; null: no single tool'),
  kind: z.enum(['action', 'class', 'rest']),
  effect: z.enum(EFFECTS).describe('unknown: not classified yet; the limits for writes apply until it is'),
  effectFrom: z.enum(['catalogue', 'charter', 'nobody']),
  baseline: permission,
  baselineFrom: z
    .enum(['guide', 'rule', 'ams', 'unrated', 'undecided'])
    .describe('guide: the guide’s table names the action; rule: the guide’s rule for the effect applies'),
  charter: permission.nullable().describe('null: the charter does not mention it, which means blocked'),
  charterFrom: z
    .enum(['named', 'class', 'rest', 'lapsed'])
    .nullable()
    .describe('Part of the charter that decides it; null: the charter does not mention it'),
  justification: z
    .string()
    .nullable()
    .describe(
      'Reason for being looser than the guide; null: none is stated, or the charter does not mention it',
    ),
  until: z.string().nullable().describe('Last day of its exception to an invariant; null: none'),
  observed: z
    .object({
      state: z
        .enum(['allow', 'ask', 'blocked', 'off'])
        .nullable()
        .describe('null: the table states none that is understood; `words` has what it says'),
      words: z
        .string()
        .nullable()
        .describe('What the table says, if it is not understood; null: `state` has it'),
      on: z.string(),
    })
    .nullable()
    .describe('null: no reading shows it'),
  exists: z.boolean().describe('false: the vendor documents no such tool and no reading shows it'),
  alwaysAllowOffered: z.boolean().nullable().describe('null: the vendor does not say'),
  guarded: z
    .object({ states: z.array(permission), why: z.string() })
    .nullable()
    .describe('States that need two approvers and an end date; null: none'),
  shared: z.array(z.string()).describe('Other rows for the same cell'),
});

const effectCounts = z.record(z.enum(EFFECTS), z.number().int());

export const summarySchema = z.object({
  actions: z.number().int(),
  allow: effectCounts,
  ask: effectCounts,
  blocked: effectCounts.describe('Number that the charter blocks; actions it does not mention are undecided'),
  looser: z.number().int(),
  unjustified: z.number().int(),
  tighter: z.number().int(),
  undecided: z.number().int(),
  unclassified: z.number().int(),
  restOpen: z.number().int(),
  wider: z.number().int(),
  narrower: z.number().int(),
});

const draftSchema = z.object({
  id: z.string(),
  title: z.string(),
  version: z.number().int(),
  state: z.enum(['draft', 'proposed']),
  changed: z.object({ by: z.string(), at: instant }),
  moved: z.boolean().describe('Whether another version has come into force since the draft was made'),
});

export const matrixSchema = z.object({
  nextCursor,
  today: z.string(),
  charter: z
    .object({
      version: z.number().int(),
      number: z.number().int(),
      since: z.string().nullable().describe('Day since which it is in force; null: not stated'),
    })
    .nullable()
    .describe('Version in force; null: there is no charter'),
  draft: draftSchema.nullable().describe('Draft that is shown; null: the version in force is shown'),
  drafts: z.array(draftSchema).describe('Open drafts, newest first'),
  observed: z.object({
    on: z
      .string()
      .nullable()
      .describe('Date of the newest reading behind a state; null: no reading shows one'),
    why: z.string().nullable().describe('Why no connectors table is in use; null: one is'),
    howToGet: z.string().nullable().describe('How to make it readable; null: it was read'),
  }),
  nextReview: z
    .string()
    .nullable()
    .describe('Date on which the connectors are due to be reviewed; null: no day is set'),
  connectors: z.array(
    connectorSchema.extend({
      reviewed: z
        .string()
        .nullable()
        .describe('Date of the last signed review that decided on it; null: none'),
    }),
  ),
  rows: z.array(rowSchema),
  summary: summarySchema,
  words: z.string().describe('The result, in a sentence'),
  addable: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        category: z.enum(CATEGORIES),
        dataClasses: z
          .array(z.enum(DATA_CLASSES))
          .nullable()
          .describe('Kinds of data that it reaches; null: not stated'),
        sensitivity: z.enum(SENSITIVITIES),
        actions: z.number().int(),
      }),
    )
    .describe('Connectors of the catalogue that the charter does not approve'),
  may: z.object({ edit: z.boolean() }),
});

const rowId = z.string().min(1).max(400).describe('Id of the row, from connectors matrix');
const name = z.string().trim().min(1).max(200);

export const cellEditSchema = z.strictObject({
  row: rowId,
  permission,
  reason: reasonParam.optional().describe('Why it is looser than the baseline'),
  until: day.optional().describe('Last day, if an invariant forbids the state'),
});

export const additionSchema = z.strictObject({
  entry: z.string().max(80).optional().describe('Id of a connector of the catalogue'),
  name: name.optional().describe('For a connector that is not in the catalogue: its name as Claude lists it'),
  kind: z.enum(['directory', 'custom']).optional(),
  url: charteredConnector.shape.url.describe('Address of a custom server, by which devices allow it'),
  tools: z
    .array(z.strictObject({ name, effect: z.enum(['read', 'write', 'delete', 'send', 'admin']).optional() }))
    .max(1000, 'At most 1,000 tools at once.')
    .optional(),
  sensitivity: z.enum(SENSITIVITIES).optional(),
  memberData: z.boolean().optional(),
  ams: z.boolean().optional().describe('Whether it is the membership system'),
  amsMethods: z
    .array(z.enum(['custom_mcp', 'manual_upload', 'bedrock']))
    .min(1)
    .max(3)
    .optional()
    .describe(
      'How Claude reaches the membership system; required for an added connector if the charter does not say. See ams show',
    ),
  preset: z.enum(PRESETS).default('baseline'),
});

export const classifySchema = z.strictObject({
  row: rowId,
  effect: z.enum(['read', 'write', 'delete', 'send', 'admin']),
});

export const removeName = name;
export const filterShape = {
  connector: z.string().max(400).optional().describe('Id of a connector'),
  effect: z.enum(EFFECTS).optional(),
  state: permission.optional().describe('The effective state under the charter'),
  departs: z
    .enum(['looser', 'tighter', 'unjustified', 'undecided', 'unclassified', 'rule'])
    .optional()
    .describe('Comparison with the baseline; rule: the guide does not name the action'),
  drift: z
    .enum(['wider', 'narrower', 'unread'])
    .optional()
    .describe('Comparison of what was observed with the charter'),
  text: z.string().max(200).optional(),
};
