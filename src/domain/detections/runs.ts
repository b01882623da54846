/** A series of events of one detection and group that are close in time: the subject of an alert. */
export interface Run {
  /** Milliseconds since 1970. */
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/**
 * Joins runs and single events with no more than `quiet` milliseconds between them. The result does not depend on the
 * order or on how the input was split.
 *
 * @returns For each new run, in chronological order, the indices of the runs it consists of.
 */
export function joinRuns(
  runs: readonly Run[],
  quiet: number,
): readonly { readonly run: Run; readonly of: readonly number[] }[] {
  const order = runs
    .map((_run, index) => index)
    .sort((a, b) => (runs[a]?.first ?? 0) - (runs[b]?.first ?? 0) || a - b);
  const joined: { run: Run; of: number[] }[] = [];
  for (const index of order) {
    const next = runs[index];
    if (next === undefined) continue;
    const open = joined.at(-1);
    if (open !== undefined && next.first - open.run.last <= quiet) {
      open.run = {
        first: open.run.first,
        last: Math.max(open.run.last, next.last),
        count: open.run.count + next.count,
      };
      open.of.push(index);
    } else joined.push({ run: next, of: [index] });
  }
  return joined;
}
