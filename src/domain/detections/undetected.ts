import { z } from 'zod';
import { day } from '../model/day-schema.ts';
import { sourceSchema } from '../model/entry-fields.ts';

const text = z.string().trim().min(1);

/** Something that people expect to be looked for and that no rule can find in what Claude reports, and who finds it instead. */
const undetectedSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  title: text,
  /** Why it cannot be found, in one sentence or two. */
  because: text,
  /** What finds it, or keeps it from happening. */
  instead: text,
  /** Control that asks for that. */
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
