import { z } from 'zod';
import { day } from './day-schema.ts';
import { text } from './entry-fields.ts';

const fieldId = z.string().regex(/^[a-z_]+$/);
const itemId = z.string().regex(/^[a-z][a-z0-9_]*$/);

const sections = z
  .array(
    z.strictObject({
      id: itemId,
      title: text,
      /** Each item is a clause of `clauses.yaml`, by its id. */
      items: z.array(z.strictObject({ id: itemId, text })).min(1),
    }),
  )
  .min(1);

/** The template in another language: the same sections and items by their ids. */
const translationSchema = z.strictObject({
  title: text,
  intro: text,
  /** Values to begin with, where the English ones are words. */
  fields: z.record(fieldId, text),
  sections,
  collected: z.record(z.string(), text),
  data: z.record(z.string(), text),
});

/** What the acceptable use policy of a client starts from. Its texts name fields in braces, as `{organization}`. */
export const policyTemplateSchema = z.strictObject({
  /** Day on which these texts were written. */
  revised: day,
  title: text,
  intro: text,
  fields: z
    .array(
      z.strictObject({
        id: fieldId,
        label: text,
        hint: text.optional(),
        /** Filled from what is known of the client; left out: from `start`, or empty. */
        from: z.enum(['client_name', 'domains', 'collected', 'data']).optional(),
        start: text.optional(),
      }),
    )
    .min(1),
  sections,
  /** How each source of the staff notice is named, by its id. */
  collected: z.record(z.string(), text),
  /** How each kind of data is named, by its id in the catalogue of connectors. */
  data: z.record(z.string(), text),
  translations: z.strictObject({ es: translationSchema }),
  /** Words that staff need not know, and what to say instead. */
  plain_words: z.array(z.strictObject({ word: text, better: text })),
});

export type PolicyTemplate = z.infer<typeof policyTemplateSchema>;
