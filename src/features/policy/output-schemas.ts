import { z } from 'zod';
import { day } from '#domain/model/day-schema.ts';
import { OUTPUT_USES } from '#domain/policy/output-uses.ts';
import { instant } from '../operation.ts';
import { nextCursor } from '../paging.ts';
import { dayText } from '../shared/control-parts.ts';

const outputUse = z.enum(OUTPUT_USES);

/** Fields of a review of a text. */
export const outputReviewParts = {
  use: outputUse.describe('What the output is used for'),
  title: z.string().trim().min(3, 'Say what was reviewed.').max(300).describe('What was reviewed'),
  reviewer: z.string().trim().min(2, 'Name who reviewed it.').max(200).describe('Who reviewed it'),
  on: day.describe('Day of the review'),
  note: z.string().trim().max(2000).optional(),
};

export const outputReviewers = {
  use: outputUse,
  people: z
    .array(z.string().trim().min(2).max(200))
    .max(50)
    .describe('Names or functions; empty: no one named'),
  version: z.number().int().min(0).describe('Version that was shown; 0: no one named yet'),
};

export const outputUseShown = z.object({
  use: outputUse,
  words: z.string(),
  people: z.array(z.string()).describe('Who is qualified; empty: no one named'),
  changed: z.object({ by: z.string(), at: instant }).nullable().describe('null: never changed'),
  version: z.number().int(),
});

export const outputReviewShown = z.object({
  id: z.string(),
  use: outputUse,
  words: z.string(),
  title: z.string(),
  reviewer: z.string(),
  named: z.boolean().describe('Whether the reviewer was named for this use when the review was recorded'),
  on: dayText,
  note: z.string().nullable().describe('null: none'),
  recorded: z.object({ by: z.string(), at: instant }),
});

export const outputReviewList = z.object({
  uses: z.array(outputUseShown).describe('The four uses that the clause names'),
  items: z.array(outputReviewShown),
  nextCursor,
  total: z.number().int(),
  today: dayText,
  may: z.object({ edit: z.boolean() }),
});
