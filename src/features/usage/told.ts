import type { Catalogue } from '#domain/model/catalogue.ts';
import { FIGURES, tellsFigure } from '#domain/model/counted-once.ts';
import { weekOf } from '#domain/usage/slices.ts';
import type { Counted } from '#store/usage/read.ts';

type Figure = (typeof FIGURES)[number];
type Line = Pick<Counted, 'source' | 'surface' | 'category'>;

/** What counts are read by to know which figures they tell. */
export const TOLD_BY = ['start', 'source', 'surface', 'category'] as const;

/**
 * Whether what came could have told a figure. A line of a spend report or a change of settings says nothing of how many
 * messages there were, and neither does a sum of working time: where nothing else came, the figure is not known.
 */
export function isTold(
  catalogue: Pick<Catalogue, 'countedOnce'>,
  counts: readonly Line[],
  figure: Figure,
): boolean {
  return counts.some(
    ({ source, surface, category }) =>
      category !== 'other' &&
      category !== 'session' &&
      tellsFigure(catalogue.countedOnce, figure, surface ?? 'unknown', source ?? ''),
  );
}

/** Weeks, by their Mondays, of which each figure is told. */
export interface ToldWeeks extends Record<Figure, ReadonlySet<string>> {
  /** Weeks of which any of them is told: then it is known who used Claude, as far as sources see. */
  readonly use: ReadonlySet<string>;
}

/** @param counts Counts of days by TOLD_BY. */
export function toldWeeks(
  catalogue: Pick<Catalogue, 'countedOnce'>,
  counts: readonly (Line & Pick<Counted, 'start'>)[],
): ToldWeeks {
  const byWeek = Map.groupBy(counts, ({ start }) => weekOf(start ?? ''));
  const weeksOf = (figure: Figure) =>
    new Set([...byWeek].filter(([, own]) => isTold(catalogue, own, figure)).map(([week]) => week));
  const told = {
    message: weeksOf('message'),
    tool_call: weeksOf('tool_call'),
    model_request: weeksOf('model_request'),
  };
  return { ...told, use: new Set(FIGURES.flatMap((figure) => [...told[figure]])) };
}
// Guide: G5.1-00 G5.1-01 G5.1-02 G5.2-01
