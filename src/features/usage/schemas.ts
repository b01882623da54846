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
  .describe('Sum over the `stated` of `of` events that state it; null: none states it');

const period = z.object({
  start: z.string().describe('Day, Monday of the week, or YYYY-MM'),
  messages: whole.nullable().describe('null: no source reported messages in that period'),
  events: whole,
  whole: z.boolean().describe('false: part of it is outside the range or in the future'),
});

export const blindSchema = z.object({
  about: z.enum(BLIND_ABOUT),
  words: z.string().describe('What is not visible, and why'),
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
  effects: effectCounts.describe('Calls that ran; together with `failed` and `refused`, all calls'),
  failed: whole,
  refused: whole,
};

const notCounted = whole.describe(
  'Calls from a source that is not used because another source reports the same use',
);

export const connectorLine = z.object({
  id: z.string().nullable().describe('null: Claude’s own tools'),
  name: z.string(),
  ...callOutcome,
  notCounted,
  lastAt: instant,
  inCharter: z.boolean().nullable().describe('null: no charter is in force, or it does not need approval'),
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
  countedIn: z
    .string()
    .describe('Time zone of the day counts; until days are recounted, it may be an earlier setting'),
  range: z.enum(RANGES),
  from: day,
  to: day,
  lastWeek: day.describe('Monday of the last complete week'),
  log: z
    .object({
      first: instant.nullable().describe('null: the log has no event'),
      last: instant.nullable().describe('null: the log has no event'),
    })
    .describe('Period for which there is data'),
  sources: z.array(
    z.object({
      source: z.string(),
      surfaces: z.array(z.string()),
      events: whole,
      first: instant,
      last: instant,
    }),
  ),
  days: z.array(period).describe('At most the last 84 days of the range'),
  weeks: z.array(period),
  months: z.array(period),
  surfaces: z
    .array(z.object({ surface: z.string(), messages: whole.nullable(), calls: whole.nullable() }))
    .describe('null: no source reported it'),
  people: z.object({
    buckets: z
      .array(z.object({ from: whole, to: whole.nullable().describe('null: no upper bound'), people: whole }))
      .describe('Empty: no source reported messages in the last complete week'),
    median: z
      .number()
      .nullable()
      .describe('Among people who sent any; null: no one did, or no source reported it'),
    counted: whole
      .nullable()
      .describe('Number of people who used Claude, according to the sources; null: no source reports usage'),
    unusual: whole.describe('Number of people who used Claude far more than in their own earlier weeks'),
    notCompared: whole.describe('Number of people with too few earlier weeks to compare with'),
    noPerson: whole.describe('Number of messages of the week for which the source does not state the person'),
  }),
  connectors: z.array(connectorLine),
  models: z.array(modelLine),
  adoption: z.object({
    weeks: z.array(
      z.object({
        start: day,
        people: whole
          .nullable()
          .describe('Number of people with usage; null: no source reported usage in that week'),
        whole: z.boolean(),
      }),
    ),
    seats: whole.nullable().describe('Number of seats; null: not known'),
    staff: whole.nullable().describe('Number of staff; null: not known'),
    lastWeek: whole.nullable().describe('null: no source reported usage in it'),
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
            counted: whole.describe('How many of its events are included in the figures'),
            because: z.string().describe('Why it is used; the first source known to be complete is used'),
          }),
        ),
      }),
    )
    .describe('Usage in the range that several sources report; each is included once'),
  blind: z.array(blindSchema),
  imported: importedFiles,
});

export const personLine = z.object({
  key: z.string(),
  name: z.string(),
  week: whole.nullable().describe('Messages in the last complete week; null: no source reported any'),
  usual: z
    .number()
    .nullable()
    .describe('Median of up to eight of the person’s earlier weeks; null: fewer than four'),
  unusual: z
    .boolean()
    .nullable()
    .describe('Whether this week is far above their own earlier weeks; null: fewer than four'),
  peers: z
    .enum(['none', 'lower', 'middle', 'upper'])
    .nullable()
    .describe('Quartile among people who sent any that week; null: no source reported messages'),
  weeks: z.array(
    z.object({
      start: day,
      messages: whole.nullable().describe('null: no source reported messages in that week'),
    }),
  ),
  calls: whole.nullable().describe('Tool calls in the range; null: no source reported calls'),
  lastAt: instant,
});

export const personUsage = z.object({
  key: z.string(),
  name: z.string(),
  addresses: z.array(z.string()),
  firstAt: instant.nullable().describe('null: no event in the log'),
  lastAt: instant.nullable().describe('null: no event in the log'),
  weeks: z.array(
    z.object({
      start: day,
      messages: whole.nullable().describe('null: no source reported messages in that week'),
      calls: whole.nullable().describe('null: no source reported calls in that week'),
    }),
  ),
  usual: z
    .number()
    .nullable()
    .describe('Median of up to eight of the person’s earlier weeks; null: fewer than four'),
  unusual: z
    .boolean()
    .nullable()
    .describe('Whether this week is far above their own earlier weeks; null: fewer than four'),
  connectors: z.array(z.object({ name: z.string(), ...callOutcome, notCounted, lastAt: instant })),
  models: z.array(
    z.object({ model: z.string(), events: whole, inputTokens: sum, outputTokens: sum, costMicros: sum }),
  ),
});

export const connectorPerson = z.object({
  key: z.string().nullable().describe('Id of the person; null: calls without a person, together'),
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
