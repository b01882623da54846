import { z } from 'zod';
import { CATEGORIES, SURFACES } from '../activity/activity.ts';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';

const text = z.string().trim().min(1);
const field = z.string().regex(/^[a-z0-9_]+$/);

/** How one type of the vendor's activity feed is mapped to an activity. */
export const activityTypeSchema = z.strictObject({
  category: z.enum(CATEGORIES),
  surface: z.enum(SURFACES),
  /** Effect on its object. Left out: it neither reads nor writes anything. */
  effect: z.enum(['read', 'write', 'admin', 'unknown']).optional(),
  outcome: z.enum(['success', 'failure', 'rejected']).optional(),
  /** Field of the event that contains the outcome; takes precedence over `outcome`. */
  outcomeField: field.optional(),
  /** Fields that name the connector, most specific first. */
  connector: z.array(field).min(1).optional(),
  /** Connector of the catalogue that events of this type are always about. */
  is: z.string().optional(),
  tool: field.optional(),
  /** Fields that identify the person affected. */
  whom: z.array(field).min(1).optional(),
  /** Fields that may contain text of people or of Claude. They are dropped; for text, its length is kept. */
  withheld: z.array(field).min(1).optional(),
  /** Further documented fields besides the common ones. Left out: not checked yet. */
  fields: z.array(field).optional(),
  /** Day on which the type first appeared in the vendor's documentation, if later than the file's date. */
  since: day.optional(),
});
export type ActivityType = z.infer<typeof activityTypeSchema>;

/** Related types of the activity feed. */
export const activityTypesSchema = z.strictObject({
  id: z.string().regex(/^[a-z_]+$/),
  title: text,
  asOf: day,
  guideRows: z.array(text),
  sources: z.array(sourceSchema).min(1),
  types: z.record(z.string().regex(/^[a-z0-9_]+$/), activityTypeSchema),
});
export type ActivityTypes = z.infer<typeof activityTypesSchema>;
