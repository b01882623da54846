import { z } from 'zod';

export const readingSchema = z.object({
  id: z.string(),
  kind: z.string(),
  kindName: z.string(),
  file: z.string(),
  sha256: z.string(),
  rows: z.number().int(),
  observedOn: z.string(),
  state: z
    .enum(['counts', 'contradicted', 'earlier', 'aside'])
    .describe(
      'counts: verdicts rest on it · contradicted: another one of its day says something different, so neither counts · earlier: a newer one counts · aside: someone set it aside',
    ),
  import: z.string().nullable(),
  storedAt: z.string(),
  storedBy: z.string().nullable(),
  aside: z
    .object({ at: z.string(), by: z.string().nullable(), reason: z.string() })
    .nullable()
    .describe('Since when it is set aside, by whom and why; null: it is not'),
});
