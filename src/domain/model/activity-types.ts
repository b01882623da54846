import { z } from 'zod';
import { CATEGORIES, SURFACES } from '../activity/activity.ts';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';

const text = z.string().trim().min(1);
const field = z.string().regex(/^[a-z0-9_]+$/);

/** How one type of the activity feed becomes an activity. */
export const activityTypeSchema = z.strictObject({
  category: z.enum(CATEGORIES),
  surface: z.enum(SURFACES),
  /** What it does to what it touches. Left out: there is nothing to read or write in it. */
  effect: z.enum(['read', 'write', 'admin', 'unknown']).optional(),
  outcome: z.enum(['success', 'failure', 'rejected']).optional(),
  /** Field that tells the outcome in the event itself; it counts before `outcome`. */
  outcomeField: field.optional(),
  /** Fields that name the connector, the telling one first. */
  connector: z.array(field).min(1).optional(),
  /** Connector of the catalogue that the type is always about. */
  is: z.string().optional(),
  tool: field.optional(),
  /** Fields that say whom it was done to. */
  whom: z.array(field).min(1).optional(),
  /** Fields that can hold what people or Claude wrote. They are dropped; of a text its length stays. */
  withheld: z.array(field).min(1).optional(),
  /** Fields that the vendor documents beside the common ones. Left out: they were not read yet. */
  fields: z.array(field).optional(),
  /** First day on which the type was seen in the vendor's pages, where that is later than the file's. */
  since: day.optional(),
});
export type ActivityType = z.infer<typeof activityTypeSchema>;

/** Types of the activity feed that belong together. */
export const activityTypesSchema = z.strictObject({
  id: z.string().regex(/^[a-z_]+$/),
  title: text,
  asOf: day,
  guideRows: z.array(text),
  sources: z.array(sourceSchema).min(1),
  types: z.record(z.string().regex(/^[a-z0-9_]+$/), activityTypeSchema),
});
export type ActivityTypes = z.infer<typeof activityTypesSchema>;
