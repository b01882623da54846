/**
 * Gives each of the first list one of the second that `fits` it, none of them twice, to as many as can have one; where not
 * all can, the earlier come first. Gives for each the index of its own, or null.
 */
export function oneEach<A, B>(
  wanted: readonly A[],
  given: readonly B[],
  fits: (one: A, other: B) => boolean,
): (number | null)[] {
  /** Index of who has it, by index of what is given. */
  const holder = new Map<number, number>();
  const give = (to: number, tried: Set<number>): boolean => {
    const one = wanted[to];
    if (one === undefined) return false;
    for (const [at, other] of given.entries()) {
      if (tried.has(at) || !fits(one, other)) continue;
      tried.add(at);
      const held = holder.get(at);
      if (held !== undefined && !give(held, tried)) continue;
      holder.set(at, to);
      return true;
    }
    return false;
  };
  for (const at of wanted.keys()) give(at, new Set());
  const own: (number | null)[] = wanted.map(() => null);
  for (const [at, to] of holder) own[to] = at;
  return own;
}
