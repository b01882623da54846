import { z } from 'zod';
import { ACTIVITY_SOURCES, CATEGORIES, SURFACES } from '#domain/activity/activity.ts';
import { clientParam, instant } from '../operation.ts';
import { nextCursor } from '../paging.ts';
import { blindSchema } from '../usage/schemas.ts';
import { activityText } from './text/schemas.ts';

const EFFECTS = ['read', 'write', 'admin', 'unknown'] as const;
const OUTCOMES = ['success', 'failure', 'rejected'] as const;

export const activityFilters = {
  client: clientParam,
  from: z.iso.date().optional().describe('First day, in the client’s time zone, YYYY-MM-DD'),
  to: z.iso.date().optional().describe('Last day, in the client’s time zone, inclusive'),
  person: z.string().min(1).max(320).optional().describe('Key of a person, as in an entry of the list'),
  source: z.enum(ACTIVITY_SOURCES).optional(),
  surface: z.enum(SURFACES).optional(),
  category: z.enum(CATEGORIES).optional(),
  connector: z
    .string()
    .min(1)
    .max(300)
    .optional()
    .describe('Id of the connector, as in an entry of the list'),
  effect: z.enum(EFFECTS).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  model: z.string().min(1).max(200).optional(),
  text: z
    .string()
    .trim()
    .max(200)
    .optional()
    .describe('Part of the event type, or of the tool’s name or title'),
};

const text = z.string().nullable().describe('null: none, not reported, or your role may not see it');

export const activityLine = z.object({
  seq: z.number().int().describe('Sequence number in the client’s log'),
  at: instant.describe('When it happened'),
  receivedAt: instant.describe('When Bylaw received it'),
  title: z.string().describe('What happened, in words'),
  type: z.string().describe('Name that the source uses'),
  category: z.string(),
  surface: z.string(),
  source: z.string(),
  person: z
    .object({ key: z.string(), name: z.string() })
    .nullable()
    .describe('null: the source does not say'),
  connector: z
    .object({ id: z.string(), name: z.string() })
    .nullable()
    .describe('null: none was used, or the source does not say'),
  tool: text,
  effect: text,
  outcome: text,
  model: text,
  also: z
    .array(z.object({ seq: z.number().int(), source: z.string(), at: instant }))
    .describe(
      'Reports of the same call by other sources; in a list, those on the same page, which get no entry of their own',
    ),
});

export const activityDetail = activityLine.extend({
  id: z.string().describe('Permanent id of the event within the client'),
  claimedAt: text.describe('Time that the sender stated, if it cannot be right; null: `at` is that time'),
  actor: z
    .object({ type: text, id: text, email: text, name: text })
    .nullable()
    .describe('As the source reports it; null: your role may not see people'),
  call: text.describe(
    'Id that Claude gave the call, the same in every source that reports it; null: the source does not report it',
  ),
  organization: text,
  session: text,
  prompt: text,
  ip: text,
  userAgent: text,
  amounts: z
    .record(z.string(), z.number().nullable())
    .describe('null: the source does not state it. Cost is in millionths of a US dollar'),
  detail: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('Other fields of the record, without content; null: your role may not see people'),
});

/** Only a single event says whether its text is stored; lists and files do not. */
export const activityWhole = activityDetail.extend({
  text: activityText.nullable().describe('null: events of this type never have any'),
});

export const activityPage = z.object({
  items: z.array(activityLine),
  nextCursor,
  lookedTo: instant
    .nullable()
    .describe(
      'If fewer entries than requested matched, the time at which the search stopped at its limit; older ones have not been searched yet. null: it did not stop early',
    ),
});

export const activityChoices = z.object({
  first: instant.nullable().describe('Oldest event that is counted; null: none'),
  last: instant.nullable().describe('Newest event that is counted; null: none'),
  text: z.string().describe('A sentence that says whether the text people write is kept now'),
  people: z.array(z.object({ key: z.string(), name: z.string() })),
  connectors: z.array(z.object({ id: z.string(), name: z.string() })),
  blind: z
    .array(blindSchema)
    .describe('What the log cannot contain, given the client’s plan and its sources'),
});
