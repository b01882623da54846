import { decisionOf, standingVerdicts } from '#store/verdicts/current.ts';
import type { HandlerContext } from '../context.ts';
import { type ControlFilter, filterLines } from './filter.ts';
import { type ControlLine, countStates, linesOf, type StateCounts } from './line.ts';

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
  const { services, client } = context;
  await services.verdicts.ensureCurrent([client.id]);
  const { standing, decision } = await context.read(async (tx) => ({
    standing: await standingVerdicts(tx, client.id),
    decision: await decisionOf(tx, client.id),
  }));
  const all = linesOf(services.catalogue, standing);
  const labels = new Map(
    standing.map(({ verdict }) => [verdict.control, verdict.items.map(({ label }) => label)]),
  );
  const items = filterLines(all, filter, (id) => labels.get(id) ?? []);
  const files = standing
    .flatMap(({ verdict }) => [...verdict.evidence, ...verdict.items.flatMap((item) => item.evidence)])
    .filter(({ kind }) => kind !== 'plan' && kind !== 'catalogue' && kind !== 'profile')
    .map(({ kind, file }) => `${kind} ${file}`);
  return {
    items,
    total: items.length,
    all: all.length,
    counts: countStates(all),
    sections: sectionOrder(all.flatMap(({ sections }) => sections)),
    decidedAt: decision.at?.toISOString() ?? null,
    sources: new Set(files).size,
  };
}

/** Sections once each, numbers before appendices: 2.1, 2.2, 10, Appendix A. */
export function sectionOrder(sections: readonly string[]): string[] {
  return [...new Set(sections)].sort((a, b) => {
    const words = Number(/^\D/.test(a)) - Number(/^\D/.test(b));
    return words || a.localeCompare(b, 'en', { numeric: true });
  });
}
