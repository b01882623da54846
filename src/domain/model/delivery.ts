import { z } from 'zod';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';

const text = z.string().trim().min(1);
/** Suffix of a host name, in lower case. */
const ending = z.string().regex(/^[a-z0-9.-]+$/);

/** A channel for messages to an external program, as its vendor describes it. */
export const deliverySchema = z.strictObject({
  asOf: day,
  title: text,
  /** The vendor's term for the destination. */
  trigger: text,
  /** Maximum size of a message in bytes. */
  maxBytes: z.number().int().min(1),
  /** Newest adaptive card version that is supported everywhere. */
  cardVersion: z.string().regex(/^1\.\d$/),
  /** Hosts at which the vendor accepts messages. */
  hosts: z.array(z.strictObject({ ends: ending, note: text })).min(1),
  /** Hosts at which it no longer does. */
  retired: z.array(z.strictObject({ ends: ending, what: text, since: z.string().regex(/^\d{4}-\d{2}$/) })),
  /** How to get a URL. */
  steps: z.array(text).min(1),
  /** What to know before using it. */
  limits: z.array(text),
  sources: z.array(sourceSchema).min(1),
});
export type Delivery = z.infer<typeof deliverySchema>;
