import { z } from 'zod';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';

const text = z.string().trim().min(1);

/** Type of a connector for the purpose of its review. A server for a membership system is `custom` and `ams`. */
export const REVIEW_KINDS = ['directory', 'custom', 'ams'] as const;
export type ReviewKind = (typeof REVIEW_KINDS)[number];

/** `not_known` is an answer: someone looked and could not tell. It differs from no answer. */
export const REVIEW_ANSWERS = ['yes', 'no', 'not_known'] as const;
export type ReviewAnswer = (typeof REVIEW_ANSWERS)[number];

export const ANSWER_COUNTS = ['fits', 'concern', 'blocks'] as const;
export type AnswerCounts = (typeof ANSWER_COUNTS)[number];

const counts = z.enum(ANSWER_COUNTS);

const questionSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  of: z.array(z.enum(REVIEW_KINDS)).min(1),
  asks: text,
  how: text,
  yes: counts,
  no: counts,
  notKnown: counts,
  /** Completes "while it is not known …". */
  unknown: text,
  /** Completes "as it is: …". */
  fault: text,
  /** Its note names the contact at the vendor; a yes becomes the security review in the charter draft. */
  signs: z.boolean().default(false),
  guideRows: z.array(z.string().regex(/^G[0-9AB][0-9.]*-\d{2}[a-z]?$/)).min(1),
  sources: z.array(sourceSchema).default([]),
});
export type ReviewQuestion = z.infer<typeof questionSchema>;

/** The questions of a review. A custom server cannot be approved with unknown answers. */
export const requestReviewSchema = z
  .strictObject({ asOf: day, questions: z.array(questionSchema).min(1) })
  .superRefine(({ questions }, context) => {
    const seen = new Set<string>();
    for (const [index, { id, of, notKnown }] of questions.entries()) {
      if (seen.has(id))
        context.addIssue({
          code: 'custom',
          path: ['questions', index, 'id'],
          message: `${id} appears twice`,
        });
      seen.add(id);
      if (of.includes('custom') && notKnown !== 'blocks')
        context.addIssue({
          code: 'custom',
          path: ['questions', index, 'notKnown'],
          message: 'has to block: a custom server is not approved while anything of it is not known',
        });
    }
  });
export type RequestReview = z.infer<typeof requestReviewSchema>;
