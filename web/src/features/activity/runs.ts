import type { Line } from './filters.ts';

/** An event, or several alike without another between them, of which it is the newest. */
export interface Run extends Line {
  readonly times: number;
  /** When the oldest of them happened. */
  readonly since: string;
}

/** Fewer alike are shown one by one. */
const MIN_RUN = 3;

export function alone(line: Line): Run {
  return { ...line, times: 1, since: line.at };
}

/** Events in their order; what one person did again and again is one line. */
export function runsOf(lines: readonly Line[]): Run[] {
  const groups: Line[][] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && keyOf(last[0]) === keyOf(line)) last.push(line);
    else groups.push([line]);
  }
  return groups.flatMap((group) => {
    const [first, oldest] = [group[0], group.at(-1)];
    if (first === undefined || oldest === undefined || group.length < MIN_RUN) return group.map(alone);
    return [{ ...first, times: group.length, since: oldest.at }];
  });
}

function keyOf({
  type,
  title,
  person,
  connector,
  surface,
  source,
  effect,
  outcome,
  model,
  also,
}: Line): string {
  return JSON.stringify([
    type,
    title,
    person?.key,
    connector?.id,
    surface,
    source,
    effect,
    outcome,
    model,
    also.map((other) => other.source),
  ]);
}
