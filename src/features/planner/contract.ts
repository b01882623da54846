import { z } from 'zod';
import { day } from '#domain/model/day-schema.ts';
import { clientParam, listOf, operationsOf, versionParam } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { paperParam } from '../shared/file-parts.ts';
import { tableFormat } from '../shared/table-format.ts';
import {
  channelSchema,
  columnSchema,
  comparisonSchema,
  devicesSchema,
  differenceSchema,
  firstSchema,
  goalSchema,
  minimumSchema,
  offerSchema,
  pathSetSchema,
  quoteSchema,
  riskSchema,
  trackSchema,
} from './schemas.ts';

const setsParam = z
  .string()
  .max(2000)
  .describe(
    'Sets of purchases by id, as listed by planner show: commas within a set, semicolons between sets, for example “claude:enterprise,gateway;m365:e5”',
  );
const goalParam = z
  .string()
  .max(80)
  .regex(/^goal\.[a-z0-9_]+$/, 'A goal is named by its id, for example goal.content_dlp.')
  .describe('Goal from the guide’s appendix B, for example goal.content_dlp');
const compared = {
  client: clientParam,
  sets: setsParam
    .optional()
    .describe('Sets of purchases; left out: the cheapest for the goal and the next steps up'),
  goal: goalParam.optional(),
};
const purchase = z
  .string()
  .min(1)
  .max(100)
  .describe('Id of the purchase, as listed by planner show, for example claude:enterprise');
const comparison = z.string().max(80).describe('Id from planner comparisons list');
const saved = {
  name: z.string().trim().min(1, 'Give the comparison a name.').max(120),
  sets: setsParam.min(1, 'Choose at least one set of purchases.'),
  goal: goalParam.nullable().optional(),
};
const { del, download, get, post, put } = operationsOf({ feature: 'Planner', scope: 'client' });
const ROWS = [
  'G1.1-12',
  'G1.2-00',
  'G1.2-07',
  'G1.2-10',
  'G1.2-12',
  'G4.4-08',
  'GB-01',
  'GB-02',
  'GB-03',
  'GB-05',
  'GB-06',
  'GB-07',
  'GB-08',
  'GB-09',
] as const;

