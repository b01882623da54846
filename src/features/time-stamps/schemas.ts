import { z } from 'zod';
import { instant } from '../operation.ts';

/** The time stamp of a file, as operations return it. */
export const stampShown = z.object({
  state: z
    .enum(['proved', 'waiting'])
    .describe('waiting: the authority has not stamped it yet and will be asked again'),
  at: instant.nullable().describe('Time stated by the authority; null: not stamped yet'),
  authority: z.string().nullable().describe('Name of the authority; null: not stamped yet'),
  certificate: z
    .string()
    .nullable()
    .describe('SHA-256 of the authority’s certificate; null: not stamped yet'),
  token: z
    .string()
    .nullable()
    .describe('SHA-256 of its answer, which is kept as evidence; null: not stamped yet'),
  problem: z.string().nullable().describe('Why the last attempt failed; null: it did not'),
  next: instant.nullable().describe('Time of the next attempt; null: none'),
});
