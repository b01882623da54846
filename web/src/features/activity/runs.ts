import type { Line } from './filters.ts';

/** One event, or the newest of several consecutive ones that are alike. */
export interface Run extends Line {
  readonly times: number;
  /** When the oldest of them happened. */
  readonly since: string;
}

/** Fewer events are listed individually. */
const MIN_RUN = 3;

export function alone(line: Line): Run {
  return { ...line, times: 1, since: line.at };
}

/** The events in order, with runs of the same action by the same person merged into one line. */
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
