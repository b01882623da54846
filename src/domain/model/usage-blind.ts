import { z } from 'zod';
import { ACTIVITY_SOURCES } from '../activity/activity.ts';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';

/**
 * Where something may have to be said: below parts of the usage page, on what it rests on as a whole (`content`), and on
 * the page of the log itself (`log`).
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

/** What no source of a client can tell of its use, said where it would have stood. */
export const usageBlindSchema = z.strictObject({
  asOf: day,
  spots: z
    .array(
      z.strictObject({
        about: z.enum(BLIND_ABOUT),
        /** When it is said: all that is named has to hold. */
        when: z.strictObject({
          /** Whether the plan is Enterprise; left out: on every plan. */
          enterprise: z.boolean().optional(),
          /** Sources that have sent something, each of them. */
          has: sources.optional(),
          /** Sources of which none has sent anything. */
          lacks: sources.optional(),
        }),
        words: z.string().trim().min(1),
        /** The vendor's own page about it, as it was read. */
        page: sourceSchema,
      }),
    )
    .min(1),
});
export type UsageBlind = z.infer<typeof usageBlindSchema>;
