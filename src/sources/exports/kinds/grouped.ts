/** Groups rows that share a key, directly or transitively. A row without a key is a group of its own. */
export function groupedBy<T>(rows: readonly T[], keysOf: (row: T) => readonly string[]): readonly T[][] {
  const groups = new Set<{ rows: T[]; keys: string[] }>();
  const byKey = new Map<string, { rows: T[]; keys: string[] }>();
  for (const row of rows) {
    const keys = keysOf(row);
    const fitting = new Set(keys.map((key) => byKey.get(key)).filter((one) => one !== undefined));
    // Merge into the largest group, so that the cost per row does not grow with the list.
    const [group = { rows: [], keys: [] }, ...others] = [...fitting].sort(
      (a, b) => b.keys.length - a.keys.length,
    );
    groups.add(group);
    for (const other of others) {
      groups.delete(other);
      for (const one of other.rows) group.rows.push(one);
      for (const key of other.keys) {
        group.keys.push(key);
        byKey.set(key, group);
      }
    }
    group.rows.push(row);
    for (const key of keys) {
      if (byKey.get(key) === group) continue;
      group.keys.push(key);
      byKey.set(key, group);
    }
  }
  return [...groups].map((one) => one.rows);
}
