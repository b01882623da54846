import { z } from 'zod';
import { day } from './day-schema.ts';
import { sourceSchema, text } from './entry-fields.ts';

const fieldId = z.string().regex(/^[a-z_]+$/);
const itemId = z.string().regex(/^[a-z][a-z0-9_]*$/);

const sections = z
  .array(
    z.strictObject({
      id: itemId,
      title: text,
      /** Each item is the id of a clause in `clauses.yaml`. */
      items: z.array(z.strictObject({ id: itemId, text })).min(1),
    }),
  )
  .min(1);

/** A translation of the template, with the same sections and items by id. */
const translationSchema = z.strictObject({
  title: text,
  intro: text,
  /** Initial values, for those that are text in English. */
  fields: z.record(fieldId, text),
  sections,
  collected: z.record(z.string(), text),
  data: z.record(z.string(), text),
});

/** The template of a client's acceptable use policy. Fields are in braces, as in `{organization}`. */
export const policyTemplateSchema = z.strictObject({
  /** Day on which these texts were written. */
  revised: day,
  /** When Claude was introduced: a policy published earlier is not about Claude. */
  claude_since: z.strictObject({ day, source: sourceSchema }).optional(),
  title: text,
  intro: text,
  fields: z
    .array(
      z.strictObject({
        id: fieldId,
        label: text,
        hint: text.optional(),
        /** What a field is filled from; left out: `start`, or empty. */
        from: z.enum(['client_name', 'domains', 'collected', 'data']).optional(),
        start: text.optional(),
      }),
    )
    .min(1),
  sections,
  /** Name of each source in the staff notice, by id. */
  collected: z.record(z.string(), text),
  /** Name of each kind of data, by its id in the connector catalogue. */
  data: z.record(z.string(), text),
  translations: z.strictObject({ es: translationSchema }),
  /** Terms that staff may not know, with plain alternatives. */
  plain_words: z.array(z.strictObject({ word: text, better: text })),
});

export type PolicyTemplate = z.infer<typeof policyTemplateSchema>;
