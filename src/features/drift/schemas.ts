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
  at: instant.nullable(),
  event: z.string().nullable().describe('Name of the event as the vendor has it'),
  ip: z.string().nullable(),
  evidence: evidenceSchema.nullable(),
  why: z.string().nullable().describe('Why it is not known; null: it is'),
});

const decidedSchema = z.object({
  decision: z.enum(DECISIONS),
  reason: z.string(),
  by: z.string(),
  at: instant,
  until: z.string().nullable(),
  draft: z.string().nullable().describe('Draft of the charter that was started'),
  owner: ownerShown.describe('Who puts it back; null: no one has to'),
  due: z.string().nullable().describe('Day by which it is put back'),
  exceptions: z
    .array(z.object({ id: z.string(), control: z.string(), state: z.string(), until: z.string() }))
    .describe('Exceptions that were asked for'),
  version: z.number().int(),
});

export const deviationSchema = z.object({
  key: z.string().describe('Stays the same whatever a file calls the thing'),
  subject: z.enum(SUBJECTS),
  system: z.string(),
  label: z.string(),
  direction: z.enum(DIRECTIONS),
  urgency: z.enum(URGENCIES),
  words: z.string(),
  effect: z
    .enum(EFFECTS)
    .nullable()
    .describe('unknown: no one classified it, and it is as urgent as a write; null: it is no action'),
  charter: z.string(),
  observed: z.string(),
  states: z
    .object({
      charter: z.enum(['allow', 'ask', 'blocked']),
      observed: z.enum(['allow', 'ask', 'blocked', 'off']),
    })
    .nullable()
    .describe('Of an action'),
  on: z.string().describe('Day of the reading or event that shows it'),
  notCovered: z.boolean().describe('The newest reading does not mention it'),
  cause: causeSchema,
  evidence: z.array(evidenceSchema),
  invariant: z.string().nullable().describe('The invariant that it breaks'),
  controls: z.array(z.string()).describe('Controls that list it'),
  secondPerson: z.boolean().describe('Accepting it takes a second person'),
  acceptable: z.boolean(),
  whyNot: z.string().nullable().describe('Why it cannot be accepted'),
  amendable: z.boolean().describe('Whether the charter can be changed so that it is no difference'),
  row: z.string().nullable().describe('Row of the matrix of connectors'),
  restore: z.array(
    z.object({
      words: z.string(),
      where: z.string().nullable().describe('Menu path of the catalogue'),
      link: z.string().nullable(),
      checked: z.string().nullable().describe('Date on which the path was last checked'),
      path: pathStateSchema.nullable().describe('null: no one reported the path'),
    }),
  ),
  state: z.enum(DRIFT_STATES),
  note: z.string().nullable().describe('What to know of the state'),
  decision: decidedSchema.nullable(),
});

export const historySchema = z.object({
  id: z.string(),
  key: z.string(),
  label: z.string(),
  urgency: z.enum(URGENCIES),
  seen: z.string().describe('What was observed when it was decided'),
  decision: decidedSchema,
  outcome: z.enum(OUTCOMES),
  words: z.string(),
  proof: evidenceSchema.nullable(),
  endedAt: instant.nullable(),
});

export const driftSchema = listOf(deviationSchema).extend({
  today: z.string(),
  latest: z.string().describe('Last day until which anything may be accepted'),
  counts: z.object({
    urgency: z.record(z.enum(URGENCIES), z.number().int()).describe('Of those that are not accepted'),
    state: z.record(z.enum(DRIFT_STATES), z.number().int()),
  }),
  same: z.number().int().describe('Things that were compared and are as the charter says'),
  unread: z
    .array(z.object({ key: z.string(), label: z.string(), why: z.string(), question: z.string() }))
    .describe('What could not be compared: neither a difference nor the same'),
  observed: z.object({
    on: z.string().nullable().describe('Day of the newest reading that anything rests on'),
    why: z.string().nullable().describe('Why nothing, or not all, can be read'),
    howToGet: z.string().nullable(),
    events: z.object({ from: z.string(), to: z.string() }).nullable(),
  }),
  charter: z.number().int().nullable().describe('Version in force; null: there is none'),
  baseline: z
    .object({ on: z.string(), by: z.string() })
    .nullable()
    .describe(
      'Lock-down after which nothing may be connected, while no charter names connectors; null: the charter counts, or nothing does',
    ),
  history: z.array(historySchema).describe('Decisions whose difference is not found anymore, newest first'),
  may: z.object({ accept: z.boolean(), restore: z.boolean(), amend: z.boolean() }),
});
