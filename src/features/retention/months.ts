import { z } from 'zod';

/** Months that can be chosen. Thirteen at least, so that what stood a year ago can always be compared. */
export const KEEP = ['13', '25', '37', '61', 'forever'] as const;
export const keepSchema = z.enum(KEEP);
export type Keep = z.infer<typeof keepSchema>;

/** What holds for every client without a choice of its own. */
export const workspaceRetention = z.object({
  readings: keepSchema.default('forever'),
  reports: keepSchema.default('forever'),
});
export type WorkspaceRetention = z.infer<typeof workspaceRetention>;
