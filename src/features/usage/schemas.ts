import { z } from 'zod';
import { FIGURES } from '#domain/model/counted-once.ts';
import { BLIND_ABOUT } from '#domain/model/usage-blind.ts';
import { instant } from '../operation.ts';
import { importedFiles } from './imported/schemas.ts';
import { RANGES } from './range.ts';

const day = z.string().describe('YYYY-MM-DD in the client’s zone');
const whole = z.number().int();
/** Sum and of how many events; null where no event states the amount. */
const sum = z
  .object({ sum: whole, stated: whole, of: whole })
  .nullable()
  .describe('`stated` of `of` events state it, and it is the sum of those; null: none states it');

const period = z.object({
  start: z.string().describe('Day, Monday of the week, or YYYY-MM'),
  messages: whole.nullable().describe('null: no source reported messages in that time'),
  events: whole,
  whole: z.boolean().describe('false: part of it lies outside of the range or is still to come'),
});

export const blindSchema = z.object({
  about: z.enum(BLIND_ABOUT),
  words: z.string().describe('What cannot be seen, and why'),
  page: z.object({ title: z.string(), url: z.string() }).describe('The vendor’s page about it'),
});

export const effectCounts = z.object({
  read: whole,
  write: whole,
  admin: whole,
  unknown: whole,
});

const callOutcome = {
  calls: whole,
  effects: effectCounts.describe('Calls that ran: with `failed` and `refused` they are all calls'),
  failed: whole,
  refused: whole,
};

const notCounted = whole.describe(
  'Calls reported by a source that does not count for them, since another reports the same use',
);

export const connectorLine = z.object({
  id: z.string().nullable().describe('null: tools that are Claude’s own'),
  name: z.string(),
  ...callOutcome,
  notCounted,
  lastAt: instant,
  inCharter: z.boolean().nullable().describe('null: no charter is in force, or it is none to approve'),
  sources: z.array(z.string()),
});

export const modelLine = z.object({
  model: z.string(),
  family: z.string(),
  requests: whole.nullable().describe('null: no source reported requests of this model'),
  messages: whole.nullable().describe('null: no source reported messages to this model'),
  inputTokens: sum,
  outputTokens: sum,
  costMicros: sum,
});

export const usageSchema = z.object({
  zone: z.string(),
  countedIn: z.string().describe('Zone that days are counted in; another one until they are recounted'),
  range: z.enum(RANGES),
  from: day,
  to: day,
  lastWeek: day.describe('Monday of the last whole week'),
  log: z
    .object({ first: instant.nullable(), last: instant.nullable() })
    .describe('Of what time there is anything'),
  sources: z.array(
    z.object({
      source: z.string(),
      surfaces: z.array(z.string()),
      events: whole,
      first: instant,
      last: instant,
    }),
  ),
  days: z.array(period).describe('The last 84 days of the range at most'),
  weeks: z.array(period),
  months: z.array(period),
  surfaces: z
    .array(z.object({ surface: z.string(), messages: whole.nullable(), calls: whole.nullable() }))
    .describe('null: no source reported it'),
  people: z.object({
    buckets: z
      .array(z.object({ from: whole, to: whole.nullable(), people: whole }))
      .describe('Empty: no source reported messages in the last whole week'),
    median: z.number().nullable().describe('Of those who sent any; null: no one did, or no source reported'),
    counted: whole
      .nullable()
      .describe('People who used Claude, according to the sources; null: no source reports use'),
    unusual: whole.describe('People above what their own weeks before let expect'),
    notCompared: whole.describe('People with too few weeks before'),
    noPerson: whole.describe('Messages of the week of which the source does not say the person'),
  }),
  connectors: z.array(connectorLine),
  models: z.array(modelLine),
  adoption: z.object({
    weeks: z.array(z.object({ start: day, people: whole.nullable(), whole: z.boolean() })),
    seats: whole.nullable(),
    staff: whole.nullable(),
    lastWeek: whole.nullable().describe('null: no source reported use in it'),
  }),
  cost: z.object({
    total: sum,
    weeks: z.array(z.object({ start: day, cost: sum, whole: z.boolean() })),
    surfaces: z.array(z.object({ surface: z.string(), cost: sum })),
  }),
  twice: z
    .array(
      z.object({
        figure: z.enum(FIGURES),
        surface: z.string().describe('unknown: one of the sources does not say it'),
        reported: z.array(
          z.object({
            source: z.string(),
            days: whole,
            events: whole,
            counted: whole.describe('How many of its events are in the figures'),
            because: z.string().describe('Why it counts where it is the first that is known to be whole'),
          }),
        ),
      }),
    )
    .describe('Use of the range that several sources report; each is in the figures once'),
  blind: z.array(blindSchema),
  imported: importedFiles,
});

export const personLine = z.object({
  key: z.string(),
  name: z.string(),
  week: whole.nullable().describe('Messages of the last whole week; null: no source reported messages in it'),
  usual: z.number().nullable().describe('Middle of up to eight own weeks before; null: fewer than four'),
  unusual: z.boolean().nullable(),
  peers: z
    .enum(['none', 'lower', 'middle', 'upper'])
    .nullable()
    .describe('Among those who sent any that week, by quarters'),
  weeks: z.array(z.object({ start: day, messages: whole.nullable() })),
  calls: whole.nullable().describe('Tool calls in the range; null: no source reported calls'),
  lastAt: instant,
});

export const personUsage = z.object({
  key: z.string(),
  name: z.string(),
  addresses: z.array(z.string()),
  firstAt: instant.nullable(),
  lastAt: instant.nullable(),
  weeks: z.array(z.object({ start: day, messages: whole.nullable(), calls: whole.nullable() })),
  usual: z.number().nullable(),
  unusual: z.boolean().nullable(),
  connectors: z.array(z.object({ name: z.string(), ...callOutcome, notCounted, lastAt: instant })),
  models: z.array(
    z.object({ model: z.string(), events: whole, inputTokens: sum, outputTokens: sum, costMicros: sum }),
  ),
});

export const connectorPerson = z.object({
  key: z.string().nullable(),
  name: z.string(),
  ...callOutcome,
  notCounted,
  lastAt: instant,
  sources: z.array(z.string()),
});

/** Lists that the usage page shows, each as a file. */
export const USAGE_LISTS = [
  'days',
  'weeks',
  'months',
  'people',
  'connectors',
  'connectors_by_person',
  'models',
  'models_by_person',
  'adoption',
  'everything',
  'imported',
  'vendor_days',
  'vendor_weeks',
  'vendor_people',
  'vendor_connectors',
  'vendor_models',
] as const;
export type UsageList = (typeof USAGE_LISTS)[number];
