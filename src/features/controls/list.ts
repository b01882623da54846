import type { z } from 'zod';
import type { StoredVerdicts } from '#store/verdicts/current.ts';
import type { HandlerContext } from '../context.ts';
import { JsonAnswer } from '../json-answer.ts';
import { controlListSchema } from './contract.ts';
import { type ControlFilter, filterLines } from './filter.ts';
import { countStates, linesOf } from './line.ts';
import { storedNow } from './verdicts-now.ts';

export type ControlList = z.infer<typeof controlListSchema>;

/** The controls of a client as they are now, filtered. The counts are those of all. */
export async function listControls(context: HandlerContext, filter: ControlFilter): Promise<ControlList> {
  const now = await storedNow(context);
  const every = madeOnce(context, now).read();
  const items = filterLines(every.items, filter, labelsIn(now.stored), context.actor);
  return { ...every, items, total: items.length };
}

/** All of them, as {@link listControls} gives them without a filter. */
export async function allControls(context: HandlerContext): Promise<JsonAnswer<ControlList>> {
  return madeOnce(context, await storedNow(context));
}

/** What was made of verdicts that are remembered. */
const made = new WeakMap<StoredVerdicts, JsonAnswer<ControlList>>();

function madeOnce(
  { services }: HandlerContext,
  { stored, decision, assignments }: Awaited<ReturnType<typeof storedNow>>,
): JsonAnswer<ControlList> {
  const known = made.get(stored);
  if (known !== undefined) return known;
  const current = stored.all();
  const all = linesOf(services.catalogue, current, assignments);
  const files = current
    .flatMap(({ verdict }) => [...verdict.evidence, ...verdict.items.flatMap((item) => item.evidence)])
    .filter(({ kind }) => kind !== 'plan' && kind !== 'catalogue' && kind !== 'profile')
    .map(({ kind, file }) => `${kind} ${file}`);
  const written = new JsonAnswer(controlListSchema, {
    items: all,
    nextCursor: null,
    total: all.length,
    all: all.length,
    counts: countStates(all),
    sections: sectionOrder(all.flatMap(({ sections }) => sections)),
    decidedAt: decision.at?.toISOString() ?? null,
    sources: new Set(files).size,
  });
  made.set(stored, written);
  return written;
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
