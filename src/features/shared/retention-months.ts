import { z } from 'zod';
import { KEEP } from '#domain/model/keep.ts';

export { KEEP };
export const keepSchema = z.enum(KEEP);
export type Keep = z.infer<typeof keepSchema>;

/** Default for clients without a setting of their own. */
export const workspaceRetention = z.object({
  readings: keepSchema.default('forever'),
  reports: keepSchema.default('forever'),
});
export type WorkspaceRetention = z.infer<typeof workspaceRetention>;
