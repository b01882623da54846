import { z } from 'zod';
import { instant } from '../operation.ts';
import { nextCursor } from '../paging.ts';

const dayText = z.string().describe('YYYY-MM-DD');

/** Who has Claude, and who passed the quiz of the training. */
export const trainingList = z.object({
  state: z.enum(['ready', 'cannot_read']).describe('cannot_read: no members file shows who has Claude'),
  why: z.string().nullable().describe('Why the numbers cannot be given; null: they can'),
  of: z.number().int().nullable().describe('Number of people with Claude; null: cannot be read'),
  done: z
    .number()
    .int()
    .nullable()
    .describe('Number of people with Claude who passed and whose quiz is still valid; null: cannot be read'),
  membersOn: dayText.nullable().describe('Day of the members file; null: none is in use'),
  days: z.number().int().describe('How long a passed quiz is valid, as required by the training control'),
  training: z.object({
    title: z.string(),
    asOf: dayText,
    sha256: z.string().describe('Current version of the training and its quiz'),
    questions: z.number().int(),
    passShare: z.number().describe('Share of questions that must be answered correctly'),
    attemptsPerDay: z.number().int(),
  }),
  items: z.array(
    z.object({
      address: z.string(),
      name: z.string().nullable().describe('null: not named in the members file'),
      seat: z.boolean().nullable().describe('null: no members file shows it'),
      state: z
        .enum(['passed', 'lapsed', 'missing'])
        .describe('For the quiz only; trainings recorded in the journal are not listed here'),
      at: instant.nullable().describe('When the quiz was passed; null: it was not'),
      until: dayText.nullable().describe('Last day it is valid; null: the quiz was not passed'),
      right: z.number().int().nullable().describe('Number of correct answers; null: the quiz was not passed'),
      of: z.number().int().nullable().describe('Number of questions; null: the quiz was not passed'),
      sha256: z
        .string()
        .nullable()
        .describe('SHA-256 of the training they read; null: the quiz was not passed'),
    }),
  ),
  nextCursor,
  total: z.number().int(),
});
