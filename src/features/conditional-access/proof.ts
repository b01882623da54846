import { z } from 'zod';
import { POLICY_STATES } from '#domain/conditional-access/body.ts';
import { RESOURCES } from '#domain/conditional-access/values.ts';

/** The system whose changes are of Conditional Access policies. */
export const TARGET = 'conditional_access';

/** The system whose changes leave one person out of policies until a day. */
export const EXCLUSION = 'access_exclusion';

/** What showed that a policy is as it was meant. */
export const proofSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(POLICY_STATES),
  /** Ids of the groups that it is for; empty: everyone. */
  groups: z.array(z.string()).default([]),
  resources: z.enum(RESOURCES).default('claude'),
  /** appIds that are left out on purpose. */
  without: z.array(z.string()).default([]),
  /** Who is left out of it until a day, as a part of it. */
  grace: z.array(z.object({ id: z.string(), until: z.string() })).default([]),
  files: z.array(z.string()),
});
