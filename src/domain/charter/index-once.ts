/**
 * A list by a key of its entries, the first of each key, made once per list. Charters may name thousands of actions, and
 * looking each up by going through all of them would take the square of that. Lists that are asked for are not changed.
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
