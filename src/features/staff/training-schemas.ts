import { z } from 'zod';
import { instant } from '../operation.ts';
import { nextCursor } from '../paging.ts';

const dayText = z.string().describe('YYYY-MM-DD');

/** Who has Claude, and who passed the quiz of the training. */
export const trainingList = z.object({
  state: z.enum(['ready', 'cannot_read']).describe('cannot_read: no members file says who has Claude'),
  why: z.string().nullable().describe('Where it is not ready'),
  of: z.number().int().nullable().describe('People with Claude; null: cannot be read'),
  done: z
    .number()
    .int()
    .nullable()
    .describe('People with Claude who passed and whose quiz is still valid; null: cannot be read'),
  membersOn: dayText.nullable(),
  days: z.number().int().describe('How long a passed quiz stays valid, as the control on training asks'),
  training: z.object({
    title: z.string(),
    asOf: dayText,
    sha256: z.string().describe('Of the training and its quiz, as they are now'),
    questions: z.number().int(),
    passShare: z.number().describe('Share of the questions that has to be answered correctly'),
    attemptsPerDay: z.number().int(),
  }),
  items: z.array(
    z.object({
      address: z.string(),
      name: z.string().nullable().describe('null: the members file does not name them'),
      seat: z.boolean().nullable().describe('null: no members file says'),
      state: z
        .enum(['passed', 'lapsed', 'missing'])
        .describe('Of the quiz alone; trainings of the journal are not listed here'),
      at: instant.nullable(),
      until: dayText.nullable().describe('Last day on which it is still valid'),
      right: z.number().int().nullable(),
      of: z.number().int().nullable(),
      sha256: z.string().nullable().describe('Of the training that they read'),
    }),
  ),
  nextCursor,
  total: z.number().int(),
});
