import type { Catalogue } from '#domain/model/catalogue.ts';
import { FIGURES, reportsFigure } from '#domain/model/counted-once.ts';
import { weekOf } from '#domain/usage/slices.ts';
import type { Counted } from '#store/usage/read.ts';

type Figure = (typeof FIGURES)[number];
type Line = Pick<Counted, 'source' | 'surface' | 'category'>;

/** What counts are read by to know which figures they report. */
export const REPORTED_BY = ['start', 'source', 'surface', 'category'] as const;

/**
 * Whether what came could have reported a figure. A line of a spend report or a change of settings says nothing of how many
 * messages there were, and neither does a sum of working time: where nothing else came, the figure is not known.
 */
export function isReported(
  catalogue: Pick<Catalogue, 'countedOnce'>,
  counts: readonly Line[],
  figure: Figure,
): boolean {
  return counts.some(
    ({ source, surface, category }) =>
      category !== 'other' &&
      category !== 'session' &&
      reportsFigure(catalogue.countedOnce, figure, surface ?? 'unknown', source ?? ''),
  );
}

/** Weeks, by their Mondays, of which each figure is reported. */
export interface ReportedWeeks extends Record<Figure, ReadonlySet<string>> {
  /** Weeks of which any of them is reported: then it is known who used Claude, as far as sources see. */
  readonly use: ReadonlySet<string>;
}

/** @param counts Counts of days by REPORTED_BY. */
export function reportedWeeks(
  catalogue: Pick<Catalogue, 'countedOnce'>,
  counts: readonly (Line & Pick<Counted, 'start'>)[],
): ReportedWeeks {
  const byWeek = Map.groupBy(counts, ({ start }) => weekOf(start ?? ''));
  const weeksOf = (figure: Figure) =>
    new Set([...byWeek].filter(([, own]) => isReported(catalogue, own, figure)).map(([week]) => week));
  const reported = {
    message: weeksOf('message'),
    tool_call: weeksOf('tool_call'),
    model_request: weeksOf('model_request'),
  };
  return { ...reported, use: new Set(FIGURES.flatMap((figure) => [...reported[figure]])) };
}
// Guide: G5.1-00 G5.1-01 G5.1-02 G5.2-01
