import { z } from 'zod';
import { groupOf } from '#domain/model/bounded.ts';
import { CLAUDE_PLANS, M365_TIERS } from '#domain/model/profile.ts';
import { MAX_ROWS, rowProblemSchema, rowSchema } from '../foreign/schemas.ts';
import { clientParam, listOf, operationsOf, reasonParam, versionParam } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { tableFormat } from '../shared/table-format.ts';
import {
  baselineSchema,
  differencesSchema,
  lineSchema,
  MAX_YAML,
  offerSchema,
  planSchema,
  shippedSchema,
} from './schemas.ts';

const { download, get, post, put } = operationsOf({ feature: 'Baselines', scope: 'workspace' });
const baselineParam = z.string().min(1).max(80).describe('Id of the baseline, from baselines list');
const yaml = z.string().min(1, 'The baseline is empty.').max(MAX_YAML).describe('The baseline as YAML');
const differenceKey = z
  .string()
  .min(1)
  .max(400)
  .describe('Key of the difference, from baselines differences');
const chosen = {
  clients: z.array(clientParam).max(1000).default([]).describe('Short names of existing clients'),
  rows: z.array(rowSchema).max(MAX_ROWS).default([]).describe('New clients'),
};
const matrixFilters = {
  view: z
    .enum(['open', 'kept', 'all'])
    .default('open')
    .describe('Open differences, those kept on purpose, or both'),
  status: z.enum(['looser', 'stricter', 'other']).optional(),
  client: clientParam.optional(),
};

