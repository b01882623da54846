import type { Activity } from '#domain/activity/activity.ts';
import { makeMonths } from '#store/activity/months.ts';
import type { Store } from '#store/open.ts';

/** Months for which a database is known to have partitions of the log. */
const cache = new WeakMap<Store, Set<string>>();

/** Creates missing partitions of the log for the months of some activities. */
export async function ensureMonths(store: Store, activities: readonly Activity[]): Promise<void> {
  const known = cache.get(store) ?? new Set<string>();
  cache.set(store, known);
  const missing = new Set<string>();
  for (const { at } of activities) {
    const month = at.slice(0, 7);
    if (!known.has(month)) missing.add(month);
  }
  if (missing.size === 0) return;
  await makeMonths(store, [...missing]);
  for (const month of missing) known.add(month);
}
