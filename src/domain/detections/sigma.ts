import { z } from 'zod';
import { day } from '../model/day-schema.ts';
import { instruction, sourceSchema } from '../model/entry-fields.ts';

/**
 * A detection file: a Sigma rule or correlation (specification 2.1.0, https://github.com/SigmaHQ/sigma-specification),
 * with Bylaw's own data under `bylaw`, a custom key as the specification allows.
 */
const text = z.string().trim().min(1);
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const fieldMap = z.record(text, z.union([scalar, z.array(scalar).min(1)]));
/**
 * All fields of a map must match, one map of a list of maps, and one word of a list of words, anywhere in the event.
 */
const selection = z.union([
  fieldMap,
  z.array(fieldMap).min(1),
  z.array(z.union([z.string(), z.number()])).min(1),
]);
export type Selection = z.infer<typeof selection>;

export const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'] as const;

const TIMESPAN = /^[1-9]\d{0,5}[smhd]$/;
const timespan = z.string().regex(TIMESPAN, 'is not a timespan, for example 10m');

/** Milliseconds of a Sigma timespan: a number followed by s, m, h or d. */
export function timespanMs(span: string): number {
  const unit = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[span.at(-1) ?? ''] ?? Number.NaN;
  return Number(span.slice(0, -1)) * unit;
}

const limit = z.number().min(0);
const correlationCondition = z
  .strictObject({
    gt: limit.optional(),
    gte: limit.optional(),
    lt: limit.optional(),
    lte: limit.optional(),
    eq: limit.optional(),
    neq: limit.optional(),
    field: text.optional(),
  })
  .refine(
    ({ field: _field, ...limits }) => Object.keys(limits).length > 0,
    'names no limit: gte, gt, lt, lte, eq',
  );
export type CorrelationCondition = z.infer<typeof correlationCondition>;

const correlationSchema = z
  .strictObject({
    type: z.enum(['event_count', 'value_count', 'temporal', 'temporal_ordered']),
    /** Names or ids of the rules whose matches are correlated. */
    rules: z.array(text).min(1),
    'group-by': z.array(text).default([]),
    timespan,
    condition: correlationCondition.optional(),
    /** For each name in group-by, the field it refers to in each rule. */
    aliases: z.record(text, z.record(text, text)).default({}),
    /** true: the rules also raise alerts of their own. */
    generate: z.boolean().default(false),
  })
  .superRefine((it, context) => {
    const say = (message: string) => context.addIssue({ code: 'custom', message });
    const counts = it.type === 'event_count' || it.type === 'value_count';
    if (counts && it.condition === undefined) say(`${it.type} needs a condition, for example gte: 10`);
    if (it.type === 'value_count' && it.condition?.field === undefined)
      say('value_count has to name the field whose values it counts, under condition.field');
    if (!counts && it.rules.length < 2) say(`${it.type} needs two rules or more`);
  });
export type Correlation = z.infer<typeof correlationSchema>;

/** The measures counted per person and day. */
export const MEASURES = ['messages', 'calls', 'hours', 'uploads', 'upload_megabytes'] as const;
/**
 * How a person's day is compared with earlier days. `robust`: more than median + `factor` deviations of the same class
 * of days, and at least `floor`. `average`: more than `factor` times the average of all people. `hours`: active outside
 * the client's calendar, at hours unusual for the person.
 */
const baselineSchema = z.strictObject({
  method: z.enum(['robust', 'average', 'hours']),
  measure: z.enum(MEASURES),
  /** Number of earlier days to compare with. */
  days: z.number().int().min(1).max(90),
  /** Multiple of the deviation or of the average. */
  factor: z.number().min(1).default(1),
  /** Counts below this never raise an alert. */
  floor: z.number().int().min(1).default(1),
  /** A person seen for fewer days than this is compared with everyone. */
  newcomerDays: z.number().int().min(1).default(14),
  /** Days of counts that the client needs before anyone is compared. */
  history: z.number().int().min(0).default(0),
});
export type Baseline = z.infer<typeof baselineSchema>;

/**
 * The rule looks for something missing: an hour in which its selection finds events of a group, but the other source,
 * although complete otherwise, has none.
 */
const absenceSchema = z.strictObject({
  /** The source whose records are expected. */
  source: z.enum(['otlp', 'gateway']),
});
export type Absence = z.infer<typeof absenceSchema>;

const OFFSET = /^\d+(?:ms|[smhd])(?: \d+(?:ms|[smhd]))*$/;

/** Milliseconds of an offset such as `10m` or `1h 1ms`. */
export function offsetMs(offset: string): number {
  const of = (part: string) => (part.endsWith('ms') ? Number(part.slice(0, -2)) : timespanMs(part));
  return offset.split(' ').reduce((sum, part) => sum + of(part), 0);
}

/**
 * The fields of an event in an example, named as in a selection. `after` is its offset from the start of the example;
 * `repeat` creates that many copies, `every` apart, and `{n}` in a text is replaced by the number of the copy.
 */
const exampleEventSchema = z.looseObject({
  after: z.string().regex(OFFSET, 'is not an offset, for example 10m or 1h 1ms').optional(),
  repeat: z.number().int().min(1).max(1_000).optional(),
  every: timespan.optional(),
});
export type ExampleEvent = z.infer<typeof exampleEventSchema>;

const exampleSchema = z
  .strictObject({
    of: z.enum(['positive', 'negative', 'below', 'at', 'above']),
    title: text,
    /** Default: positive and above-threshold examples fire, others do not. */
    fires: z.boolean().optional(),
    /** Default: one event with the values of `given`. */
    events: z.array(exampleEventSchema).min(1).optional(),
    /** For a baseline: the person's daily counts, oldest first, the last one evaluated; `others` are other people's. */
    days: z.array(z.number().int().min(0)).optional(),
    others: z.array(z.array(z.number().int().min(0))).optional(),
  })
  .refine(
    ({ of, fires }) => of !== 'at' || fires !== undefined,
    'at the threshold has to state whether it fires',
  )
  .transform((it) => ({ ...it, fires: it.fires ?? (it.of === 'positive' || it.of === 'above') }));
