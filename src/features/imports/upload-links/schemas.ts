import { z } from 'zod';

export const uploadLinkSchema = z.object({
  id: z.string(),
  label: z.string(),
  kinds: z.array(z.string()),
  endsOn: z.string().describe('Last day on which it is good'),
  state: z.enum(['open', 'ended', 'revoked']),
  madeBy: z.string(),
  madeAt: z.string(),
  files: z.number().int().describe('Files that came over it'),
  import: z.string().nullable().describe('The import that the last of them wait in'),
  lastUsedAt: z.string().nullable(),
});
