import type { z } from 'zod';
import type { StoredVerdicts } from '#store/verdicts/current.ts';
import type { HandlerContext } from '../context.ts';
import { JsonAnswer } from '../json-answer.ts';
import { controlListSchema } from './contract.ts';
import { type ControlFilter, filterLines } from './filter.ts';
import { countStates, linesOf } from './line.ts';
import { storedNow } from './verdicts-now.ts';

export type ControlList = z.infer<typeof controlListSchema>;

/** The current controls of a client, filtered. The counts cover all of them. */
export async function listControls(context: HandlerContext, filter: ControlFilter): Promise<ControlList> {
  const now = await storedNow(context);
  const every = madeOnce(context, now).read();
  const items = filterLines(every.items, filter, labelsIn(now.stored), context.actor);
  return { ...every, items, total: items.length };
}

/** All of them, like {@link listControls} without a filter. */
export async function allControls(context: HandlerContext): Promise<JsonAnswer<ControlList>> {
  return madeOnce(context, await storedNow(context));
}

/** Derived values of cached verdicts. */
const cache = new WeakMap<StoredVerdicts, JsonAnswer<ControlList>>();

function madeOnce(
  { services }: HandlerContext,
  { stored, decision, assignments }: Awaited<ReturnType<typeof storedNow>>,
): JsonAnswer<ControlList> {
  const known = cache.get(stored);
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
  cache.set(stored, written);
  return written;
}

/**
 * The items of each control, for searching. A client of 400 people has thousands, so they are only read for a search.
 */
function labelsIn(stored: StoredVerdicts): (control: string) => readonly string[] {
  return (control) => stored.on(control)?.verdict.items.map(({ label }) => label) ?? [];
}

/** Sections without duplicates, numbers before appendices: 2.1, 2.2, 10, Appendix A. */
export function sectionOrder(sections: readonly string[]): string[] {
  return [...new Set(sections)].sort((a, b) => {
    const words = Number(/^\D/.test(a)) - Number(/^\D/.test(b));
    return words || a.localeCompare(b, 'en', { numeric: true });
  });
}
