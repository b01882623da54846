/**
 * An index of a list by a key of its entries, the first entry of each key, cached per list. Charters may name thousands
 * of actions, so linear searches would be quadratic in total. Indexed lists must not be changed.
 */
export function indexOnce<T>(key: (entry: T) => string): (list: readonly T[]) => ReadonlyMap<string, T> {
  const made = new WeakMap<readonly T[], ReadonlyMap<string, T>>();
  return (list) => {
    const known = made.get(list);
    if (known !== undefined) return known;
    const index = new Map<string, T>();
    for (const entry of list) {
      const name = key(entry);
      if (!index.has(name)) index.set(name, entry);
    }
    made.set(list, index);
    return index;
  };
}
