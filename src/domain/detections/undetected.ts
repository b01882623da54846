import { z } from 'zod';
import { day } from '../model/day-schema.ts';
import { sourceSchema } from '../model/entry-fields.ts';

const text = z.string().trim().min(1);

/**
 * Something that people expect Bylaw to detect, but that no rule can find in what Claude reports, with what finds it
 * instead.
 */
const undetectedSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  title: text,
  /** Why it cannot be found, in one or two sentences. */
  because: text,
  /** What finds or prevents it. */
  instead: text,
  /** The control that asks for this. */
  control: z.string().regex(/^CLA-[A-Z0-9]+-\d{2}$/),
  guide: z.array(z.string().regex(/^G[0-9A-Z.]+-\d{2}$/)).default([]),
  facts: z.array(sourceSchema).min(1),
});
export type Undetected = z.infer<typeof undetectedSchema>;

export const undetectedFileSchema = z.strictObject({
  asOf: day,
  undetected: z.array(undetectedSchema).min(1),
});
// Guide: G6.5-01
