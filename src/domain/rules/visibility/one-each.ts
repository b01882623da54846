/**
 * Maximum bipartite matching: assigns to as many of `wanted` as possible one of `given` that `fits`, none of them
 * twice; if not all can have one, earlier ones take precedence. Returns the assigned index for each, or null.
 */
export function oneEach<A, B>(
  wanted: readonly A[],
  given: readonly B[],
  fits: (one: A, other: B) => boolean,
): (number | null)[] {
  /** Assigned index in `wanted`, by index in `given`. */
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
  /** Skipped from now on: a failed search has shown that none of these can be freed. */
  const taken = new Set<number>();
  for (const at of wanted.keys()) {
    const tried = new Set(taken);
    if (!give(at, tried)) for (const one of tried) taken.add(one);
  }
  const own: (number | null)[] = wanted.map(() => null);
  for (const [at, to] of holder) own[to] = at;
  return own;
}
