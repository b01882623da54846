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
    const fitting = given.flatMap((other, at) => (!tried.has(at) && fits(one, other) ? [at] : []));
    const free = fitting.find((at) => !holder.has(at));
    if (free !== undefined) {
      holder.set(free, to);
      return true;
    }
    for (const at of fitting) {
      if (tried.has(at)) continue;
      tried.add(at);
      const held = holder.get(at);
      if (held === undefined || !give(held, tried)) continue;
      holder.set(at, to);
      return true;
    }
    return false;
  };
  /** What nobody gives up anymore: a search that failed went through all of it. */
  const taken = new Set<number>();
  for (const at of wanted.keys()) {
    const tried = new Set(taken);
    if (!give(at, tried)) for (const one of tried) taken.add(one);
  }
  const own: (number | null)[] = wanted.map(() => null);
  for (const [at, to] of holder) own[to] = at;
  return own;
}
