import { z } from 'zod';

export const uploadLinkSchema = z.object({
  id: z.string(),
  label: z.string(),
  kinds: z.array(z.string()),
  endsOn: z.string().describe('Last day it is valid'),
  state: z.enum(['open', 'ended', 'revoked']),
  madeBy: z.string(),
  madeAt: z.string(),
  files: z.number().int().describe('Number of files uploaded through it'),
  import: z.string().nullable().describe('Id of the import that the latest files are waiting in; null: none'),
  lastUsedAt: z.string().nullable().describe('null: never'),
});
