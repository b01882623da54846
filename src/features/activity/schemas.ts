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
  from: z.iso.date().optional().describe('First day in the client’s zone, YYYY-MM-DD'),
  to: z.iso.date().optional().describe('Last day in the client’s zone, included'),
  person: z.string().min(1).max(320).optional().describe('Key of a person, as in a line of the list'),
  source: z.enum(ACTIVITY_SOURCES).optional(),
  surface: z.enum(SURFACES).optional(),
  category: z.enum(CATEGORIES).optional(),
  connector: z.string().min(1).max(300).optional().describe('Id of the connector, as in a line of the list'),
  effect: z.enum(EFFECTS).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  model: z.string().min(1).max(200).optional(),
  text: z.string().trim().max(200).optional().describe('Part of the type or of the tool’s name'),
};

const text = z.string().nullable();

export const activityLine = z.object({
  seq: z.number().int().describe('Number in the client’s log'),
  at: instant.describe('When it happened'),
  receivedAt: instant.describe('When Bylaw had it'),
  title: z.string().describe('What happened, in words'),
  type: z.string().describe('As the source names it'),
  category: z.string(),
  surface: z.string(),
  source: z.string(),
  person: z
    .object({ key: z.string(), name: z.string() })
    .nullable()
    .describe('null: the source does not say'),
  connector: z.object({ id: z.string(), name: z.string() }).nullable(),
  tool: text,
  effect: text,
  outcome: text,
  model: text,
  also: z
    .array(z.object({ seq: z.number().int(), source: z.string(), at: instant }))
    .describe(
      'What other sources report of the same call; in a list, those of the same page, which are no line of it',
    ),
});

export const activityDetail = activityLine.extend({
  id: z.string().describe('Names the event within the client permanently'),
  claimedAt: text.describe('What the sender gave as the time, where that cannot be right'),
  actor: z
    .object({ type: text, id: text, email: text, name: text })
    .nullable()
    .describe('As the source says; null: your role does not include people'),
  call: text.describe('Id that Claude gave the call; sources that report the same one name it alike'),
  organization: text,
  session: text,
  prompt: text,
  ip: text,
  userAgent: text,
  amounts: z
    .record(z.string(), z.number().nullable())
    .describe('null: the source does not state it; cost in millionths of a US dollar'),
  detail: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('What else the record says, without content; null: your role does not include people'),
});

/** One event alone says whether its text is kept; lists and files say nothing of it. */
export const activityWhole = activityDetail.extend({
  text: activityText.nullable().describe('null: such an event never comes with any'),
});

export const activityPage = z.object({
  items: z.array(activityLine),
  nextCursor,
  lookedTo: instant
    .nullable()
    .describe('Fewer than asked for were found after many were looked at; older ones were not looked at yet'),
});

export const activityChoices = z.object({
  first: instant.nullable().describe('The oldest event that is counted; null: there is none'),
  last: instant.nullable(),
  text: z.string().describe('Whether text of what people write is kept now, in a sentence'),
  people: z.array(z.object({ key: z.string(), name: z.string() })),
  connectors: z.array(z.object({ id: z.string(), name: z.string() })),
  blind: z
    .array(blindSchema)
    .describe('What the log cannot hold, by the client’s plan and by what its sources have reported'),
});
