import { z } from 'zod';
import { DIRECTIONS, SUBJECTS, URGENCIES } from '#domain/drift/types.ts';
import { DECISIONS, DRIFT_STATES, OUTCOMES } from '#domain/drift/words.ts';
import { EFFECTS } from '#domain/model/catalogue.ts';
import { instant, listOf } from '../operation.ts';
import { ownerShown } from '../owners/schemas.ts';
import { evidenceSchema, pathStateSchema } from '../shared/control-parts.ts';

const causeSchema = z.object({
  known: z.boolean(),
  who: z.string().nullable().describe('null: not known, or the event names no one'),
  at: instant.nullable().describe('null: not known'),
  event: z.string().nullable().describe('The vendor’s name for the event; null: not known'),
  ip: z.string().nullable().describe('null: not known, or the event does not say'),
  evidence: evidenceSchema.nullable().describe('The event; null: not known'),
  why: z.string().nullable().describe('Why it is not known; null: it is known'),
});

const decidedSchema = z.object({
  decision: z.enum(DECISIONS),
  reason: z.string(),
  by: z.string(),
  at: instant,
  until: z.string().nullable().describe('Last day of an acceptance; null: none'),
  draft: z.string().nullable().describe('Id of the charter draft that was started; null: none'),
  owner: ownerShown.describe('Who has to restore it; null: no one'),
  due: z.string().nullable().describe('Date by which it has to be restored; null: none'),
  exceptions: z
    .array(z.object({ id: z.string(), control: z.string(), state: z.string(), until: z.string() }))
    .describe('Exceptions that were requested'),
  version: z.number().int(),
});

export const deviationSchema = z.object({
  key: z.string().describe('Stays the same even if a file uses another name'),
  subject: z.enum(SUBJECTS),
  system: z.string(),
  label: z.string(),
  direction: z.enum(DIRECTIONS),
  urgency: z.enum(URGENCIES),
  words: z.string(),
  effect: z
    .enum(EFFECTS)
    .nullable()
    .describe('unknown: not classified, so it is as urgent as a write; null: not an action'),
  charter: z.string(),
  observed: z.string(),
  states: z
    .object({
      charter: z.enum(['allow', 'ask', 'blocked']),
      observed: z.enum(['allow', 'ask', 'blocked', 'off']),
    })
    .nullable()
    .describe('null: not an action'),
  on: z.string().describe('Date of the reading or event that shows it'),
  notCovered: z.boolean().describe('true: the newest reading does not mention it'),
  cause: causeSchema,
  evidence: z.array(evidenceSchema),
  invariant: z.string().nullable().describe('Invariant that it violates; null: none'),
  controls: z.array(z.string()).describe('Controls that list it'),
  secondPerson: z.boolean().describe('Whether accepting it requires a second person'),
  acceptable: z.boolean(),
  whyNot: z.string().nullable().describe('Why it cannot be accepted; null: it can'),
  amendable: z.boolean().describe('Whether changing the charter can resolve the difference'),
  row: z.string().nullable().describe('Id of the row in the connectors matrix; null: none'),
  restore: z.array(
    z.object({
      words: z.string(),
      where: z.string().nullable().describe('Menu path in the catalogue; null: none is known'),
      link: z.string().nullable().describe('Address of that place; null: none is known'),
      checked: z.string().nullable().describe('Date the path was last checked; null: not stated'),
      path: pathStateSchema.nullable().describe('null: no one has reported the path'),
    }),
  ),
  state: z.enum(DRIFT_STATES),
  note: z.string().nullable().describe('What to know about the state; null: nothing'),
  decision: decidedSchema.nullable().describe('null: no decision applies'),
});

export const historySchema = z.object({
  id: z.string(),
  key: z.string(),
  label: z.string(),
  urgency: z.enum(URGENCIES),
  seen: z.string().describe('Observed value at the time of the decision'),
  decision: decidedSchema,
  outcome: z.enum(OUTCOMES),
  words: z.string(),
  proof: evidenceSchema.nullable().describe('What shows that it was reverted; null: nothing yet'),
  endedAt: instant.nullable().describe('null: it has not ended'),
});

export const driftSchema = listOf(deviationSchema).extend({
  today: z.string(),
  latest: z.string().describe('Latest day until which anything may be accepted'),
  counts: z.object({
    urgency: z
      .record(z.enum(URGENCIES), z.number().int())
      .describe('Counts of differences that are not accepted'),
    state: z.record(z.enum(DRIFT_STATES), z.number().int()),
  }),
  same: z.number().int().describe('Number of settings that were compared and match the charter'),
  unread: z
    .array(z.object({ key: z.string(), label: z.string(), why: z.string(), question: z.string() }))
    .describe('What could not be compared, and is neither a difference nor a match'),
  observed: z.object({
    on: z.string().nullable().describe('Date of the newest reading used; null: nothing was read'),
    why: z
      .string()
      .nullable()
      .describe('Why nothing, or not everything, can be read; null: everything was read'),
    howToGet: z.string().nullable().describe('null: everything was read'),
    events: z
      .object({ from: z.string(), to: z.string() })
      .nullable()
      .describe('Days of the events that were read; null: no events are read'),
  }),
  charter: z.number().int().nullable().describe('Version in force; null: none'),
  baseline: z
    .object({ on: z.string(), by: z.string() })
    .nullable()
    .describe(
      'Lockdown after which nothing may be connected, used while no charter names connectors; null: the charter is used, or there is neither',
    ),
  history: z.array(historySchema).describe('Decisions whose difference no longer exists, newest first'),
  may: z.object({ accept: z.boolean(), restore: z.boolean(), amend: z.boolean() }),
});
