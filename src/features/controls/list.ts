import type { HandlerContext } from '../context.ts';
import { type ControlFilter, filterLines } from './filter.ts';
import { type ControlLine, countStates, linesOf, type StateCounts } from './line.ts';
import { type Standing, standingNow } from './standing-now.ts';

export interface ControlList {
  readonly items: ControlLine[];
  readonly total: number;
  readonly all: number;
  readonly counts: StateCounts;
  readonly sections: string[];
  readonly decidedAt: string | null;
  readonly sources: number;
}

/** The controls of a client as they are now, filtered. The counts are those of all. */
export async function listControls(context: HandlerContext, filter: ControlFilter): Promise<ControlList> {
  const { standing, decision } = await standingNow(context);
  const { all, labels, ...rest } = madeOnce(context, standing);
  const items = filterLines(all, filter, (id) => labels.get(id) ?? []);
  return {
    items,
    total: items.length,
    all: all.length,
    ...rest,
    decidedAt: decision.at?.toISOString() ?? null,
  };
}

interface Lines extends Pick<ControlList, 'counts' | 'sections' | 'sources'> {
  readonly all: readonly ControlLine[];
  /** What each control lists, for the search. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
}

/** What was made of verdicts that are remembered: a client of 400 people lists thousands of names. */
const made = new WeakMap<Standing['standing'], Lines>();

function madeOnce({ services }: HandlerContext, standing: Standing['standing']): Lines {
  const known = made.get(standing);
  if (known !== undefined) return known;
  const all = linesOf(services.catalogue, standing);
  const files = standing
    .flatMap(({ verdict }) => [...verdict.evidence, ...verdict.items.flatMap((item) => item.evidence)])
    .filter(({ kind }) => kind !== 'plan' && kind !== 'catalogue' && kind !== 'profile')
    .map(({ kind, file }) => `${kind} ${file}`);
  const lines: Lines = {
    all,
    labels: new Map(
      standing.map(({ verdict }) => [verdict.control, verdict.items.map(({ label }) => label)]),
    ),
    counts: countStates(all),
    sections: sectionOrder(all.flatMap(({ sections }) => sections)),
    sources: new Set(files).size,
  };
  made.set(standing, lines);
  return lines;
}

/** Sections once each, numbers before appendices: 2.1, 2.2, 10, Appendix A. */
export function sectionOrder(sections: readonly string[]): string[] {
  return [...new Set(sections)].sort((a, b) => {
    const words = Number(/^\D/.test(a)) - Number(/^\D/.test(b));
    return words || a.localeCompare(b, 'en', { numeric: true });
  });
}
