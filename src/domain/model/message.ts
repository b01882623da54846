import { z } from 'zod';
import { MESSAGE_KINDS } from '../personal-accounts/steps.ts';
import { unknownPlaceholders } from '../personal-accounts/texts.ts';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';

const text = z
  .string()
  .trim()
  .min(1)
  .superRefine((value, context) => {
    const problem = unknownPlaceholders(value);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  });

/** Bylaw's default text of a message, which each client may change. */
export const messageSchema = z.strictObject({
  id: z.enum(MESSAGE_KINDS),
  /** Title in lists. */
  title: z.string().trim().min(1),
  /** When it is sent and why, in one sentence. */
  purpose: z.string().trim().min(1),
  audience: z.enum(['holder', 'managers']),
  /** Day on which the text was written. */
  asOf: day,
  /** Placeholders in braces: {name}, {address}, {organization}, {domain}, {contact}, {policy}. */
  subject: text,
  text,
  /** Sources for what it says about Claude. */
  sources: z.array(sourceSchema).default([]),
});
export type MessageTemplate = z.infer<typeof messageSchema>;
