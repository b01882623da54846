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

/** A message as Bylaw proposes it. Each client may word its own. */
export const messageSchema = z.strictObject({
  id: z.enum(MESSAGE_KINDS),
  /** What it is called in lists. */
  title: z.string().trim().min(1),
  /** When it is sent and what for, in one sentence. */
  purpose: z.string().trim().min(1),
  audience: z.enum(['holder', 'managers']),
  /** Day of these words. */
  asOf: day,
  /** Placeholders in braces: {name}, {address}, {organization}, {domain}, {contact}, {policy}. */
  subject: text,
  text,
  /** Where what it says about Claude stands. */
  sources: z.array(sourceSchema).default([]),
});
export type MessageTemplate = z.infer<typeof messageSchema>;
