import { z } from 'zod';
import { POLICY_STATES } from '#domain/conditional-access/body.ts';
import { RESOURCES } from '#domain/conditional-access/values.ts';

/** Target id of changes to Conditional Access policies. */
export const TARGET = 'conditional_access';

/** Target id of changes that exclude one person from policies until a day. */
export const EXCLUSION = 'access_exclusion';

/** What confirmed that a policy is as intended. */
export const proofSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(POLICY_STATES),
  /** Ids of the groups the policy is for; empty means everyone. */
  groups: z.array(z.string()).default([]),
  resources: z.enum(RESOURCES).default('claude'),
  /** appIds that are deliberately excluded. */
  without: z.array(z.string()).default([]),
  /** People excluded until a day, as part of the policy. */
  grace: z.array(z.object({ id: z.string(), until: z.string() })).default([]),
  files: z.array(z.string()),
});
