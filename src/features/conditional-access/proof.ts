import { z } from 'zod';
import { POLICY_STATES } from '#domain/conditional-access/body.ts';

/** The system whose changes are of Conditional Access policies. */
export const TARGET = 'conditional_access';

/** The system whose changes leave one person out of policies until a day. */
export const EXCLUSION = 'access_exclusion';

/** What showed that a policy is as it was meant. */
export const proofSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(POLICY_STATES),
  files: z.array(z.string()),
});
