import { z } from 'zod';
import { ACTIVITY_EFFECTS, CATEGORIES, SURFACES } from '#domain/activity/activity.ts';
import { EMITTERS } from '#sources/otlp/emitter.ts';
import { SIGNALS } from '#sources/otlp/record.ts';
import { instant } from '../operation.ts';
import { REFUSALS } from './refusals.ts';

export const ingestTokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string().describe('First characters of the token'),
  createdAt: instant,
  createdBy: z.string().nullable().describe('Name; null: that person no longer exists'),
  expiresAt: instant.nullable().describe('null: it does not expire'),
  lastUsedAt: instant.nullable().describe('To the minute; null: never'),
  state: z.enum(['active', 'expired', 'revoked']),
});

const emitterSchema = z.object({
  emitter: z.enum(EMITTERS),
  title: z.string(),
  service: z.string().nullable().describe('Name of the program; null: not reported'),
  version: z.string().nullable().describe('Version of the program; null: not reported'),
  firstReceivedAt: instant.describe('Hour of its first event, within the time counts are kept (400 days)'),
  lastReceivedAt: instant,
  stopped: z.boolean().describe('Whether nothing has come from it for seven days'),
  lastEventAt: instant.describe('Time of the newest event, by its sender’s clock'),
  lastType: z.string(),
  total: z.number().int().describe('Number of events in the last 24 hours'),
  hours: z
    .array(z.object({ hour: instant, events: z.number().int() }))
    .describe('The last 24 hours, oldest first, by time of arrival'),
  otherOrganization: z
    .number()
    .int()
    .describe('In the last 24 hours: events of another organization, not included in any other figure'),
  noOrganization: z.number().int().describe('In the last 24 hours: events without an organization'),
  noPerson: z.number().int().describe('In the last 24 hours: events without a person'),
  clock: z.number().int().describe('In the last 24 hours: events with an implausible time'),
});

const seenSchema = z.object({
  seq: z.number().int(),
  at: instant,
  receivedAt: instant,
  claimedAt: z
    .string()
    .nullable()
    .describe('Time that the sender gave, if it cannot be right; null: it can, and `at` is it'),
  emitter: z.enum(EMITTERS),
  emitterTitle: z.string(),
  type: z.string(),
  words: z.string().describe('What it was recognized as'),
  surface: z.enum(SURFACES),
  category: z.enum(CATEGORIES),
  person: z.string().nullable().describe('null: not reported, or you may not see people'),
  connector: z.string().nullable().describe('null: none was involved, or not reported'),
  tool: z.string().nullable().describe('null: none was used, or not reported'),
  effect: z.enum(ACTIVITY_EFFECTS).nullable().describe('null: nothing was read or written'),
});

export const telemetrySchema = z.object({
  endpoint: z.object({
    base: z.string().describe('Address to enter in settings; each sender appends the rest'),
    logs: z.string(),
    metrics: z.string(),
    traces: z.string(),
    warnings: z
      .array(z.string())
      .describe('Why senders may not be able to reach it, or not safely; empty: no known problem'),
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
          lines: z.string().describe('Setting to enter there, with a placeholder for the token'),
          lacks: z.string().nullable().describe('What its records do not show; null: nothing to note'),
          read: z.array(z.object({ title: z.string(), url: z.string(), read: z.string() })),
        }),
      )
      .describe('Gateways for connectors or models whose records are recognized'),
    placeholder: z.string().describe('Placeholder for the token, which is shown once when it is created'),
  }),
  charterEndpoint: z
    .object({ value: z.string(), isThisConsole: z.boolean() })
    .nullable()
    .describe('Telemetry destination according to the charter; null: not stated'),
  organizations: z.object({
    own: z
      .string()
      .nullable()
      .describe('The client’s own organization, according to the charter; null: not stated'),
    read: z
      .array(z.object({ id: z.string(), name: z.string().nullable().describe('null: not reported') }))
      .describe(
        'The client’s own organizations, according to its sources; if empty and not in the charter, organizations cannot be distinguished',
      ),
    seen: z.array(
      z.object({
        organization: z.string(),
        own: z.boolean().nullable().describe('null: not stated which are the client’s'),
        events: z.number().int(),
        firstAt: instant,
        lastAt: instant,
      }),
    ),
  }),
  tokens: z.number().int().describe('Tokens that are valid'),
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
  people: z.number().int().describe('Number of people in the events of the last 30 days'),
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
    .describe('In the last seven days'),
  newest: z.array(seenSchema).describe('The most recently received events, newest first'),
});
