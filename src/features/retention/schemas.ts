import { z } from 'zod';

const counts = {
  readings: z.number().int(),
  files: z.number().int(),
  reports: z.number().int(),
  bytes: z.number().int().describe('Size of files and reports as stored'),
};

/** What would be removed, in numbers. */
export const removalSchema = z.object({
  ...counts,
  lines: z.array(
    z.object({
      kind: z.string(),
      name: z.string(),
      ...counts,
      from: z.string().describe('First day of the data to be removed'),
      to: z.string(),
    }),
  ),
});

/** Readings that are old enough but kept. */
export const staysSchema = z.object({
  report: z.number().int().describe('A report that is kept uses them'),
  named: z.number().int().describe('An attestation, a document or an open import refers to their file'),
  verdict: z.number().int().describe('Today’s verdict would be different without them'),
  together: z.number().int().describe('They came in an archive that also contains something still needed'),
});
