import { z } from 'zod';
import { day } from '#domain/model/day-schema.ts';
import { instant } from '../operation.ts';

/** The source of one price. */
const origin = z.object({
  kind: z.enum(['list', 'quote']),
  words: z.string(),
  on: day.describe('Date of the price or the quote'),
  url: z.string().nullable().describe('Page that states the list price; null: a quote'),
});

const costLine = z.object({
  purchase: z.string(),
  name: z.string(),
  usdEach: z.number(),
  times: z.number().int(),
  per: z.enum(['seat', 'person', 'client']),
  usdPerMonth: z.number(),
  words: z.string().describe('For example “61 staff × $10”'),
  from: origin,
});

/** A sum of money with how much of it is known. */
export const costSchema = z.object({
  known: z
    .enum(['whole', 'at_least', 'at_most', 'not_known'])
    .describe('at_least: an item has no price; at_most: a replaced item has no price'),
  usdPerMonth: z.number().nullable().describe('null: not known. It is a total only if `known` is whole'),
  usdPerYear: z.number().nullable().describe('null: not known. It is a total only if `known` is whole'),
  month: z.string().describe('The sum in words: “$610”, “At least $610” or “Not known”'),
  year: z.string(),
  detail: z.string().describe('How it is calculated'),
  lines: z.array(costLine),
  replaced: z.array(costLine).describe('What no longer has to be paid, deducted'),
  unknown: z.array(z.string()).describe('Sentences about what has no price, and why'),
  unpriced: z.array(z.object({ id: z.string(), name: z.string() })).describe('Purchases without a price'),
  useOnTop: z.boolean().describe('Whether usage is billed separately, which is not estimated'),
});

export const purchaseSchema = z.object({ id: z.string(), name: z.string() });

const coverage = z.enum(['covers', 'partly', 'policy_only', 'unknown']);

const riskCover = z.object({
  risk: z.string(),
  coverage,
  word: z.string(),
  line: z.string().describe('What covers it, in a few words'),
  layers: z.array(
    z.object({
      layer: z.enum(['claude', 'network_endpoint', 'policy']),
      name: z.string(),
      word: z.string(),
      words: z.string(),
    }),
  ),
});

export const columnSchema = z.object({
  key: z.string().describe('today, or the letter of the set'),
  label: z.string(),
  name: z.string(),
  purchases: z.array(purchaseSchema),
  problems: z.array(z.string()).describe('Sentences about what was left out of the set, and why'),
  cost: costSchema,
  count: z.object({
    enforceable: z.number().int(),
    policy_only: z.number().int(),
    not_licensed: z.number().int(),
    not_applicable: z.number().int(),
    unknown: z.number().int(),
  }),
  gains: z
    .array(z.object({ control: z.string(), title: z.string(), because: z.string() }))
    .describe('Controls that become enforceable'),
  risks: z.array(riskCover),
  goals: z.array(z.object({ goal: z.string(), has: z.enum(['yes', 'no', 'unknown']), because: z.string() })),
  cheapest: z.boolean().describe('Whether it is the cheapest set with a known price that reaches the goal'),
});

/** Each purchase on offer, alone compared with today; part of every report. */
export const upgradesSchema = z.object({
  seats: z
    .number()
    .int()
    .nullable()
    .describe('Number of Claude seats according to the profile; null: not stated'),
  staff: z.number().int().nullable().describe('People; null: not stated'),
  today: columnSchema,
  upgrades: z.array(
    columnSchema.extend({
      key: z.string().describe('Id of the purchase, as planner compare takes it'),
      better: z
        .array(z.object({ risk: z.string(), title: z.string(), from: z.string(), to: z.string() }))
        .describe('Risks it would cover better than today, in words'),
    }),
  ),
  noEffect: z.array(purchaseSchema).describe('Purchases that are also available and would change nothing'),
  prices: z.array(z.string()).describe('Sentences about where the prices come from, and what has no price'),
});

export const goalSchema = z.object({
  goal: z.string(),
  title: z.string(),
  means: z.string(),
  has: z.enum(['yes', 'no', 'unknown']).describe('Whether it is reached today'),
  because: z.string(),
  guide: z
    .object({ says: z.string(), asOf: z.string() })
    .nullable()
    .describe('What the guide says about it, as of its revision; null: nothing'),
  vendor: z.object({ says: z.string(), asOf: day }),
  byHand: z
    .object({ says: z.string(), page: z.string() })
    .nullable()
    .describe('How to do the same by hand, with the page for it; null: not possible, or not known'),
});

export const devicesSchema = z.object({
  people: z.number().int().describe('Number of people with a Claude seat'),
  enrolled: z.number().int().describe('Of these, people with a device in Intune'),
  ready: z
    .number()
    .int()
    .describe('Of these, people with at least one device whose devices are all compliant'),
});

export const riskSchema = z.object({
  risk: z.string(),
  title: z.string(),
  story: z.string(),
  residual: z.string().describe('Risk that remains even if all of it is in place'),
  listed: z.boolean().describe('Whether it is in section 4.1 of the guide'),
  readings: z.array(
    z.object({ layer: z.string(), guide: z.string(), vendor: z.string(), status: z.string() }),
  ),
  sources: z.array(z.object({ title: z.string(), url: z.string(), read: day })),
});

