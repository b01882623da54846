import { z } from 'zod';
import { ALERT_LEVELS } from '../detections/alert-words.ts';
import { day } from './day-schema.ts';
import { instruction, sourceSchema } from './entry-fields.ts';
import { REVIEW_AREAS, REVIEW_KINDS } from './journal.ts';

const text = z.string().trim().min(1);

/** Work that comes again: after so many months, or whenever something happens. */
export const recurringTaskSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  /** A statement that holds as long as it is kept up. */
  title: text,
  /** What to do, as one imperative. */
  action: text,
  every: z.union([
    z.strictObject({ months: z.number().int().min(1).max(12) }),
    /** When it is due, in words. */
    z.strictObject({ event: text }),
  ]),
  /** Who does it, by the guide. */
  who: text,
  minutes: z.number().int().min(1),
  why: text,
  guide: z.array(z.string().regex(/^G[0-9AB][0-9.]*-\d{2}[a-z]?$/)).min(1),
  steps: z.array(z.strictObject({ do: instruction, where: text.optional(), checked: day.optional() })).min(1),
  /** Controls that show whether it is kept up. Writing "done" decides none of them. */
  proof: z.array(z.string().regex(/^CLA-[A-Z0-9]+-\d{2}$/)).min(1),
  /** What has to be observed as approved since the last time, or the task stays open whatever is noted; left out: nothing. */
  confirms: z.literal('actions').optional(),
  /** As which review it counts, and what it looks at; left out where it is none. */
  review: z
    .strictObject({ kind: z.enum(REVIEW_KINDS), areas: z.array(z.enum(REVIEW_AREAS)).min(1) })
    .optional(),
  sources: z.array(sourceSchema).default([]),
});
export type RecurringTask = z.infer<typeof recurringTaskSchema>;

export const cadenceSchema = z.strictObject({
  /** Month of the guide that it follows. */
  asOf: z.string().regex(/^\d{4}-\d{2}$/),
  tasks: z.array(recurringTaskSchema).min(1),
  /** Within how many days someone looks at an open alert, by its level. What is not named here has no day. */
  alerts: z
    .strictObject({
      days: z.partialRecord(z.enum(ALERT_LEVELS), z.number().int().min(0).max(90)),
      /** Anyone who owns this recurring task owns the alerts. */
      owner: z.string(),
      who: text,
      why: text,
    })
    .optional(),
});
export type Cadence = z.infer<typeof cadenceSchema>;

/** The recurring task that is the governance review of guide 7.1. */
export const QUARTERLY_REVIEW = 'quarterly_review';
/** That of guide 5.5. */
export const MONTHLY_REVIEW = 'monthly_look';
