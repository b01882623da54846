import { createHash } from 'node:crypto';
import { z } from 'zod';

/** What of a list that is read again and again was kept last. */
export const keptSchema = z.object({ digest: z.string(), at: z.string() }).nullable();
export type Kept = z.infer<typeof keptSchema>;

/** What says the same is kept again after a day, so that it does not grow old. */
const KEEP_MS = 22 * 3_600_000;

/** What is kept once these bytes are; null: they say what was kept within the last day. */
export function changed(before: Kept, bytes: Uint8Array, now: Date): NonNullable<Kept> | null {
  const digest = createHash('sha256').update(bytes).digest('hex');
  const fresh = before !== null && now.getTime() - Date.parse(before.at) < KEEP_MS;
  return before?.digest === digest && fresh ? null : { digest, at: now.toISOString() };
}

/** 20261124-150000z, for names of files: a moment in UTC, of which the day is told by the client's zone. */
export function stamp(now: Date): string {
  return `${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}z`;
}