export const offerSchema = z.object({
  id: z.string(),
  kind: z.enum(['claude', 'm365', 'add_on', 'gateway', 'devices', 'siem']),
  name: z.string(),
  per: z.enum(['seat', 'person', 'client']),
  because: z.string().nullable().describe('Why it is not available to this client; null: it can be bought'),
  price: z
    .object({ usdEach: z.number(), words: z.string(), from: origin })
    .nullable()
    .describe('null: no known price'),
});

const stepSchema = z.object({
  sets: z.string().describe('The set, in the form compare expects'),
  name: z.string(),
  month: z.string().nullable().describe('Added monthly cost, in words; null: not known'),
});
const steps = {
  step: stepSchema.nullable().describe('Cheapest step with a known price; null: none, or none needed'),
  unpriced: stepSchema
    .nullable()
    .describe('A step without a complete price, which a quote may make the cheapest; null: none'),
};

export const minimumSchema = z.object({
  state: z.enum(['met', 'below', 'unknown', 'not_needed']),
  words: z.string(),
  ...steps,
});

export const firstSchema = z.object({
  control: z.string(),
  title: z.string().describe('What to set up'),
  because: z.string(),
  doubt: z
    .string()
    .nullable()
    .describe('What is not known about a stronger way the client may have; null: nothing'),
  ...steps,
});

export const trackSchema = z.object({
  capability: z.string(),
  title: z.string(),
  says: z.string(),
  removes: z
    .array(z.object({ capability: z.string(), title: z.string() }))
    .describe('What does not cover use of this kind'),
  instead: z.array(z.string()).describe('What governs it instead'),
  vendor: z.object({
    says: z.string(),
    asOf: day,
    sources: z.array(z.object({ title: z.string(), url: z.string(), read: day })),
  }),
});

export const quoteSchema = z.object({
  purchase: z.string(),
  name: z.string(),
  usdPerMonth: z.number(),
  per: z.enum(['seat', 'person', 'client']).nullable().describe('null: no longer in the catalogue'),
  note: z.string().nullable().describe('null: none'),
  on: day,
  by: z.string(),
  at: instant,
  version: z.number().int(),
});

export const differenceSchema = z.object({
  capability: z.string(),
  title: z.string(),
  guide: z.object({ has: z.enum(['yes', 'no']), says: z.string(), asOf: z.string() }),
  vendor: z.object({
    has: z.enum(['yes', 'no']),
    says: z.string(),
    asOf: day,
    sources: z.array(z.object({ title: z.string(), url: z.string(), read: day })),
  }),
  effect: z.string().describe('What would be different if the guide were right'),
  matters: z.boolean().describe('Whether a control, a risk or a goal depends on it'),
  controls: z.array(z.object({ control: z.string(), title: z.string() })),
});

export const pathSetSchema = z.object({
  sets: z.string().describe('The set, in the form compare expects; empty: nothing has to be bought'),
  name: z.string(),
  purchases: z.array(purchaseSchema),
  cost: costSchema,
  covered: z
    .number()
    .describe('Score: 1 for each risk that is enforced, 0.5 for each that is partly enforced'),
  gains: z.number().int(),
  better: z.array(z.string()).describe('Risks covered better than today'),
});

/** A channel that may see what people enter into Claude, as a way to the goal of checking uploads. */
export const channelSchema = z.object({
  channel: z.string().describe('Id of the capability'),
  title: z.string(),
  says: z.string().describe('What it sees and what it does not see'),
  has: z
    .enum(['yes', 'no', 'unknown'])
    .describe('Whether the client has it today, according to plan and licenses'),
  because: z.string(),
  meets: z
    .enum(['yes', 'no', 'unknown'])
    .describe('Whether it sees an upload to the organization’s own Claude, as the goal requires'),
  personal: z.enum(['yes', 'no', 'unknown']).describe('The same, if a personal account is signed in'),
  way: pathSetSchema
    .nullable()
    .describe('Cheapest set with a known price that provides it; null: none has a complete price'),
  unpriced: pathSetSchema
    .nullable()
    .describe('A set that provides it and has no complete price yet; null: none'),
  cheapest: z
    .boolean()
    .describe(
      'Whether it has the lowest known price among channels that meet the goal; several may share it',
    ),
});

export const comparisonSchema = z.object({
  id: z.string(),
  name: z.string(),
  goal: z.string().nullable().describe('null: none was chosen'),
  sets: z.string(),
  createdBy: z.string(),
  changedBy: z.string(),
  changedAt: instant,
  version: z.number().int(),
});

export type Origin = z.infer<typeof origin>;
export type CostLineView = z.infer<typeof costLine>;
export type CostView = z.infer<typeof costSchema>;
export type ColumnView = z.infer<typeof columnSchema>;
export type UpgradesView = z.infer<typeof upgradesSchema>;
export type DevicesView = z.infer<typeof devicesSchema>;
export type GoalView = z.infer<typeof goalSchema>;
export type RiskView = z.infer<typeof riskSchema>;
export type QuoteView = z.infer<typeof quoteSchema>;
export type OfferView = z.infer<typeof offerSchema>;
export type TrackView = z.infer<typeof trackSchema>;
export type DifferenceView = z.infer<typeof differenceSchema>;
export type StepView = z.infer<typeof stepSchema>;
export type MinimumView = z.infer<typeof minimumSchema>;
export type FirstView = z.infer<typeof firstSchema>;
export type ChannelView = z.infer<typeof channelSchema>;
export type PathSetView = z.infer<typeof pathSetSchema>;
