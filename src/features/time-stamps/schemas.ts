import { z } from 'zod';
import { instant } from '../operation.ts';

/** The time stamp of a file, as operations show it. */
export const stampShown = z.object({
  state: z
    .enum(['proved', 'waiting'])
    .describe('waiting: no authority has stamped it yet; it is asked again'),
  at: instant.nullable().describe('The moment that the authority states'),
  authority: z.string().nullable(),
  certificate: z.string().nullable().describe('SHA-256 of the authority’s certificate'),
  token: z.string().nullable().describe('SHA-256 of its answer, which is kept as evidence'),
  problem: z.string().nullable().describe('Why the last try came to nothing'),
  next: instant.nullable().describe('When it is asked again'),
});
