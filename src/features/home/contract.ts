import { z } from 'zod';
import { orJsonAnswer } from '../json-answer.ts';
import { clientParam, instant, operationsOf } from '../operation.ts';
import {
  areaSchema,
  causeSchema,
  countsSchema,
  dayText,
  severitySchema,
  stateSchema,
} from '../shared/control-parts.ts';
import { workCounts, workItemSchema } from '../work/schemas.ts';
import { coverageSchema } from './coverage-schema.ts';
import { controlRef, verb } from './parts.ts';

const taskSchema = z.object({
  key: z.string().describe('The same key as the piece of work has under Work'),
  kind: z.enum(['fix', 'bring', 'wait', 'approve']),
  verb,
  state: stateSchema,
  title: z.string(),
  detail: z.string(),
  controls: z.array(controlRef).describe('Controls that it settles, starting with the one that raised it'),
  severity: severitySchema,
  minutes: z.number().int().nullable().describe('About how long it takes; null: not estimated'),
  due: dayText.nullable().describe('null: no due date'),
  late: z.boolean(),
  subject: z
    .string()
    .nullable()
    .describe(
      'The exception, draft or drift it is about, the kind of file to import, or the charter questions to answer, separated by commas; null: none of these',
    ),
});

const changeSchema = z.object({
  control: controlRef,
  severity: severitySchema,
  from: stateSchema.nullable().describe('null: it did not exist then'),
  to: stateSchema,
  words: z.string().describe('What changed, in one sentence'),
  reason: z.string(),
  at: instant,
  cause: causeSchema,
});

export const overTimeSchema = z.array(
  z.object({
    from: dayText,
    to: dayText,
    days: z.number().int().describe('Number of days'),
    counts: countsSchema
      .nullable()
      .describe('Number of controls in each state; null: a gap, because no reading was current'),
  }),
);

export const homeSchema = z.object({
  client: z.object({
    client: clientParam,
    name: z.string(),
    sandbox: z.boolean(),
    plan: z.string().describe('In words: Claude Team'),
    seats: z.object({
      used: z
        .number()
        .int()
        .nullable()
        .describe('Number of members in the members file; null: none is current'),
      bought: z.number().int().nullable().describe('According to the profile; null: not stated'),
    }),
    m365: z.string().describe('In words, with the source'),
    charter: z
      .object({
        version: z.number().int().nullable().describe('null: it states none'),
        inForceSince: dayText.nullable().describe('null: it does not say'),
      })
      .nullable()
      .describe('null: none given'),
  }),
  asOf: z
    .object({ observedOn: dayText, storedAt: instant })
    .nullable()
    .describe('Newest reading; null before the first'),
  decidedAt: instant.nullable().describe('When the controls were last evaluated; null: not yet'),
  doNow: z.array(taskSchema).nullable().describe('Ordered list; null: you may not see controls'),
  work: z
    .object({
      items: z
        .array(workItemSchema)
        .describe('Overdue, due within 14 days, or waiting for someone, except what doNow already contains'),
      inDoNow: z.number().int().describe('How many more of these are under doNow'),
      counts: workCounts.describe('Counts of everything due; the same numbers as under Work'),
      now: z.number().int().describe('Total number of the items and those under doNow'),
    })
    .describe('Contains only what you may see'),
  changes: z
    .object({
      since: instant.nullable().describe('Start of your previous visit; null: this is your first'),
      items: z.array(changeSchema),
      catalogue: z
        .array(
          z.object({
            revision: z.number().int(),
            at: instant.describe('When this server first ran with it'),
            guide: z.string().nullable().describe('Revision of the guide; null: it is not new'),
            total: z.number().int().describe('Number of its entries that affect the client'),
            items: z.array(
              z.object({
                kindName: z.string(),
                short: z.string(),
                title: z.string(),
                change: z.enum(['added', 'changed', 'removed']),
                reason: z.string(),
              }),
            ),
          }),
        )
        .describe('Catalogue revisions that affect the client'),
    })
    .nullable()
    .describe('null: you may not see controls'),
  status: z
    .object({
      counts: countsSchema,
      total: z.number().int(),
      areas: z.array(
        z.object({ area: areaSchema, name: z.string(), counts: countsSchema, total: z.number().int() }),
      ),
      overTime: overTimeSchema.describe(
        'The last 91 days, starting no earlier than the first reading, oldest first; consecutive days with the same counts are one entry',
      ),
    })
    .nullable()
    .describe('null: you may not see controls'),
  keyCapabilities: z
    .array(
      z.object({
        capability: z.string(),
        title: z.string(),
        has: z.enum(['yes', 'no', 'unknown']).describe('Whether a license includes it'),
        because: z.string(),
        controls: z.array(controlRef.extend({ state: stateSchema, reason: z.string() })),
      }),
    )
    .nullable()
    .describe(
      'The most important Microsoft controls, with the controls that use them; null: you may not see this',
    ),
});

const { get } = operationsOf({ feature: 'Home', scope: 'client' });

export const homeContract = {
  get: get('/clients/{client}/home', {
    title: 'Show what to do, what changed and a client’s status',
    permission: 'client.read',
    cli: 'home',
    mcp: true,
    guide: ['G1.2-11'],
    boundedBy: 'one page',
  }).output(orJsonAnswer(homeSchema)),
  coverage: get('/clients/{client}/coverage', {
    title: 'Show how much can be read, and which file or answer makes most of the rest readable',
    permission: 'controls.read',
    cli: 'coverage',
    mcp: true,
    boundedBy: 'one line for each document, file or area',
  }).output(coverageSchema),
};