export type Example = z.infer<typeof exampleSchema>;

export const NEEDED_SOURCES = [
  'compliance_feed',
  'sessions',
  'audit_export',
  'otlp',
  'gateway',
  'guard',
] as const;

export const bylawSchema = z.strictObject({
  id: z.string().regex(/^CLA-DET-\d{2}[A-Z]?$/, 'is not an id of a detection, for example CLA-DET-07'),
  /** false: the rule exists only for a correlation and raises nothing. */
  alerts: z.boolean().default(true),
  /** Whether it is on by default. */
  on: z.boolean().default(true),
  /** One sentence with the numbers; {name} is replaced by a field of the first event or a number of the alert. */
  message: text,
  /**
   * Fields whose equal values, together with closeness in time, make two events one alert; default: the group-by of a
   * correlation.
   */
  group: z.array(text).default([]),
  /** The group field by which its alerts are shown as one row; left out: all of them form one row. */
  fold: text.optional(),
  /** Longest gap between events of one group that still belong to one alert. */
  quiet: timespan.default('1h'),
  /** What to do, in order. `button`: a short label; the first step has one. */
  playbook: z
    .array(z.strictObject({ do: instruction, button: text.max(28).optional(), where: text.optional() }))
    .default([]),
  guide: z.array(z.string().regex(/^G[0-9A-Z.]+-\d{2}$/)).default([]),
  needs: z.strictObject({
    /** At least one of these must be delivering. */
    sources: z.array(z.enum(NEEDED_SOURCES)).min(1),
    /** Each of these must be delivering too, since the rule compares with them. */
    beside: z.array(z.enum(NEEDED_SOURCES)).default([]),
    plan: z.enum(['enterprise']).optional(),
    /** The parts of the charter or other files that it compares with. */
    facts: z.array(z.enum(['charter', 'roster', 'hours', 'organization', 'keys', 'telemetry'])).default([]),
    /** Minimum number of active people; with fewer the rule cannot fire. */
    people: z.number().int().min(2).optional(),
  }),
  /** What it cannot see, in one sentence; shown when the rule cannot run. */
  blind: text,
  /** The number that a client may change, with its bounds. */
  tune: z
    .strictObject({
      what: text,
      min: z.number(),
      max: z.number(),
      /** true: whole numbers only. */
      whole: z.boolean().default(true),
    })
    .refine(({ min, max }) => min < max, 'has bounds in the wrong order')
    .optional(),
  /** Bounds of the baseline's minimum days of history, if a client may change it. */
  tuneHistory: z
    .strictObject({ min: z.number().int().min(0), max: z.number().int().max(90) })
    .refine(({ min, max }) => min < max, 'has bounds in the wrong order')
    .optional(),
  baseline: baselineSchema.optional(),
  absence: absenceSchema.optional(),
  /** Default values for each event of the examples. */
  given: exampleEventSchema.optional(),
  examples: z.array(exampleSchema).default([]),
  facts: z.array(sourceSchema).default([]),
});

const common = {
  title: text.max(256),
  id: z.uuid(),
  name: z
    .string()
    .regex(/^[a-z0-9_]+$/)
    .optional(),
  status: z.enum(['stable', 'test', 'experimental', 'deprecated', 'unsupported']),
  description: text,
  references: z.array(z.url()).default([]),
  author: text,
  date: day,
  modified: day.optional(),
  tags: z.array(z.string().regex(/^[a-z0-9_-]+\.[a-z0-9._-]+$/)).default([]),
  level: z.enum(LEVELS),
  falsepositives: z.array(text).min(1),
  fields: z.array(text).default([]),
  bylaw: bylawSchema,
};
const ruleFile = z.strictObject({
  ...common,
  logsource: z.strictObject({
    product: z.literal('claude'),
    category: text.optional(),
    service: text.optional(),
  }),
  detection: z
    .looseObject({ condition: z.union([text, z.array(text).min(1)]) })
    .superRefine((detection, context) => {
      for (const [name, value] of Object.entries(detection)) {
        if (name === 'condition') continue;
        const parsed = selection.safeParse(value);
        if (!parsed.success)
          context.addIssue({
            code: 'custom',
            message: `${name} is no selection: a map of fields or a list`,
            path: [name],
          });
      }
    }),
});
const correlationFile = z.strictObject({ ...common, correlation: correlationSchema });

const NEITHER = 'is neither a Sigma rule (logsource, detection) nor a Sigma correlation';

export const detectionSchema = z.union([ruleFile, correlationFile], {
  error: ({ input, errors }) => {
    const keys = Object.keys(typeof input === 'object' && input !== null ? input : {});
    const [first] =
      (keys.includes('correlation') ? errors[1] : keys.includes('detection') ? errors[0] : []) ?? [];
    return first === undefined ? NEITHER : `${first.path.join('.')}: ${first.message}`;
  },
});
export type SigmaRule = z.infer<typeof ruleFile>;
export type SigmaCorrelation = z.infer<typeof correlationFile>;
export type Detection = SigmaRule | SigmaCorrelation;

export function isCorrelation(detection: Detection): detection is SigmaCorrelation {
  return 'correlation' in detection;
}

/** The selections of a rule by name. */
export function selectionsOf(rule: SigmaRule): ReadonlyMap<string, Selection> {
  const { condition: _condition, ...others } = rule.detection;
  return new Map(Object.entries(others) as [string, Selection][]);
}
