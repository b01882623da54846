import { z } from 'zod';
import { day } from './day-schema.ts';

/** Fields that all kinds of catalogue entries share. */

/** Text that is not empty. */
export const text = z.string().trim().min(1);
/** Instructions as complete sentences: pages and reports show them between others. */
export const instruction = text.regex(/[.?!]$/, 'is an instruction and ends with a period');
/** Id of a row of the guide. */
export const guideRow = z
  .string()
  .regex(/^G[0-9AB][0-9.]*-\d{2}[a-z]?$/, 'is not a guide row id, for example G2.2-12');
/** Id of a control. */
export const controlId = z
  .string()
  .regex(/^CLA-(ACC|CON|SHA|VIS|M365|OPS|POL)-\d{2}$/, 'is not a control id');

export const sourceSchema = z.strictObject({
  title: text,
  /** Public URL, or article of the vendor's help center as `support.claude.com/articles/N`. */
  url: z.string().url(),
  /** Date of the page that was read. */
  read: day,
});

export type Source = z.infer<typeof sourceSchema>;
