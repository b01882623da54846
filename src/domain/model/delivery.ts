import { z } from 'zod';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';

const text = z.string().trim().min(1);
/** How the name of a host ends, in small letters. */
const ending = z.string().regex(/^[a-z0-9.-]+$/);

/** A way in which messages leave Bylaw for a program of someone else's, as its vendor describes it. */
export const deliverySchema = z.strictObject({
  asOf: day,
  title: text,
  /** What the vendor calls the place that takes messages. */
  trigger: text,
  /** Most bytes of a message. */
  maxBytes: z.number().int().min(1),
  /** Newest version of an adaptive card that is shown everywhere. */
  cardVersion: z.string().regex(/^1\.\d$/),
  /** Hosts at which the vendor takes messages. */
  hosts: z.array(z.strictObject({ ends: ending, note: text })).min(1),
  /** Hosts at which it no longer does. */
  retired: z.array(z.strictObject({ ends: ending, what: text, since: z.string().regex(/^\d{4}-\d{2}$/) })),
  /** How someone gets an address. */
  steps: z.array(text).min(1),
  /** What one should know. */
  limits: z.array(text),
  sources: z.array(sourceSchema).min(1),
});
export type Delivery = z.infer<typeof deliverySchema>;
