import { z } from 'zod';
import { SURFACES } from '#domain/activity/activity.ts';
import { day } from '#domain/model/day-schema.ts';
import { clientParam, instant, operationsOf, reasonParam } from '../operation.ts';

const { post } = operationsOf({ feature: 'Conversations', scope: 'client', permission: 'activity.read' });

/** What became of asking Claude itself. */
export const ASKED = ['read', 'in_part', 'not_connected', 'no_account', 'no_answer'] as const;

export const conversation = z.object({
  id: z.string(),
  surface: z.enum(SURFACES),
  beganAt: instant
    .nullable()
    .describe(
      'When it began; if only the log knows it, its first event in the period; null: Claude gives no readable date and the log has none',
    ),
  lastAt: instant.nullable().describe('When it last changed; null: not provided, or not readable'),
  models: z.array(z.string()).nullable().describe('null: not provided'),
  requests: z.number().int().nullable().describe('Model calls in the period; null: not provided'),
  tokens: z
    .number()
    .int()
    .nullable()
    .describe('Input and output tokens stated in the log for the period; null: not provided, which is not 0'),
  project: z.string().nullable().describe('Id of its project; null: none, or not provided'),
  deleted: z.boolean().nullable().describe('null: not provided'),
  from: z.array(z.enum(['claude', 'log'])).describe('Source that reports it'),
});

export const conversationsContract = {
  look: post('/clients/{client}/conversations', {
    title: 'List the conversations of a person, without what was written',
    description:
      'Time, model, requests and tokens of each, from Claude itself on Enterprise and from the events of the log. Names and text of chats are dropped on arrival. What no source gives is null. The audit log records each time who looked at whose conversations, for which days and why.',
    audit: 'conversations.look',
    replyNotKept: 'Each look is on record; what it answered is kept nowhere.',
    cli: 'conversations list',
    guide: ['G5.2-03'],
    proof: 'none',
    auditorMay: 'reads no word of them; the record says who looked at whose, and why',
  })
    .input(
      z.strictObject({
        client: clientParam,
        person: z
          .string()
          .trim()
          .min(1)
          .max(320)
          .describe('Key of an entry of usage people, or an email address'),
        from: day.describe('First day, in the client’s zone'),
        to: day.describe('Last day; 92 days after the first at most'),
        reason: reasonParam,
      }),
    )
    .output(
      z.object({
        items: z.array(conversation).describe('Newest first'),
        total: z.number().int(),
        asked: z
          .enum(ASKED)
          .describe(
            'Claude’s own list. in_part: there are more chats than are listed; not_connected: no key with read:compliance_user_data; no_account: no list names the account; no_answer: Claude did not answer',
          ),
        unread: z
          .number()
          .int()
          .describe('Entries of Claude’s list that were left out because they name no chat or no owner'),
        logWhole: z.boolean().describe('false: the log has more events in the period than were searched'),
      }),
    ),
};
// Guide: G5.2-03
