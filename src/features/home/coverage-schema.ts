import { z } from 'zod';
import { severitySchema } from '../shared/control-parts.ts';
import { controlRef, verb } from './parts.ts';

export const coverageSchema = z.object({
  applicable: z
    .number()
    .int()
    .describe(
      'Number of controls that a reading or an answer can decide: applicable, licensed, and not policy only',
    ),
  readable: z.number().int().describe('Of these, controls that are decided today'),
  steps: z
    .array(
      z.object({
        key: z.string(),
        title: z.string().describe('What to import or answer'),
        what: z.string().nullable().describe('What is open about it; null: the title says everything'),
        kind: z.string().nullable().describe('Kind of file; null: an answer'),
        verb,
        subject: z
          .string()
          .nullable()
          .describe('Charter questions to answer, separated by commas; null: a file'),
        severity: severitySchema,
        unlocks: z.number().int().describe('Maximum number of controls it may make readable'),
        controls: z
          .array(controlRef)
          .describe('Controls that need it first; each control that cannot be read belongs to one step'),
      }),
    )
    .describe('Steps that make more controls readable, most effective first'),
  closed: z
    .array(controlRef)
    .describe('Controls that cannot be read and that no import or answer can settle'),
});
