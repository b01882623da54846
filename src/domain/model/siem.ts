import { z } from 'zod';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';

const text = z.string().trim().min(1);

/**
 * What an answer means for a delivery: taken; to be tried again; one event is bad; nothing goes until someone acts; the
 * batch is too large.
 */
const ANSWER_ACTS = ['accepted', 'retry', 'event', 'stop', 'too_large'] as const;

const columnTypes = ['string', 'bool', 'int', 'long', 'datetime', 'dynamic'] as const;

/** What the vendors of SIEMs say of how events are taken. */
export const siemSchema = z.strictObject({
  asOf: day,
  splunk: z.strictObject({
    maxBytes: z.number().int().min(1),
    /** Codes of the HTTP Event Collector; `confirmed: false` is not from the vendor's own pages. */
    codes: z
      .array(
        z.strictObject({
          code: z.number().int().min(0),
          status: z.number().int(),
          text,
          act: z.enum(ANSWER_ACTS),
          /** What a person does about it, where nothing goes until they act. */
          todo: text.optional(),
          confirmed: z.boolean().default(true),
        }),
      )
      .min(1),
  }),
  sentinel: z.strictObject({
    apiVersion: text,
    /** Bytes of one call, before and after compression. */
    maxBytes: z.number().int().min(1),
    /** Characters of one field; the vendor cuts what is longer without a word. */
    maxField: z.number().int().min(1),
    stream: text,
    clouds: z
      .array(
        z.strictObject({ id: z.string().regex(/^[a-z]+$/), title: text, login: z.url(), scope: z.url() }),
      )
      .min(1),
    /** What a template that makes table and rule is built from. */
    template: z.strictObject({
      table: text,
      rule: text,
      tableApi: text,
      ruleApi: text,
      roleApi: text,
      analyticsApi: text,
      /** Id of the role that lets an application send. */
      role: z.guid(),
      /** Columns that the table has by another name than the stream. */
      renames: z.array(z.strictObject({ from: text, to: text })).min(1),
    }),
    /** Columns of the stream, by the names under which they are sent. */
    columns: z.array(z.strictObject({ name: text, type: z.enum(columnTypes) })).min(1),
  }),
  /** How events come to Microsoft Defender XDR. */
  defender: z.strictObject({ title: text, says: z.array(text).min(1) }),
  sources: z.array(sourceSchema).min(1),
});
export type Siem = z.infer<typeof siemSchema>;
