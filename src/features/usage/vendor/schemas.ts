import { z } from 'zod';
import { instant } from '../../operation.ts';
import { RANGES } from '../range.ts';

const day = z.string().describe('YYYY-MM-DD');
const whole = z.number().int();
const reported = whole.describe('Days in it that the vendor has reported');
const of = whole.describe('Days in it that are over');
const log = whole
  .nullable()
  .describe(
    'The same figure from the activity log, for the days the vendor has reported; null: no source of the log reports it',
  );
const difference = whole
  .nullable()
  .describe('The vendor’s figure minus the log’s figure; null: one of the two is incomplete');
const stated = z
  .object({ sum: whole, stated: whole, of: whole })
  .nullable()
  .describe('Sum over the `stated` of `of` lines that state it; null: none states it, which is not 0');

export const vendorPeriod = z.object({
  start: z.string().describe('Day, Monday of the week, or YYYY-MM'),
  reported,
  of,
  messages: stated.describe('In chat and Cowork together; null: no day was reported, or none states it'),
  chat: whole.nullable().describe('null: no day was reported, or none states it'),
  cowork: whole.nullable().describe('null: no day was reported, or none states it'),
  log: whole
    .nullable()
    .describe(
      'Messages in the log for chat and Cowork on those days; null: no day was reported, or no source of the log reports them',
    ),
  difference,
});

export const vendorPerson = z.object({
  key: z.string().nullable().describe('null: people the vendor does not identify by email address'),
  name: z.string(),
  messages: stated,
  log,
  difference,
});

const split = { calls: stated, read: stated, write: stated, unclassified: stated };

export const vendorConnector = z.object({
  key: z.string(),
  name: z.string().describe('As written by the vendor'),
  ...split,
  reported,
  log: z
    .object({ calls: whole, read: whole, write: whole, unknown: whole })
    .nullable()
    .describe('null: no source of the log reports calls in that period'),
  difference,
  people: z.array(
    z.object({
      key: z.string().nullable().describe('null: people the vendor does not identify by email address'),
      name: z.string(),
      ...split,
    }),
  ),
});

const used = { requests: stated, tokens: stated };

export const vendorModel = z.object({
  family: z.string().describe('A model whose name shows no family is its own family'),
  model: z.string().nullable().describe('As written by the vendor; null: usage not attributed to a model'),
  product: z.string().nullable().describe('chat, cowork, claude_code and others; null: not reported'),
  ...used,
  months: z.array(z.object({ start: z.string().describe('YYYY-MM'), ...used })),
  people: z.array(
    z.object({
      key: z.string().nullable().describe('null: people the vendor does not identify by email address'),
      name: z.string(),
      ...used,
    }),
  ),
});

export const vendorSummary = z.object({
  day,
  seats: whole.nullable().describe('null: not reported'),
  invites: whole.nullable().describe('null: not reported'),
  activeOnDay: whole.nullable().describe('null: not reported'),
  activeInWeek: whole.nullable().describe('null: not reported'),
  activeInMonth: whole.nullable().describe('null: not reported'),
});

export const vendorSchema = z.object({
  range: z.enum(RANGES),
  from: day,
  to: day,
  lastWeek: day.describe('Monday of the last complete week'),
  zone: z.string().describe('Time zone of the log’s days; the vendor’s days are in UTC'),
  offered: z.boolean().describe('Whether the client’s plan has the Analytics API'),
  says: z.string().nullable().describe('Why there is no data; null: there is data'),
  newest: day.nullable().describe('The newest day that was reported; null: none yet'),
  readAt: instant.nullable().describe('When the newest answer was stored; null: there is none'),
  whole: z.boolean().describe('Whether every day of the range that the vendor has totaled was read'),
  gaps: z.array(z.object({ from: instant, to: instant, says: z.string() })),
  days: z.array(vendorPeriod).describe('At most the last 84 days of the range'),
  weeks: z.array(vendorPeriod),
  months: z.array(vendorPeriod),
  people: z.object({ reported, of, items: z.array(vendorPerson) }).describe('For the last complete week'),
  connectors: z.array(vendorConnector),
  models: z
    .object({ reported, of, items: z.array(vendorModel) })
    .describe('Requests and tokens by model and product, according to the usage report, within the range'),
  adoption: z.object({
    newest: vendorSummary.nullable().describe('Newest day that was reported; null: none yet'),
    weeks: z.array(
      z.object({
        start: day,
        vendor: whole
          .nullable()
          .describe('Number of people active in the week that ends on its Sunday; null: not reported'),
        log: whole
          .nullable()
          .describe(
            'Number of people who used Claude in it, as far as the log’s sources report; null: none reports it',
          ),
        difference,
      }),
    ),
  }),
});
