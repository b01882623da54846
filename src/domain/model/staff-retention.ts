import { z } from 'zod';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';
import { KEEP } from './keep.ts';

const kept = z.strictObject({
  /** Months, or `forever`. */
  months: z.enum(KEEP),
  why: z.string().trim().min(1),
});

/** How long records about single people of the staff are kept where a client chose nothing. */
export const staffRetentionSchema = z.strictObject({
  asOf: day,
  /** From the day on which a report was closed, or the incident that was opened from it. */
  reports: kept,
  /** From the day on which a quiz was passed. */
  training: kept,
  sources: z.array(sourceSchema).min(1),
});
export type StaffRetention = z.infer<typeof staffRetentionSchema>;
