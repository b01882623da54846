import { z } from 'zod';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';

const words = z
  .string()
  .trim()
  .regex(/^[a-z0-9\s]+$/, 'lower case, without accents, words between spaces');

/** Words that mark mailboxes of functions, bodies, rooms, devices and programs. */
export const mailboxesSchema = z.strictObject({
  asOf: day,
  words: z
    .array(
      z.strictObject({
        language: z.enum(['en', 'de', 'fr', 'es', 'nl', 'pt', 'it']),
        alone: words.describe('Words that are enough'),
        beside: words.describe('Words that count only together with one that is enough'),
      }),
    )
    .min(1),
  sources: z.array(sourceSchema).min(1),
});
export type Mailboxes = z.infer<typeof mailboxesSchema>;
