import { z } from 'zod';
import { instant, listOf } from '../operation.ts';

const day = z.string().describe('Date in the client’s time zone, YYYY-MM-DD');
const read = z.object({
  on: day.nullable().describe('Day of the members file; null: none is in use'),
  why: z.string().nullable().describe('Why it is not used; null: it is used'),
  howToGet: z.string().nullable().describe('How to get one; null: one is in use'),
});

export const directorySchema = listOf(
  z.object({
    key: z.string(),
    name: z.string(),
    address: z.string().nullable().describe('Email address; null: the members file has none'),
    is: z
      .enum(['disabled', 'absent', 'not_told'])
      .describe(
        'disabled: the account there is disabled; absent: not in the directory; not_told: not known whether it is enabled',
      ),
  }),
).extend({
  sync: z.object({
    given: z.enum(['yes', 'no', 'unknown']).describe('Whether the plan includes directory sync'),
    because: z.string(),
  }),
  settings: z
    .object({
      on: day,
      sync: z.boolean().nullable().describe('Whether directory sync is on; null: not reported'),
      mode: z
        .string()
        .nullable()
        .describe('How people are provisioned, in the vendor’s terms; null: not reported'),
    })
    .nullable()
    .describe('According to Claude’s settings; null: not read'),
  members: read,
  directory: read,
  matched: z
    .number()
    .int()
    .nullable()
    .describe('Number of members with an enabled account in the directory; null: not compared'),
  withoutSeat: z
    .number()
    .int()
    .nullable()
    .describe('Number of enabled accounts in the directory without a seat; null: not compared'),
  activity: z
    .array(z.object({ type: z.string(), count: z.number().int(), last: instant }))
    .describe('What directory sync did in the last 30 days, by type of event'),
});
