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
      'counts: verdicts use it · contradicted: another reading of the same day differs, so neither is used · earlier: a newer one is used · aside: someone set it aside',
    ),
  import: z.string().nullable(),
  storedAt: z.string(),
  storedBy: z.string().nullable(),
  aside: z
    .object({ at: z.string(), by: z.string().nullable(), reason: z.string() })
    .nullable()
    .describe('When it was set aside, by whom and why; null: not set aside'),
});
