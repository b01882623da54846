import { createHash } from 'node:crypto';
import { z } from 'zod';

/** What was last stored of a list that is read repeatedly. */
export const lastStoredSchema = z.object({ digest: z.string(), at: z.string() }).nullable();
export type LastStored = z.infer<typeof lastStoredSchema>;

/** Identical content is stored again after a day, so that it stays current. */
const KEEP_MS = 22 * 3_600_000;

/** Called once these bytes are stored; null: they equal what was stored within the last day. */
export function changed(before: LastStored, bytes: Uint8Array, now: Date): NonNullable<LastStored> | null {
  const digest = createHash('sha256').update(bytes).digest('hex');
  const fresh = before !== null && now.getTime() - Date.parse(before.at) < KEEP_MS;
  return before?.digest === digest && fresh ? null : { digest, at: now.toISOString() };
}

/** 20261124-150000z: an instant in UTC for file names, from which the day in the client's time zone is derived. */
export function stamp(now: Date): string {
  return `${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}z`;
}
