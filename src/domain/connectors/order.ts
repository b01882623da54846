import type { Permission } from '../model/rows-exports.ts';

/** From most to least restrictive. */
export const PERMISSIONS = ['blocked', 'ask', 'allow'] as const satisfies readonly Permission[];

/**
 * Compares by how much Claude may do, Blocked < Needs approval < Always allow: negative if `a` is less, zero if equal.
 */
export function comparePermissions(a: Permission, b: Permission): number {
  return PERMISSIONS.indexOf(a) - PERMISSIONS.indexOf(b);
}

export type Departure = 'looser' | 'tighter' | 'same';

/** Compares a permission with a baseline; null: there is no baseline. */
export function departureFrom(baseline: Permission | null, permission: Permission): Departure | null {
  if (baseline === null) return null;
  const by = comparePermissions(permission, baseline);
  return by > 0 ? 'looser' : by < 0 ? 'tighter' : 'same';
}
