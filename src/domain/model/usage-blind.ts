import { z } from 'zod';
import { ACTIVITY_SOURCES } from '../activity/activity.ts';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';

/**
 * Where a limitation is shown: below parts of the usage page, beside its basis as a whole (`content`), or on the page
 * of the log (`log`).
 */
export const BLIND_ABOUT = [
  'messages',
  'people',
  'connectors',
  'models',
  'adoption',
  'cost',
  'content',
  'imported',
  'log',
] as const;

const sources = z.array(z.enum(ACTIVITY_SOURCES)).min(1);

/** What no source of a client can show about its use, displayed where it would have been. */
export const usageBlindSchema = z.strictObject({
  asOf: day,
  spots: z
    .array(
      z.strictObject({
        about: z.enum(BLIND_ABOUT),
        /** When it is shown: all conditions have to be true. */
        when: z.strictObject({
          /** Whether the plan is Enterprise; left out: any plan. */
          enterprise: z.boolean().optional(),
          /** Sources that have all sent something. */
          has: sources.optional(),
          /** Sources none of which has sent anything. */
          lacks: sources.optional(),
        }),
        words: z.string().trim().min(1),
        /** The vendor's documentation of it, as read. */
        page: sourceSchema,
      }),
    )
    .min(1),
});
export type UsageBlind = z.infer<typeof usageBlindSchema>;
