import { at } from '../decide/conditions.ts';
import type { Charter } from '../model/charter.ts';

/** One version of the charter as written. */
export interface CharterInTime {
  readonly value: Charter;
  /** Day on which it was stored, in the client's zone. */
  readonly storedOn: string;
}

/**
 * Since which day a key of the charter has had its current value, as far as the versions show; a new version that left
 * it unchanged does not count. undefined: unknown.
 *
 * @param versions Newest first, including the one in force.
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

/**
 * The version that was in force at the end of a day, as far as the versions show; undefined: unknown.
 *
 * @param versions Newest first, including the one in force.
 */
export function versionOn(versions: readonly CharterInTime[], day: string): Charter | undefined {
  return versions.find(({ value, storedOn }) => storedOn <= day && (value.inForceSince ?? '') <= day)?.value;
}

/** The comparable value of a key. For connectors, which are approved and for what, but not when they were reviewed. */
function compared(charter: Charter, path: string): string {
  const value =
    path === 'connectors'
      ? charter.connectors?.map(({ name, actions, kind }) => [name, kind === 'custom', sorted(actions)])
      : at(charter, path);
  const plain = Array.isArray(value) ? value.map((one) => JSON.stringify(sorted(one))).sort() : sorted(value);
  return JSON.stringify(plain ?? null);
}

/** Normalizes the order of keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}
// Guide: G1.1-09
