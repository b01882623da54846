import { z } from 'zod';
import { CLAUDE_PLANS, M365_TIERS, profileSchema } from '#domain/model/profile.ts';
import { inOneLine } from '../shared/one-line.ts';

/** Maximum rows of new clients in one action. */
export const MAX_ROWS = 200;

/** A new client, or an existing one to be updated. */
export const rowSchema = z.strictObject({
  row: z.number().int().min(1).optional().describe('Row in the table, for messages about it'),
  name: z
    .string()
    .trim()
    .min(1, 'A client needs a name.')
    .max(200)
    .regex(...inOneLine),
  domains: profileSchema.shape.domains,
  claudePlan: z.enum(CLAUDE_PLANS),
  m365: z.enum(M365_TIERS).nullable().optional().describe('null or left out: not stated'),
  staffCount: z.number().int().min(0).nullable().optional(),
  owner: z
    .string()
    .trim()
    .toLowerCase()
    .max(320)
    .email('is not an email address')
    .nullable()
    .optional()
    .describe('Email address of the account owner; null or left out: not stated'),
  update: z.boolean().optional().describe('Whether to update the existing client with this domain'),
});

export const rowProblemSchema = z.object({
  row: z.number().int().nullable().describe('null: no row in particular'),
  column: z.string().nullable().describe('null: no column in particular'),
  says: z.string(),
});
export type RowProblem = z.infer<typeof rowProblemSchema>;
