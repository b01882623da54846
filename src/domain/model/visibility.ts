import { z } from 'zod';
import { ACTIVITY_SOURCES } from '../activity/activity.ts';
import { day } from './day-schema.ts';
import { guideRow, sourceSchema, text } from './entry-fields.ts';
import { ALL_KINDS } from './kinds.ts';

/** How records come: asked for again and again, sent as they happen, in files that someone imports. */
export const ARRIVALS = ['asked', 'sent', 'file'] as const;

const visibilitySourceSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  title: text,
  /** What of the use of Claude it shows, as a noun phrase. */
  shows: text,
  /** Capability that gives it; null: it hangs on no plan or license. */
  capability: text.nullable(),
  arrives: z.enum(ARRIVALS),
  /** How it arrives, and by how much it lags. */
  how: text,
  /** Seconds by which it lags at most, as the vendor says; null: the vendor does not say, or someone brings it. */
  lagSeconds: z.number().int().min(0).nullable(),
  /** How long the source keeps a record, in words. */
  keeps: text,
  /** The same in days; null: no number is known, or it keeps none. */
  keepsDays: z.number().int().min(1).nullable(),
  /** A longer time where a client has a capability. */
  keepsMore: z.strictObject({ capability: text, days: z.number().int().min(1) }).optional(),
  /** What of it Bylaw holds: readings, events of the activity log, a stream of a vendor. All empty: Bylaw does not read it. */
  kinds: z.array(z.enum(ALL_KINDS)).default([]),
  log: z.array(z.enum(ACTIVITY_SOURCES)).default([]),
  streams: z.array(z.strictObject({ vendor: text, stream: text })).default([]),
  sources: z.array(sourceSchema).min(1),
});
export type VisibilitySource = z.infer<typeof visibilitySourceSchema>;

/** Every source that can show what staff do with Claude, whether a client has it or not. */
export const visibilitySchema = z.strictObject({
  asOf: day,
  guideRows: z.array(guideRow).default([]),
  sources: z.array(visibilitySourceSchema).min(1),
});
export type Visibility = z.infer<typeof visibilitySchema>;
