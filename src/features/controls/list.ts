import { Packed } from '#store/packed.ts';
import type { StoredVerdicts } from '#store/verdicts/current.ts';
import type { HandlerContext } from '../context.ts';
import { type ControlFilter, filterLines } from './filter.ts';
import { type ControlLine, countStates, linesOf, type StateCounts } from './line.ts';
import { storedNow } from './standing-now.ts';

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
  const { stored, decision } = await storedNow(context);
  const { all, ...rest } = madeOnce(context, stored);
  const items = filterLines(all, filter, labelsIn(stored));
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
}

/** What was made of verdicts that are remembered. */
const made = new WeakMap<StoredVerdicts, Packed<Lines>>();

function madeOnce({ services }: HandlerContext, stored: StoredVerdicts): Lines {
  const known = made.get(stored);
  if (known !== undefined) return known.read();
  const standing = stored.all();
  const all = linesOf(services.catalogue, standing);
  const files = standing
    .flatMap(({ verdict }) => [...verdict.evidence, ...verdict.items.flatMap((item) => item.evidence)])
    .filter(({ kind }) => kind !== 'plan' && kind !== 'catalogue' && kind !== 'profile')
    .map(({ kind, file }) => `${kind} ${file}`);
  const lines: Lines = {
    all,
    counts: countStates(all),
    sections: sectionOrder(all.flatMap(({ sections }) => sections)),
    sources: new Set(files).size,
  };
  made.set(stored, Packed.of(lines));
  return lines;
}

/** What each control lists, for the search. A client of 400 people lists thousands of names, so only a search reads them. */
function labelsIn(stored: StoredVerdicts): (control: string) => readonly string[] {
  return (control) => stored.on(control)?.verdict.items.map(({ label }) => label) ?? [];
}

/** Sections once each, numbers before appendices: 2.1, 2.2, 10, Appendix A. */
export function sectionOrder(sections: readonly string[]): string[] {
  return [...new Set(sections)].sort((a, b) => {
    const words = Number(/^\D/.test(a)) - Number(/^\D/.test(b));
    return words || a.localeCompare(b, 'en', { numeric: true });
  });
}
