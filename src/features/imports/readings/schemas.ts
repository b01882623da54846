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
    .enum(['counts', 'contradicted', 'questioned', 'earlier', 'aside'])
    .describe(
      'counts: verdicts use it · contradicted: another reading of the same day differs, so neither is used · questioned: the newest of its kind, which may be of another organization · earlier: a newer one is used · aside: someone set it aside',
    ),
  why: z.string().nullable().describe('What makes a questioned one doubtful; null: nothing does'),
  import: z.string().nullable().describe('Id of the import; null: it was not stored by an import'),
  storedAt: z.string(),
  storedBy: z
    .string()
    .nullable()
    .describe('Name; null: a source that reads automatically, or no longer known'),
  aside: z
    .object({
      at: z.string(),
      by: z.string().nullable().describe('Name; null: no longer known'),
      reason: z.string(),
    })
    .nullable()
    .describe('When it was set aside, by whom and why; null: not set aside'),
});