export const baselinesContract = {
  list: get('/baselines', {
    title: 'List the baselines',
    description:
      'Templates for the charter and the deployment, with how many of your clients follow each. People who cannot apply any see those that their clients follow.',
    permission: 'signed_in',
    cli: 'baselines list',
    mcp: true,
    list: { key: 'id' },
  })
    .input(z.object({ ...pageParams() }))
    .output(
      listOf(lineSchema).extend({
        shipped: z.array(shippedSchema).describe('Baselines that come with Bylaw, to copy'),
        may: z.object({ manage: z.boolean(), apply: z.boolean() }),
      }),
    ),
  show: get('/baselines/{baseline}', {
    title: 'Show a baseline and the clients on it',
    permission: 'signed_in',
    cli: 'baselines show',
    mcp: true,
    list: { key: 'client' },
  })
    .input(z.object({ baseline: baselineParam, ...pageParams() }))
    .output(baselineSchema),
  create: post('/baselines', {
    title: 'Make a baseline',
    description: 'From one that comes with Bylaw, or from YAML. Give exactly one of the two.',
    permission: 'baselines.manage',
    audit: 'baselines.create',
    cli: 'baselines create',
    guide: ['G2.2-24'],
    proof: 'none',
  })
    .input(
      z.strictObject({
        shipped: z.string().max(80).optional().describe('Id of the baseline of the catalogue'),
        yaml: yaml.optional(),
        name: z
          .string()
          .trim()
          .min(1)
          .max(120)
          .optional()
          .describe('Name for the copy; left out: the name of the original'),
      }),
    )
    .output(baselineSchema),
  change: put('/baselines/{baseline}', {
    title: 'Change a baseline',
    description:
      'Creates its next version; earlier ones stay. Clients follow the one that was applied to them.',
    permission: 'baselines.manage',
    audit: 'baselines.change',
    cli: 'baselines change',
    proof: 'none',
  })
    .input(
      z.strictObject({
        baseline: baselineParam,
        version: versionParam,
        yaml: yaml.optional(),
        charter: z
          .record(z.string().max(80), z.unknown())
          .optional()
          .describe(
            'Instead of YAML: sections of its charter, each complete; null removes a section. Comments in the text are lost.',
          ),
        parts: z
          .strictObject({
            name: z.string().trim().min(1).max(120).optional(),
            purpose: z.string().trim().min(1).max(2000).optional(),
            meantFor: z
              .strictObject({
                claudePlans: z.array(z.enum(CLAUDE_PLANS)).min(1).max(CLAUDE_PLANS.length),
                m365: z.array(z.enum(M365_TIERS)).max(M365_TIERS.length).optional(),
              })
              .optional(),
            client: groupOf(z.string().max(80), z.unknown(), 50).optional(),
            deployment: z
              .array(
                z.strictObject({
                  task: z.string().max(80),
                  by: z.enum(['msp', 'client']),
                  owner: z.string().max(200).optional(),
                  dueDays: z.number().int().min(0).max(730).optional(),
                }),
              )
              .max(500)
              .optional(),
            texts: z
              .array(
                z.strictObject({
                  id: z.string().max(80),
                  title: z.string().max(120),
                  text: z.string().max(10_000),
                }),
              )
              .max(100)
              .optional(),
          })
          .optional()
          .describe(
            'Instead of YAML: its sections besides the charter, each complete, as baselines show returns them',
          ),
        note: z
          .string()
          .trim()
          .max(500)
          .optional()
          .describe('Summary of the change, for the list of versions'),
        caughtUp: z.boolean().optional().describe('Whether it now matches the baseline in the catalogue'),
      }),
    )
    .output(baselineSchema),
  retire: post('/baselines/{baseline}/retire', {
    title: 'Retire a baseline',
    description: 'It can no longer be changed or applied. Clients on it are still compared with it.',
    permission: 'baselines.manage',
    audit: 'baselines.retire',
    cli: 'baselines retire',
    proof: 'none',
  })
    .input(z.strictObject({ baseline: baselineParam, reason: reasonParam }))
    .output(lineSchema),
  restore: post('/baselines/{baseline}/restore', {
    title: 'Put a retired baseline back into use',
    permission: 'baselines.manage',
    audit: 'baselines.restore',
    cli: 'baselines restore',
    proof: 'none',
  })
    .input(z.strictObject({ baseline: baselineParam }))
    .output(lineSchema),
  file: download('/baselines/{baseline}/yaml', {
    title: 'Download a baseline as YAML',
    permission: 'signed_in',
    cli: 'baselines yaml',
    why: 'A tool reads the baseline itself.',
  }).input(
    z.object({
      baseline: baselineParam,
      version: z.coerce.number().int().min(1).optional().describe('An earlier version; left out: the newest'),
    }),
  ),
  candidates: get('/baselines/{baseline}/candidates', {
    title: 'List the clients that a baseline can be applied to',
    permission: 'signed_in',
    cli: 'baselines candidates',
    list: { key: 'client' },
  })
    .input(z.object({ baseline: baselineParam, ...pageParams() }))
    .output(
      listOf(
        z.object({
          client: clientParam,
          name: z.string(),
          plan: z.enum(CLAUDE_PLANS),
          planName: z.string(),
          m365Name: z.string(),
          fits: z
            .string()
            .nullable()
            .describe('Why it may not suit the client; null: it is meant for such clients'),
          follows: z
            .object({ id: z.string(), name: z.string(), version: z.number().int() })
            .nullable()
            .describe('Baseline that it follows now; null: none'),
        }),
      ),
    ),
  table: put('/baselines/table', {
    title: 'Read a table of new clients',
    description:
      'CSV or XLSX, or text copied from a spreadsheet. Columns: name, domains, Claude plan, Microsoft license, staff, owner. Nothing is stored.',
    permission: 'clients.create',
    audit: null,
    why: 'It reads what is sent and stores nothing.',
    cli: 'baselines table',
    transport: 'upload',
  })
    .input(z.object({}))
    .output(
      z.object({
        rows: z.array(
          z.object({
            row: z.number().int(),
            name: z.string(),
            domains: z.array(z.string()),
            claudePlan: z.enum(CLAUDE_PLANS),
            m365: z.enum(M365_TIERS).nullable().describe('null: not stated in the row'),
            staffCount: z.number().int().nullable().describe('null: not stated in the row'),
            owner: z.string().nullable().describe('null: not stated in the row'),
          }),
        ),
        problems: z.array(rowProblemSchema),
        offers: z.array(offerSchema).describe('Existing clients with the same domain'),
        columns: z.array(z.object({ column: z.string(), field: z.string() })),
        unused: z.array(z.string()).describe('Columns that were not used'),
        total: z.number().int(),
      }),
    ),
  preview: post('/baselines/{baseline}/preview', {
    title: 'Preview what applying a baseline would do',
    permission: 'signed_in',
    audit: null,
    why: 'It shows what would happen and stores nothing.',
    cli: 'baselines preview',
  })
    .input(z.strictObject({ baseline: baselineParam, ...chosen }))
    .output(
      z.object({
        items: z.array(planSchema),
        total: z.number().int(),
        version: z.number().int(),
        problems: z.array(rowProblemSchema),
        offers: z.array(offerSchema),
      }),
    ),
  apply: post('/baselines/{baseline}/apply', {
    title: 'Apply a baseline to clients',
    description:
      'Either all are changed or none. New clients are created; every charter gets a draft that a second person approves; nothing that a client decided is overwritten.',
    permission: 'signed_in',
    audit: 'baselines.apply',
    cli: 'baselines apply',
    guide: ['G2.2-24', 'G2.2-25', 'G2.2-26'],
    proof: 'none',
  })
    .input(
      z.strictObject({
        baseline: baselineParam,
        version: versionParam,
        ...chosen,
        reason: reasonParam.describe('Reason, for the person who approves the drafts'),
      }),
    )
    .output(
      z.object({
        version: z.number().int(),
        applied: z.array(
          z.object({
            client: clientParam,
            name: z.string(),
            created: z.boolean(),
            draft: z.string().nullable().describe('Id of the charter draft; null: nothing to propose'),
            tasks: z.number().int(),
          }),
        ),
        total: z.number().int(),
        created: z.number().int(),
        record: z.number().int().describe('Number of the record in the audit log of the workspace'),
      }),
    ),
  differences: {
    list: get('/baselines/{baseline}/differences', {
      title: 'Show where clients differ from their baseline',
      description:
        'One row for each setting, with a cell for each client that differs. Looser ones come first.',
      permission: 'signed_in',
      cli: 'baselines differences',
      mcp: true,
      list: { in: 'rows', key: 'key' },
    })
      .input(z.object({ baseline: baselineParam, ...matrixFilters, ...pageParams() }))
      .output(differencesSchema),
    table: download('/baselines/{baseline}/differences/export', {
      title: 'Export where clients differ from their baseline',
      permission: 'signed_in',
      cli: 'baselines difference export',
      why: 'A tool reads the differences themselves.',
    }).input(z.object({ baseline: baselineParam, format: tableFormat, ...matrixFilters })),
    keep: post('/baselines/{baseline}/differences/keep', {
      title: 'Keep a difference on purpose',
      description:
        'Applies to the values as they are now. If either side changes, the difference is open again.',
      permission: 'signed_in',
      audit: 'baselines.keep_difference',
      verifiedAccount: true,
      cli: 'baselines difference keep',
      proof: 'none',
    })
      .input(
        z.strictObject({
          baseline: baselineParam,
          client: clientParam,
          key: differenceKey,
          reason: reasonParam,
        }),
      )
      .output(z.object({ kept: z.boolean() })),
    propose: post('/baselines/{baseline}/differences/propose', {
      title: 'Propose the baseline’s values to a client again',
      description:
        'Creates a draft of its charter, which a second person approves. A decision to keep the difference ends.',
      permission: 'signed_in',
      audit: 'baselines.propose',
      cli: 'baselines difference propose',
      proof: 'none',
    })
      .input(
        z.strictObject({
          baseline: baselineParam,
          client: clientParam,
          keys: z.array(differenceKey).min(1).max(500),
          reason: reasonParam,
        }),
      )
      .output(z.object({ draft: z.string() })),
  },
};
