import { z } from 'zod';
import { KEEP } from '#domain/model/keep.ts';

export { KEEP };
export const keepSchema = z.enum(KEEP);
export type Keep = z.infer<typeof keepSchema>;

/** What holds for every client without a choice of its own. */
export const workspaceRetention = z.object({
  readings: keepSchema.default('forever'),
  reports: keepSchema.default('forever'),
});
export type WorkspaceRetention = z.infer<typeof workspaceRetention>;
