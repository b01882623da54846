import { z } from 'zod';
import { capabilitySchema } from '#domain/model/capability.ts';
import { connectorSchema, policyClauseSchema } from '#domain/model/catalogue.ts';
import { day } from '#domain/model/day-schema.ts';
import { riskSchema } from '#domain/model/risk.ts';
import { listOf, operationsOf } from '../operation.ts';
import { nextCursor, pageParams } from '../paging.ts';
import {
  areaSchema,
  dayText,
  factSchema,
  remediationSchema,
  severitySchema,
  sourceSchema,
} from '../shared/control-parts.ts';
import { CATALOGUE_KINDS } from './schemas.ts';

const kind = z.enum(CATALOGUE_KINDS);

const entrySchema = z.object({
  kind,
  id: z.string(),
  /** How a page names it where that is shorter than the id. */
  short: z.string(),
  title: z.string(),
  says: z.string().nullable().describe('A sentence or a few words; null: none'),
  tag: z.string().nullable().describe('Area, category and status, to sort and filter the list; null: none'),
  sections: z.array(z.string()).describe('Sections of the guide'),
  differs: z
    .boolean()
    .nullable()
    .describe('Whether guide and vendor differ; null: only one of them mentions it'),
});

const controlEntry = z.object({
  kind: z.literal('controls'),
  id: z.string(),
  short: z.string(),
  version: z.number().int(),
  title: z.string(),
  action: z.string(),
  area: areaSchema,
  areaName: z.string(),
  severity: severitySchema,
  concerns: z.string(),
  why: z.string(),
  guide: z.array(z.string()),
  appliesWhen: z.string(),
  notApplicable: z.string().nullable().describe('When it does not apply; null: the catalogue does not say'),
  unlicensed: z
    .string()
    .nullable()
    .describe('What to do instead if the license is not held; null: nothing stated'),
  checks: z.array(
    z.object({
      rule: z.string(),
      about: z.string(),
      reads: z.array(z.string()),
      freshDays: z.number().int(),
    }),
  ),
  remediation: remediationSchema,
  facts: z.array(factSchema),
  sources: z.array(sourceSchema),
  risks: z.array(z.object({ id: z.string(), title: z.string() })),
});

const links = z.array(z.object({ id: z.string(), short: z.string(), title: z.string() }));

const capabilityEntry = factSchema.extend({
  kind: z.literal('capabilities'),
  means: z.string(),
  guideCells: capabilitySchema.shape.vendor.shape.cells,
  vendorCells: capabilitySchema.shape.vendor.shape.cells,
  grantedBy: z.array(z.string()).describe('What provides it, in words; any one is enough'),
  toGet: z.string().nullable().describe('How to get it; null: not stated'),
  controls: links,
});

const connectorEntry = connectorSchema.omit({ sources: true, note: true }).extend({
  kind: z.literal('connectors'),
  note: z.string().nullable().describe('null: none'),
  sources: z.array(sourceSchema),
});

const licenseEntry = z.object({
  kind: z.literal('licenses'),
  id: z.string(),
  title: z.string(),
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
  servicePlans: z.array(
    z.object({
      name: z.string(),
      means: z.string().nullable().describe('What the plan provides; null: not described'),
    }),
  ),
  sources: z.array(sourceSchema),
});

const riskEntry = riskSchema.omit({ sources: true, controls: true, layers: true }).extend({
  kind: z.literal('risks'),
  layers: z.array(
    z.object({
      layer: z.string(),
      guide: z.string(),
      vendor: z.string(),
      status: z.string(),
      coverage: z.string(),
    }),
  ),
  controls: links,
  sources: z.array(sourceSchema),
});

const clauseEntry = policyClauseSchema.omit({ kind: true }).extend({
  kind: z.literal('clauses'),
  part: z.string().describe('Section of the policy, in words'),
  controls: links,
});

const factCheckSchema = factSchema.extend({
  checkedOn: dayText.describe('Date it was last confirmed to match the vendor’s page'),
  ageDays: z.number().int().describe('Days since then'),
  renewed: z
    .object({
      outcome: z.enum(['same', 'differs']),
      on: dayText,
      by: z.string(),
      note: z.string().nullable().describe('null: none'),
    })
    .nullable()
    .describe(
      'When someone last compared it with the page here; null: no one since this catalogue was released',
    ),
});

const { get, post } = operationsOf({ feature: 'Catalogue', scope: 'workspace' });
const permission = 'signed_in';

export const catalogueContract = {
  list: get('/catalogue/{kind}', {
    permission,
    title: 'List the catalogue',
    description:
      'What Bylaw knows: controls, capabilities according to guide and vendor, connectors, licenses, risks and policy clauses.',
    cli: 'catalogue entries',
    mcp: true,
    list: { key: ['kind', 'id'] },
  })
    .input(
      z.object({
        kind,
        section: z.string().max(20).optional().describe('Section of the guide, for example 2.2'),
        differs: z.enum(['yes']).optional().describe('Only where guide and vendor differ'),
        text: z.string().max(200).optional(),
        ...pageParams(),
      }),
    )
    .output(
      z.object({
        items: z.array(entrySchema),
        nextCursor,
        total: z.number().int(),
        all: z.number().int(),
        sections: z.array(z.string()),
        counts: z.record(kind, z.number().int()),
      }),
    ),
  facts: get('/catalogue-facts', {
    permission,
    title: 'List facts in the catalogue that were verified long ago',
    description:
      'What the vendors’ pages say about plans and licenses, with the day each fact was last compared with them: facts not verified for a number of days, and facts found to differ.',
    cli: 'catalogue facts',
    mcp: true,
    guide: ['G0-10'],
    list: { key: 'id' },
  })
    .input(
      z.object({
        olderThanDays: z.coerce.number().int().min(0).max(3650).default(180),
        ...pageParams(),
      }),
    )
    .output(
      listOf(factCheckSchema).extend({
        all: z.number().int().describe('Number of facts in the catalogue'),
        olderThanDays: z.number().int(),
        may: z.object({ renew: z.boolean() }),
      }),
    ),
  renew: post('/catalogue-facts/{capability}/renewals', {
    permission: 'workspace.settings',
    title: 'Record that a fact in the catalogue was verified again',
    description:
      'Updates the date of the fact for every client of the workspace, or notes that the vendor’s page now says something different. No verdict changes because of it.',
    audit: 'catalogue.renew',
    cli: 'catalogue renew',
    guide: ['G0-10'],
    proof: 'none',
  })
    .input(
      z.strictObject({
        capability: z.string().min(1).max(80).describe('Id of the fact, from catalogue facts'),
        checkedOn: day.describe('Date you checked the vendor’s page'),
        outcome: z.enum(['same', 'differs']).describe('Whether the page still says the same'),
        note: z.string().trim().max(2000).optional().describe('What the page says now, if it differs'),
      }),
    )
    .output(factCheckSchema),
  get: get('/catalogue/{kind}/{id}', {
    permission,
    title: 'Show an entry of the catalogue',
    cli: 'catalogue entry',
    mcp: true,
    guide: ['G0-10'],
  })
    .input(z.object({ kind, id: z.string().min(1).max(80) }))
    .output(
      z.discriminatedUnion('kind', [
        controlEntry,
        capabilityEntry,
        connectorEntry,
        licenseEntry,
        riskEntry,
        clauseEntry,
      ]),
    ),
};
