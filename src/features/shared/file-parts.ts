import { z } from 'zod';
import { instant } from '../operation.ts';

/** A file or a plan, identified by its content. */
export const sha256Param = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{64}$/, 'Give the SHA-256: 64 hexadecimal digits.');

/** Page size of a file made for printing. */
export const paperParam = z
  .enum(['a4', 'letter'])
  .optional()
  .describe('Left out: the usual size in the client’s country');

/** A PDF signed by this server and stored as evidence. */
export const signedFile = z.object({
  sha256: z.string(),
  name: z.string(),
  bytes: z.number().int(),
  at: instant,
  certificate: z.string().describe('SHA-256 of the certificate it is signed with'),
});
