import type { Permission } from '../model/rows-exports.ts';

/** From what lets Claude do least to what lets it do most. */
export const PERMISSIONS = ['blocked', 'ask', 'allow'] as const satisfies readonly Permission[];

/** Below zero: `a` lets Claude do less than `b`; zero: the same. Blocked, then Needs approval, then Always allow. */
export function comparePermissions(a: Permission, b: Permission): number {
  return PERMISSIONS.indexOf(a) - PERMISSIONS.indexOf(b);
}

export type Departure = 'looser' | 'tighter' | 'same';

/** How a permission stands to a baseline; null: there is no baseline to compare with. */
export function departureFrom(baseline: Permission | null, permission: Permission): Departure | null {
  if (baseline === null) return null;
  const by = comparePermissions(permission, baseline);
  return by > 0 ? 'looser' : by < 0 ? 'tighter' : 'same';
}
