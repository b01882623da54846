import { z } from 'zod';
import { ACTIVITY_SOURCES } from '../activity/activity.ts';
import { day } from './day-schema.ts';
import { guideRow, sourceSchema, text } from './entry-fields.ts';
import { ALL_KINDS } from './kinds.ts';

/** How records arrive: polled repeatedly, pushed as they happen, or in imported files. */
export const ARRIVALS = ['asked', 'sent', 'file'] as const;

const visibilitySourceSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  title: text,
  /** What it shows of the use of Claude, as a noun phrase. */
  shows: text,
  /** Capability that provides it; null: it depends on no plan or license. */
  capability: text.nullable(),
  arrives: z.enum(ARRIVALS),
  /** How it arrives, and with what delay. */
  how: text,
  /** Maximum delay in seconds according to the vendor; null: not stated, or imported by a person. */
  lagSeconds: z.number().int().min(0).nullable(),
  /** How long the source keeps a record, in words. */
  keeps: text,
  /** The same in days; null: no number is known, or it keeps none. */
  keepsDays: z.number().int().min(1).nullable(),
  /** A longer period for clients with a capability. */
  keepsMore: z.strictObject({ capability: text, days: z.number().int().min(1) }).optional(),
  /**
   * What Bylaw has of it: readings, events of the activity log, a vendor's stream. All empty: Bylaw does not read it.
   */
  kinds: z.array(z.enum(ALL_KINDS)).default([]),
  log: z.array(z.enum(ACTIVITY_SOURCES)).default([]),
  streams: z.array(z.strictObject({ vendor: text, stream: text })).default([]),
  sources: z.array(sourceSchema).min(1),
});
export type VisibilitySource = z.infer<typeof visibilitySourceSchema>;

/** All sources that can show what staff do with Claude, whether or not a client has them. */
export const visibilitySchema = z.strictObject({
  asOf: day,
  guideRows: z.array(guideRow).default([]),
  sources: z.array(visibilitySourceSchema).min(1),
});
export type Visibility = z.infer<typeof visibilitySchema>;
