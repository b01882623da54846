import { z } from 'zod';
import { CLAUDE_PLANS, M365_TIERS } from '#domain/model/profile.ts';
import { STATES } from '#domain/model/verdict.ts';
import { orJsonAnswer } from '../json-answer.ts';
import { clientParam, instant, operationsOf } from '../operation.ts';
import { nextCursor, pageParams } from '../paging.ts';
import {
  areaSchema,
  controlLineSchema,
  controlParam,
  countsSchema,
  dayText,
  severitySchema,
  stateSchema,
} from '../shared/control-parts.ts';
import { tableFormat } from '../shared/table-format.ts';

const filters = {
  plan: z.enum(CLAUDE_PLANS).optional(),
  m365: z.enum([...M365_TIERS, 'other', 'not_stated']).optional(),
  sandbox: z.enum(['yes', 'no']).optional(),
  attention: z
    .enum(['critical', 'fail', 'cannot_read', 'incident', 'overdue', 'below_minimum'])
    .optional()
    .describe(
      'Show only clients with a critical failure, any failure, unreadable controls, an open incident, an overdue review, or licenses below the recommended minimum',
    ),
  text: z.string().max(200).optional().describe('Words in the name'),
  sort: z.enum(['worst', 'name', 'review']).default('worst'),
};

export const fleetClientSchema = z.object({
  client: clientParam,
  name: z.string(),
  sandbox: z.boolean(),
  plan: z.enum(CLAUDE_PLANS),
  planName: z.string(),
  seats: z
    .number()
    .int()
    .nullable()
    .describe('Number of seats bought, according to the profile; null: not stated'),
  m365: z.enum([...M365_TIERS, 'other', 'not_stated']),
  m365Name: z.string(),
  status: z
    .object({
      critical: z.number().int().describe('Number of critical controls that fail'),
      counts: countsSchema,
      total: z.number().int(),
      belowMinimum: z
        .boolean()
        .describe('Whether the Microsoft licenses are known to be below the guide’s recommendation'),
      urgent: controlLineSchema
        .pick({ id: true, short: true, title: true, severity: true, state: true, reason: true })
        .nullable()
        .describe('The most urgent control that fails, cannot be read or is pending; null: none'),
      decidedOn: dayText
        .nullable()
        .describe('The client’s date for which they were last evaluated; null: not yet'),
    })
    .nullable()
    .describe('null: you may not see its controls'),
  lastReading: dayText.nullable().describe('Date of the newest reading; null: none yet'),
  lastStored: instant
    .nullable()
    .describe('When the newest import was stored; null: none yet, or you may not see controls'),
  nextReview: dayText
    .nullable()
    .describe(
      'The earlier of the next monthly and quarterly review as set under Work, or otherwise the quarterly one from the journal; null: no date known',
    ),
  overdue: z.boolean(),
  incidents: z
    .number()
    .int()
    .nullable()
    .describe('Number of open incidents, not counting drills; null: you may not see this'),
});

export const fleetSchema = z.object({
  items: z.array(fleetClientSchema),
  nextCursor,
  total: z.number().int(),
  all: z.number().int(),
  summary: z.object({
    critical: z.number().int(),
    fail: z.number().int(),
    cannot_read: z.number().int(),
    incident: z.number().int(),
    overdue: z.number().int(),
    below_minimum: z.number().int(),
  }),
});

export const areasSchema = z.object({
  areas: z.array(z.object({ area: areaSchema, name: z.string() })).describe('All areas, in order'),
  items: z.array(
    z.object({
      client: clientParam,
      name: z.string(),
      sandbox: z.boolean(),
      critical: z
        .number()
        .int()
        .nullable()
        .describe('Critical controls that fail; null: you may not see this'),
      areas: z
        .array(
          z.object({
            area: areaSchema,
            state: stateSchema.describe('Worst state among its controls'),
            n: z.number().int().describe('Number of controls in that state'),
            of: z.number().int().describe('Number of controls in the area'),
          }),
        )
        .nullable()
        .describe('null: you may not see its controls, or nothing was evaluated yet'),
    }),
  ),
  nextCursor,
  total: z.number().int(),
});

const acrossFilters = {
  state: z.enum(STATES).optional(),
  text: z.string().max(200).optional().describe('Words in the client’s name or the reason'),
};

const acrossLine = z.object({
  client: clientParam,
  name: z.string(),
  sandbox: z.boolean(),
  state: stateSchema,
  reason: z.string(),
  listed: z.number().int(),
  observedOn: dayText.nullable().describe('Newest reading behind the verdict; null: none'),
  since: instant,
  goodUntil: dayText
    .nullable()
    .describe('Last day on which the readings behind it are current; null: none of them expires'),
});

const { download, get } = operationsOf({ feature: 'Clients', scope: 'workspace', permission: 'signed_in' });

export const fleetContract = {
  list: get('/fleet', {
    title: 'List the clients, worst first',
    description:
      'The clients that you may see, with what is wrong at each. The summary covers all of them, regardless of the filter.',
    cli: 'clients list',
    mcp: true,
    list: { key: 'client' },
  })
    .input(z.object({ ...filters, ...pageParams() }))
    .output(orJsonAnswer(fleetSchema)),
  table: download('/fleet/export', {
    title: 'Export the clients',
    cli: 'clients export',
    why: 'A tool reads the list itself.',
  }).input(z.object({ format: tableFormat, ...filters })),
  areas: get('/fleet/areas', {
    title: 'Show the clients by area, worst first',
    description:
      'The clients that you may see, in the order of the list of clients, each with the worst state among the controls of every area.',
    cli: 'clients areas',
    mcp: true,
    list: { key: 'client' },
  })
    .input(z.object({ ...filters, ...pageParams() }))
    .output(areasSchema),
  across: get('/across/{control}', {
    title: 'Show one control at all clients',
    cli: 'across',
    mcp: true,
    list: { key: 'client' },
  })
    .input(z.object({ control: controlParam, ...acrossFilters, ...pageParams() }))
    .output(
      z.object({
        control: z.object({
          id: z.string(),
          short: z.string(),
          title: z.string(),
          why: z.string(),
          severity: severitySchema,
          area: areaSchema,
          areaName: z.string(),
        }),
        items: z.array(acrossLine),
        nextCursor,
        total: z.number().int(),
        all: z.number().int(),
        counts: countsSchema,
      }),
    ),
  acrossTable: download('/across/{control}/export', {
    title: 'Export one control at all clients',
    cli: 'across export',
    why: 'A tool reads the list itself.',
  }).input(z.object({ control: controlParam, format: tableFormat, ...acrossFilters })),
};
