import { z } from 'zod';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';
import { KEEP } from './keep.ts';

const kept = z.strictObject({
  /** Months, or `forever`. */
  months: z.enum(KEEP),
  why: z.string().trim().min(1),
});

/** Default retention of records about individual staff, if the client chose none. */
export const staffRetentionSchema = z.strictObject({
  asOf: day,
  /** From when a report, or the incident opened from it, was closed. */
  reports: kept,
  /** From when a quiz was passed. */
  training: kept,
  sources: z.array(sourceSchema).min(1),
});
export type StaffRetention = z.infer<typeof staffRetentionSchema>;
