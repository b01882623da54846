import { at } from '../decide/conditions.ts';
import type { Charter } from '../model/charter.ts';

/** One version of the charter as it was written, with the first day on which it counted. */
export interface CharterInTime {
  readonly value: Charter;
  /** Day on which it was stored, in the client's zone. */
  readonly storedOn: string;
}

/**
 * Since which day a key of the charter says what it says now, by the versions that are known: a new version that leaves it as
 * it was does not count. undefined: nothing tells. `versions` are the newest first, the one in force among them.
 */
export function saysSince(
  charter: Charter,
  versions: readonly CharterInTime[],
  path: string,
): string | undefined {
  const now = compared(charter, path);
  let oldest: { readonly inForceSince?: string | undefined; readonly storedOn?: string } = charter;
  for (const { value, storedOn } of versions) {
    if (compared(value, path) !== now) return oldest.inForceSince ?? oldest.storedOn;
    oldest = { inForceSince: value.inForceSince, storedOn };
  }
  return oldest.inForceSince;
}

/** What of a key statements are compared with: of connectors which are approved and for what, not when they were reviewed. */
function compared(charter: Charter, path: string): string {
  const value =
    path === 'connectors'
      ? charter.connectors?.map(({ name, actions, kind }) => [name, kind === 'custom', sorted(actions)])
      : at(charter, path);
  const plain = Array.isArray(value) ? value.map((one) => JSON.stringify(sorted(one))).sort() : sorted(value);
  return JSON.stringify(plain ?? null);
}

/** The same in whatever order its keys were written. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}
// Guide: G1.1-09
