import { z } from 'zod';
import { instant, listOf } from '../operation.ts';

const day = z.string().describe('Day in the client’s zone, YYYY-MM-DD');
const read = z.object({
  on: day.nullable(),
  why: z.string().nullable().describe('Why it does not count; null: it does'),
  howToGet: z.string().nullable(),
});

export const directorySchema = listOf(
  z.object({
    key: z.string(),
    name: z.string(),
    address: z.string().nullable(),
    is: z
      .enum(['disabled', 'absent', 'not_told'])
      .describe(
        'disabled: the account there is closed; absent: the directory has none; not_told: open or not',
      ),
  }),
).extend({
  sync: z.object({
    given: z.enum(['yes', 'no', 'unknown']).describe('Whether the plan gives directory sync'),
    because: z.string(),
  }),
  settings: z
    .object({
      on: day,
      sync: z.boolean().nullable().describe('Whether directory sync is on; null: not reported'),
      mode: z.string().nullable().describe('How people are provisioned, as the vendor names it'),
    })
    .nullable()
    .describe('As Claude’s settings have it; null: they were not read'),
  members: read,
  directory: read,
  matched: z
    .number()
    .int()
    .nullable()
    .describe('Members with an open account in the directory; null: not compared'),
  withoutSeat: z.number().int().nullable().describe('Open accounts in the directory without a seat'),
  activity: z
    .array(z.object({ type: z.string(), count: z.number().int(), last: instant }))
    .describe('What directory sync did in the last 30 days, by type of event'),
});
