import { AREAS, type Area, type Catalogue } from '../model/catalogue.ts';
import { STATES, type State, type VerdictHead } from '../model/verdict.ts';

export type Counts = Readonly<Record<State, number>>;

export interface Rollup {
  readonly all: Counts;
  readonly total: number;
  readonly areas: readonly { readonly area: Area; readonly counts: Counts; readonly total: number }[];
}

/** Counts per area and state. There is no score: only `pass` ever counts as passing. */
export function rollUp(
  catalogue: Catalogue,
  verdicts: readonly Pick<VerdictHead, 'control' | 'state'>[],
): Rollup {
  const areaOf = new Map(catalogue.controls.map((control) => [control.id, control.area]));
  const areas = AREAS.map((area) => {
    const here = verdicts.filter((v) => areaOf.get(v.control) === area);
    return { area, counts: tally(here), total: here.length };
  }).filter(({ total }) => total > 0);
  return { all: tally(verdicts), total: verdicts.length, areas };
}

function tally(verdicts: readonly Pick<VerdictHead, 'state'>[]): Counts {
  const counts = Object.fromEntries(STATES.map((state) => [state, 0])) as Record<State, number>;
  for (const verdict of verdicts) counts[verdict.state] += 1;
  return counts;
}
