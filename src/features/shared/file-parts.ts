import { z } from 'zod';
import { instant } from '../operation.ts';

/** A file or a plan, named by what is in it. */
export const sha256Param = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{64}$/, 'Give the SHA-256: 64 hexadecimal digits.');

/** Size of the pages of a file that is made to be printed. */
export const paperParam = z
  .enum(['a4', 'letter'])
  .optional()
  .describe('Left out: the usual size in the client’s country');

/** A PDF that this server signed and keeps as evidence. */
export const signedFile = z.object({
  sha256: z.string(),
  name: z.string(),
  bytes: z.number().int(),
  at: instant,
  certificate: z.string().describe('SHA-256 of the certificate it is signed with'),
});
