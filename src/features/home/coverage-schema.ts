import { z } from 'zod';
import { severitySchema } from '../shared/control-parts.ts';
import { controlRef, verb } from './parts.ts';

export const coverageSchema = z.object({
  applicable: z
    .number()
    .int()
    .describe(
      'Controls that a reading or an answer can decide: applicable, licensed, not of the policy alone',
    ),
  readable: z.number().int().describe('Those of them that are decided today'),
  steps: z
    .array(
      z.object({
        key: z.string(),
        title: z.string().describe('What to bring or answer'),
        what: z.string().nullable(),
        kind: z.string().nullable().describe('The kind of file; null: an answer'),
        verb,
        subject: z
          .string()
          .nullable()
          .describe('The questions of the charter to answer, with commas between'),
        severity: severitySchema,
        unlocks: z.number().int().describe('Controls that it may make readable, at most'),
        controls: z
          .array(controlRef)
          .describe('Controls that ask for it first; each control that cannot be read is in one step'),
      }),
    )
    .describe('What makes more controls readable, most first'),
  closed: z.array(controlRef).describe('Controls that cannot be read and for which nothing can be brought'),
});
