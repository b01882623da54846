import { z } from 'zod';
import { ACTIVITY_EFFECTS, CATEGORIES, SURFACES } from '#domain/activity/activity.ts';
import { EMITTERS } from '#sources/otlp/emitter.ts';
import { SIGNALS } from '#sources/otlp/record.ts';
import { instant } from '../operation.ts';
import { REFUSALS } from './refusals.ts';

export const ingestTokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string().describe('How the token begins'),
  createdAt: instant,
  createdBy: z.string().nullable().describe('Name; null where that person is gone'),
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable().describe('To the minute; null: never'),
  state: z.enum(['active', 'expired', 'revoked']),
});

const emitterSchema = z.object({
  emitter: z.enum(EMITTERS),
  title: z.string(),
  service: z.string().nullable(),
  version: z.string().nullable(),
  firstReceivedAt: instant.describe('Hour of its first event, as far back as counts are kept (400 days)'),
  lastReceivedAt: instant,
  stopped: z.boolean().describe('Nothing of it came for seven days'),
  lastEventAt: instant.describe('When the newest event happened, by its sender’s clock'),
  lastType: z.string(),
  total: z.number().int().describe('Events of the last 24 hours'),
  hours: z
    .array(z.object({ hour: instant, events: z.number().int() }))
    .describe('The last 24 hours, oldest first, by when events came in'),
  otherOrganization: z
    .number()
    .int()
    .describe('Of the last 24 hours: events of another organization, counted for nothing else'),
  noOrganization: z.number().int().describe('Of the last 24 hours: events that name no organization'),
  noPerson: z.number().int().describe('Of the last 24 hours: events that name no person'),
  clock: z.number().int().describe('Of the last 24 hours: events whose instant could not be believed'),
});

const seenSchema = z.object({
  seq: z.number().int(),
  at: instant,
  receivedAt: instant,
  claimedAt: z.string().nullable(),
  emitter: z.enum(EMITTERS),
  emitterTitle: z.string(),
  type: z.string(),
  words: z.string().describe('What it was recognized as'),
  surface: z.enum(SURFACES),
  category: z.enum(CATEGORIES),
  person: z.string().nullable(),
  connector: z.string().nullable(),
  tool: z.string().nullable(),
  effect: z.enum(ACTIVITY_EFFECTS).nullable(),
});

export const telemetrySchema = z.object({
  endpoint: z.object({
    base: z.string().describe('What to write into settings; each sender puts the rest after it'),
    logs: z.string(),
    metrics: z.string(),
    traces: z.string(),
    warnings: z
      .array(z.string())
      .describe('Why others may not reach it, or not safely; empty: nothing is known against it'),
  }),
  settings: z.object({
    cowork: z.object({ endpoint: z.string(), protocol: z.string(), headers: z.string(), where: z.string() }),
    officeAgents: z.object({ endpoint: z.string(), headers: z.string(), where: z.string() }),
    claudeCode: z.object({ json: z.string(), where: z.string() }),
    gateways: z
      .array(
        z.object({
          id: z.string(),
          title: z.string(),
          means: z.string(),
          where: z.string(),
          lines: z.string().describe('What to write there, with a place for the token'),
          lacks: z.string().nullable().describe('What its records do not show'),
          read: z.array(z.object({ title: z.string(), url: z.string(), read: z.string() })),
        }),
      )
      .describe('Gateways before connectors or models whose records are recognized'),
    placeholder: z.string().describe('Stands for the token, which is shown once where it is made'),
  }),
  charterEndpoint: z
    .object({ value: z.string(), isThisConsole: z.boolean() })
    .nullable()
    .describe('Where the charter says that telemetry goes; null: it does not say'),
  organizations: z.object({
    own: z.string().nullable().describe('The client’s own, according to the charter; null: it does not say'),
    read: z
      .array(z.object({ id: z.string(), name: z.string().nullable() }))
      .describe(
        'The client’s own as its sources read them; empty, and nothing in the charter: none can be told apart',
      ),
    seen: z.array(
      z.object({
        organization: z.string(),
        own: z.boolean().nullable().describe('null: no one has said which are the client’s'),
        events: z.number().int(),
        firstAt: instant,
        lastAt: instant,
      }),
    ),
  }),
  tokens: z.number().int().describe('Tokens that count'),
  emitters: z.array(emitterSchema),
  absent: z
    .array(
      z.object({
        emitter: z.enum(EMITTERS),
        title: z.string(),
        offered: z.enum(['yes', 'no', 'unknown']).describe('Whether it can send on the client’s plan'),
      }),
    )
    .describe('Parts of Claude, and gateways, that have never sent anything'),
  people: z.number().int().describe('How many people the events of the last 30 days name'),
  refusals: z
    .array(
      z.object({
        signal: z.enum(SIGNALS),
        reason: z.enum(REFUSALS),
        kind: z.enum(['refused', 'left_out', 'later']),
        words: z.string(),
        records: z.number().int(),
        lastAt: instant,
      }),
    )
    .describe('Of the last seven days'),
  newest: z.array(seenSchema).describe('The last events that came in, newest first'),
});
