import { z } from 'zod';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';

const text = z.string().trim().min(1);

/**
 * What a response means for a delivery: accepted; retry; one event is invalid; blocked until someone acts; the batch
 * is too large.
 */
const ANSWER_ACTS = ['accepted', 'retry', 'event', 'stop', 'too_large'] as const;

const columnTypes = ['string', 'bool', 'int', 'long', 'datetime', 'dynamic'] as const;

/** How SIEMs accept events, according to their vendors. */
export const siemSchema = z.strictObject({
  asOf: day,
  splunk: z.strictObject({
    maxBytes: z.number().int().min(1),
    /** Codes of the HTTP Event Collector; `confirmed: false`: not from the vendor's own documentation. */
    codes: z
      .array(
        z.strictObject({
          code: z.number().int().min(0),
          status: z.number().int(),
          text,
          act: z.enum(ANSWER_ACTS),
          /** What a person has to do while delivery is blocked. */
          todo: text.optional(),
          confirmed: z.boolean().default(true),
        }),
      )
      .min(1),
  }),
  sentinel: z.strictObject({
    apiVersion: text,
    /** Maximum bytes of a request, before and after compression. */
    maxBytes: z.number().int().min(1),
    /** Maximum characters of a field; the vendor truncates longer ones silently. */
    maxField: z.number().int().min(1),
    stream: text,
    clouds: z
      .array(
        z.strictObject({ id: z.string().regex(/^[a-z]+$/), title: text, login: z.url(), scope: z.url() }),
      )
      .min(1),
    /** Input of the template that creates table and rule. */
    template: z.strictObject({
      table: text,
      rule: text,
      tableApi: text,
      ruleApi: text,
      roleApi: text,
      analyticsApi: text,
      /** Id of the role that lets an application send. */
      role: z.guid(),
      /** Columns with a different name in the table than in the stream. */
      renames: z.array(z.strictObject({ from: text, to: text })).min(1),
    }),
    /** Columns of the stream, by the names used for sending. */
    columns: z.array(z.strictObject({ name: text, type: z.enum(columnTypes) })).min(1),
  }),
  /** How events reach Microsoft Defender XDR. */
  defender: z.strictObject({ title: text, says: z.array(text).min(1) }),
  sources: z.array(sourceSchema).min(1),
});
export type Siem = z.infer<typeof siemSchema>;
