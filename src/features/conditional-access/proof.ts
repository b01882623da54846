import { z } from 'zod';
import { POLICY_STATES } from '#domain/conditional-access/body.ts';

/** The system whose changes are of Conditional Access policies. */
export const TARGET = 'conditional_access';

/** What showed that a policy is as it was meant. */
export const proofSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(POLICY_STATES),
  files: z.array(z.string()),
});
