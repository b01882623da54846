import { z } from 'zod';
import { ALERT_LEVELS } from '../detections/alert-words.ts';
import { day } from './day-schema.ts';
import { instruction, sourceSchema } from './entry-fields.ts';
import { REVIEW_AREAS, REVIEW_KINDS } from './journal.ts';

const text = z.string().trim().min(1);

/** Recurring work: every few months, or whenever something happens. */
export const recurringTaskSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  /** A statement that is true as long as the task is done. */
  title: text,
  /** What to do, in the imperative. */
  action: text,
  every: z.union([
    z.strictObject({ months: z.number().int().min(1).max(12) }),
    /** When it is due, as text. */
    z.strictObject({ event: text }),
  ]),
  /** Who does it according to the guide. */
  who: text,
  minutes: z.number().int().min(1),
  why: text,
  guide: z.array(z.string().regex(/^G[0-9AB][0-9.]*-\d{2}[a-z]?$/)).min(1),
  steps: z.array(z.strictObject({ do: instruction, where: text.optional(), checked: day.optional() })).min(1),
  /** Controls that show whether it is done. Marking it as done decides none of them. */
  proof: z.array(z.string().regex(/^CLA-[A-Z0-9]+-\d{2}$/)).min(1),
  /**
   * What must have been observed as approved since the last time, otherwise the task stays open regardless of notes;
   * left out: nothing.
   */
  confirms: z.literal('actions').optional(),
  /** The kind of review that it is, and what is reviewed; left out: it is not a review. */
  review: z
    .strictObject({ kind: z.enum(REVIEW_KINDS), areas: z.array(z.enum(REVIEW_AREAS)).min(1) })
    .optional(),
  sources: z.array(sourceSchema).default([]),
});
export type RecurringTask = z.infer<typeof recurringTaskSchema>;

export const cadenceSchema = z.strictObject({
  /** Month of the guide that this follows. */
  asOf: z.string().regex(/^\d{4}-\d{2}$/),
  tasks: z.array(recurringTaskSchema).min(1),
  /** Days within which an open alert has to be examined, by level. Levels without an entry have no due date. */
  alerts: z
    .strictObject({
      days: z.partialRecord(z.enum(ALERT_LEVELS), z.number().int().min(0).max(90)),
      /** The owner of this recurring task owns the alerts. */
      owner: z.string(),
      who: text,
      why: text,
    })
    .optional(),
});
export type Cadence = z.infer<typeof cadenceSchema>;

/** The recurring task that is the governance review of guide 7.1. */
export const QUARTERLY_REVIEW = 'quarterly_review';
/** The recurring task of guide 5.5. */
export const MONTHLY_REVIEW = 'monthly_look';
