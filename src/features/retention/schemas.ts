import { z } from 'zod';

const counts = {
  readings: z.number().int(),
  files: z.number().int(),
  reports: z.number().int(),
  bytes: z.number().int().describe('Of files and reports, as kept'),
};

/** What goes, in counts. */
export const removalSchema = z.object({
  ...counts,
  lines: z.array(
    z.object({
      kind: z.string(),
      name: z.string(),
      ...counts,
      from: z.string().describe('First day of what goes'),
      to: z.string(),
    }),
  ),
});

/** Readings that are old enough and stay all the same. */
export const staysSchema = z.object({
  report: z.number().int().describe('A report that is kept rests on them'),
  named: z.number().int().describe('A statement, a document or an open import names their file'),
  verdict: z.number().int().describe('A verdict of today would be another one without them'),
  together: z.number().int().describe('They came in an archive of which something is still needed'),
});