export const plannerContract = {
  show: get('/clients/{client}/planner', {
    title: 'Show what plans and licenses let a client enforce',
    description:
      'What the client has now and what it costs, which controls it can enforce, what can be bought or why not, the goals of appendix B, and where guide and vendor differ.',
    permission: 'planner.read',
    cli: 'planner show',
    mcp: true,
    guide: ROWS,
    boundedBy: 'the controls and offers that the catalogue has',
  }).output(
    z.object({
      today: columnSchema,
      seats: z
        .number()
        .int()
        .nullable()
        .describe('Number of Claude seats according to the profile; null: not stated'),
      staff: z
        .number()
        .int()
        .nullable()
        .describe('Number of people according to the profile; null: not stated'),
      controls: z.array(
        z.object({
          control: z.string(),
          title: z.string(),
          reach: z.enum(['enforceable', 'policy_only', 'not_licensed', 'not_applicable', 'unknown']),
          because: z.string(),
        }),
      ),
      offers: z.array(offerSchema),
      goals: z.array(goalSchema),
      devices: devicesSchema
        .nullable()
        .describe('For the goal of a compliant device; null: devices or members were not read'),
      minimum: minimumSchema
        .nullable()
        .describe(
          'Whether the licenses meet the guide’s recommended minimum; null: the catalogue states none',
        ),
      first: firstSchema
        .nullable()
        .describe(
          'What to set up first against uploads of member data, regardless of the goal; null: nothing',
        ),
      differences: z.array(differenceSchema),
      tracks: z
        .array(trackSchema)
        .describe('Ways to use Claude other than its own plans, with what each lacks'),
      quotes: z.array(quoteSchema),
      day: day.describe('Today’s situation at the client'),
    }),
  ),
  compare: get('/clients/{client}/planner/compare', {
    title: 'Compare sets of purchases with today',
    description:
      'For each set: the added cost per month and year with the source and date of every price, which controls it adds, and how each risk would be covered. Items without a price are named and never counted as zero.',
    permission: 'planner.read',
    cli: 'planner compare',
    mcp: true,
    guide: ROWS,
    boundedBy: 'the purchases that were asked for',
  })
    .input(z.object(compared))
    .output(
      z.object({
        goal: goalSchema.nullable().describe('null: none was chosen'),
        goalWords: z
          .string()
          .nullable()
          .describe('How to reach the goal at the lowest cost; null: no goal was chosen'),
        sets: z.string().describe('The sets that are compared, to request them again'),
        suggested: z.boolean().describe('Whether Bylaw chose the sets'),
        today: columnSchema,
        columns: z.array(columnSchema),
        risks: z.array(riskSchema),
        seats: z.number().int().nullable().describe('null: not stated in the profile'),
        staff: z.number().int().nullable().describe('null: not stated in the profile'),
        prices: z
          .array(z.string())
          .describe('Sentences about where the prices come from, and what has no price'),
        day,
      }),
    ),
  paths: get('/clients/{client}/planner/paths', {
    title: 'Find the cheapest way to each goal, and the sets with the best value',
    description:
      'Considers every set of purchases that makes sense for the client. The frontier consists of the sets that no other set beats: none covers as much for less.',
    permission: 'planner.read',
    cli: 'planner paths',
    mcp: true,
    guide: ROWS,
    boundedBy: 'the goals that the catalogue has',
  }).output(
    z.object({
      sets: z.number().int().describe('Number of sets that were considered'),
      risks: z.number().int(),
      paths: z.array(
        z.object({
          goal: z.string(),
          cheapest: pathSetSchema.nullable().describe('null: no set with a known price reaches it'),
          dearer: z
            .array(pathSetSchema)
            .describe('Other sets with a known price that reach it, cheapest first'),
          unpriced: z
            .array(pathSetSchema)
            .describe('Sets that reach it and have no price yet; fewest purchases first'),
          unpricedTotal: z.number().int(),
        }),
      ),
      channels: z
        .array(channelSchema)
        .describe('Ways to check uploads (goal.content_dlp), each with what it takes and costs'),
      frontier: z.array(pathSetSchema),
    }),
  ),
  gaps: download('/clients/{client}/planner/gaps', {
    title: 'Export what the plan and licenses lack',
    description:
      'Each capability that the client definitely lacks, with the controls and risks that depend on it and what replaces it.',
    permission: 'planner.read',
    cli: 'planner gaps',
    why: 'A file for a person; planner show lists which controls are not licensed.',
    guide: ['G1.1-00'],
  }).input(z.object({ client: clientParam, format: tableFormat })),
  export: download('/clients/{client}/planner/compare/export', {
    title: 'Export a comparison of purchases',
    permission: 'planner.read',
    cli: 'planner export',
    why: 'A file for a person; planner compare gives the same.',
  }).input(z.object({ ...compared, format: tableFormat })),
  print: download('/clients/{client}/planner/compare/pdf', {
    title: 'Print a comparison of purchases for the budget meeting',
    description: 'A two-page PDF: the comparison, and what it is based on.',
    permission: 'planner.read',
    cli: 'planner print',
    why: 'A file for a person; planner compare gives the same.',
  }).input(
    z.object({
      ...compared,
      name: z
        .string()
        .trim()
        .max(120)
        .optional()
        .describe('Title; left out: a title about what each upgrade would provide'),
      paper: paperParam,
    }),
  ),
  setQuote: put('/clients/{client}/planner/quotes/{purchase}', {
    title: 'Enter what a client was quoted for a purchase',
    description: 'A quote takes precedence over any list price. The quote it replaces stays on record.',
    permission: 'planner.edit',
    audit: 'planner.set_quote',
    cli: 'planner quotes set',
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        purchase,
        usdPerMonth: z
          .number()
          .min(0, 'A price cannot be negative.')
          .max(1_000_000)
          .describe('US dollars before tax, per seat, person or client and month'),
        note: z.string().trim().max(500).nullable().optional(),
        on: day.optional().describe('Date of the quote; left out: today'),
        version: z.number().int().min(0).default(0).describe('Version of the quote it replaces; 0: none'),
      }),
    )
    .output(quoteSchema),
  removeQuote: del('/clients/{client}/planner/quotes/{purchase}', {
    title: 'Remove a quote',
    description: 'The list price, if there is one, counts again.',
    permission: 'planner.edit',
    audit: 'planner.remove_quote',
    cli: 'planner quotes remove',
    proof: 'none',
  })
    .input(z.object({ client: clientParam, purchase }))
    .output(z.object({ removed: z.boolean() })),
  comparisons: get('/clients/{client}/planner/comparisons', {
    title: 'List the saved comparisons of purchases',
    permission: 'planner.read',
    cli: 'planner comparisons list',
    mcp: true,
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(listOf(comparisonSchema)),
  saveComparison: post('/clients/{client}/planner/comparisons', {
    title: 'Save a comparison of purchases',
    permission: 'planner.edit',
    audit: 'planner.save_comparison',
    cli: 'planner comparisons save',
    proof: 'none',
  })
    .input(z.strictObject({ client: clientParam, ...saved }))
    .output(comparisonSchema),
  changeComparison: put('/clients/{client}/planner/comparisons/{comparison}', {
    title: 'Change a saved comparison of purchases',
    permission: 'planner.edit',
    audit: 'planner.change_comparison',
    cli: 'planner comparisons change',
    proof: 'none',
  })
    .input(z.strictObject({ client: clientParam, comparison, version: versionParam, ...saved }))
    .output(comparisonSchema),
  removeComparison: del('/clients/{client}/planner/comparisons/{comparison}', {
    title: 'Remove a saved comparison of purchases',
    permission: 'planner.edit',
    audit: 'planner.remove_comparison',
    cli: 'planner comparisons remove',
    proof: 'none',
  })
    .input(z.object({ client: clientParam, comparison }))
    .output(z.object({ removed: z.boolean() })),
};
// Guide: G0-02
