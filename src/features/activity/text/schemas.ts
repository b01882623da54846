import { z } from 'zod';
import { TEXT_PARTS } from '#domain/activity/text.ts';
import { instant } from '../../operation.ts';

const part = z.enum(TEXT_PARTS);

/** An incident for which content can be requested. */
export const textCase = z.object({ id: z.string(), code: z.string(), title: z.string() });

export const activityText = z
  .object({
    state: z
      .enum(['kept', 'not_allowed', 'not_sent', 'over'])
      .describe('over: its retention period ended; not_sent: text was allowed, and none was sent'),
    says: z.string(),
    until: instant.nullable().describe('Kept until; null: it is not kept, or a legal hold keeps it'),
    parts: z.array(part),
    approvers: z
      .array(z.string())
      .describe('Who may approve opening it, according to the charter; only for people who may open it'),
    canOpen: z.boolean(),
    cases: z
      .array(textCase)
      .describe('Open incidents it can be requested for; only for people who may open it'),
  })
  .describe('Whether text is kept, never the text itself');

export const openedText = z.object({
  until: instant.nullable().describe('Until when the text is kept; null: a hold keeps it'),
  texts: z.array(
    z.object({
      part,
      title: z.string(),
      text: z.string(),
      characters: z.number().int().describe('Its length'),
      cut: z.boolean().describe('Whether the text was longer than the limit, so only part of it is kept'),
    }),
  ),
});

export const OPENING_STATES = ['waiting', 'agreed', 'refused', 'over'] as const;

export const textOpening = z.object({
  id: z.string(),
  seq: z.number().int().nullable().describe('Number of the event; null: an attached file is opened'),
  file: z.string().nullable().describe('Name of the attached file; null: the text of an event is opened'),
  event: z.string().nullable().describe('Type of the event; null: the event is gone, or a file is opened'),
  at: z.string().nullable().describe('When the event happened; null: the event is gone, or a file is opened'),
  reason: z.string(),
  incident: textCase
    .nullable()
    .describe('null: it was requested without an incident, or the incident no longer exists'),
  asked: z.object({ by: z.string(), at: instant }),
  answers: z.array(z.object({ by: z.string(), agree: z.boolean(), at: instant })),
  needed: z.number().int(),
  state: z.enum(OPENING_STATES),
  own: z.boolean(),
  mayAnswer: z.boolean(),
});
