import { z } from 'zod';
import { SCOPES } from '#domain/model/catalogue.ts';
import { day } from '#domain/model/day-schema.ts';
import { STATES } from '#domain/model/verdict.ts';
import { RISK_STATUSES } from '#domain/risks/board.ts';

/** Kinds of decisions for the board; `words.ts` has a sentence for each. */
export const ASKS = [
  'exception_ended',
  'exception_ends',
  'exception_unsigned',
  'decide',
  'see_done',
] as const;

const counts = z.object(
  Object.fromEntries(STATES.map((state) => [state, z.number().int()])) as Record<
    (typeof STATES)[number],
    z.ZodNumber
  >,
);

/** What the board's report contains in addition to the figures of the record. */
export const boardSchema = z.object({
  findings: z
    .array(
      z.object({
        control: z.string(),
        state: z.enum(['fail', 'policy_only']),
        code: z.string().describe('Code of the case; stays the same if the wording changes'),
        listed: z.number().int().describe('Number of people or things the verdict lists'),
        headline: z.string().describe('What is wrong, as a statement without a full stop'),
        rest: z.string().describe('What the headline leaves out; empty: nothing'),
        action: z.string(),
      }),
    )
    .describe('Failing controls, most serious first, then those covered by policy only'),
  asks: z.array(
    z.object({
      kind: z.enum(ASKS),
      control: z.string(),
      subject: z.string().describe('Title or action it is about'),
      who: z.string().nullable().describe('Person; null: no one named'),
      role: z.string().describe('Code of the role responsible'),
      by: day.nullable().describe('null: no day is set'),
      since: day.nullable().describe('Date an exception ended'),
    }),
  ),
  risks: z.array(
    z.object({
      risk: z.string(),
      standing: z.enum(RISK_STATUSES),
      scopes: z.array(
        z.object({
          scope: z.enum(SCOPES),
          state: z.enum(STATES).nullable().describe('null: no control of this kind reduces the risk'),
          hold: z.number().int(),
          of: z.number().int(),
        }),
      ),
    }),
  ),
  history: z
    .array(
      z.object({
        day,
        counts: counts.nullable().describe('null: no reading was current on that day'),
        total: z.number().int(),
      }),
    )
    .describe('Earlier days and this one, oldest first'),
});
export type Board = z.infer<typeof boardSchema>;
