import { type LeftOut, placed } from '../model/reading.ts';
import type { CheckContext, Page } from '../model/rule.ts';
import type { Outcome } from '../model/verdict.ts';
import { because } from '../rules/outcome.ts';
import { ask } from '../text/message.ts';

/** Lists whose entries can only speak for the client: an omitted entry could never make anything fail. */
const SPEAK_FOR: ReadonlySet<string> = new Set([
  'announcements',
  'approvedChanges',
  'approvedExports',
  'entra.approvedExclusions',
  'explainedUsage',
  'reviews',
  'trainings',
]);

const PAGES = ['charter', 'journal'] as const;

export interface Watched {
  readonly context: CheckContext;
  /**
   * Turns the outcome of a rule that passed or found nothing into "cannot read" if it used something of which a part
   * was omitted.
   */
  settled(outcome: Outcome): Outcome;
}

/**
 * Wraps a context to record which incomplete parts of charter and journal a rule reads, so that no rule passes because
 * an entry is missing that somebody did write.
 */
export function watchLeftOut(context: CheckContext): Watched {
  const seen = new Map<LeftOut, (typeof PAGES)[number]>();
  const note = (of: (typeof PAGES)[number], open: readonly LeftOut[]) => {
    for (const one of open) if (!SPEAK_FOR.has(one.path)) seen.set(one, of);
  };
  const openOf = (page: Page<unknown>) => (page.ok ? (page.leftOut ?? []) : []);
  const open = PAGES.map((of) => openOf(context[of]));
  if (open.every((list) => list.length === 0)) return { context, settled: (outcome) => outcome };
  const ofPeople = openOf(context.charter).filter(({ path }) => path.split('.')[0] === 'people');
  return {
    context: {
      ...context,
      charter: watchedPage(context.charter, (found) => note('charter', found)),
      journal: watchedPage(context.journal, (found) => note('journal', found)),
      people: () => {
        note('charter', ofPeople);
        return context.people();
      },
    },
    settled: (outcome) => {
      // The rule asks for something as if nobody had written it, but it exists and is incomplete.
      const asked = [...seen].filter(([{ path }, of]) => asksFor(outcome, of, path));
      const clears = outcome.state === 'pass' || outcome.state === 'not_applicable';
      const [first] = outcome.state === 'cannot_read' ? asked : [...seen];
      if (first === undefined || !(clears || outcome.state === 'cannot_read')) return outcome;
      const open = clears ? [...seen.keys()] : asked.map(([one]) => one);
      const [{ path }, of] = first;
      return because('decide.left_out', leftOutWords(of, open), {
        of,
        paths: open.map((one) => one.path),
      }).cannotRead(
        ask(of, path, `Add what is missing under \`${path}\` in the ${of}.`, 'left_out'),
        outcome.evidence,
      );
    },
  };
}

/** Whether an outcome asks for the value at a path of a document, or for an ancestor of it. */
function asksFor({ ask }: Outcome, of: (typeof PAGES)[number], path: string): boolean {
  return [...(ask === undefined ? [] : [ask]), ...(ask?.parts ?? [])].some(
    (one) => one.of === of && (one.field === path || one.field.startsWith(`${path}.`)),
  );
}

/** What was omitted from a document, as sentences; at most the first three. */
export function leftOutWords(of: 'charter' | 'journal', left: readonly LeftOut[]): string {
  const said = left.slice(0, 3).map(placed);
  return `The ${of} is incomplete. ${said.join(' ')}`;
}

function watchedPage<T extends object>(page: Page<T>, note: (found: readonly LeftOut[]) => void): Page<T> {
  if (!page.ok || page.leftOut === undefined) return page;
  const paths = page.leftOut.map((one) => ({ one, path: one.path.split('.') }));
  return { ...page, value: watched(page.value, paths, note) };
}

function watched<T extends object>(
  value: T,
  paths: readonly { readonly one: LeftOut; readonly path: readonly string[] }[],
  note: (found: readonly LeftOut[]) => void,
): T {
  return new Proxy(value, {
    get(target, key, receiver) {
      const below = paths.filter(({ path }) => path[0] === key);
      note(below.flatMap(({ one, path }) => (path.length === 1 ? [one] : [])));
      const inner: unknown = Reflect.get(target, key, receiver);
      const deeper = below
        .filter(({ path }) => path.length > 1)
        .map(({ one, path }) => ({ one, path: path.slice(1) }));
      return deeper.length > 0 && typeof inner === 'object' && inner !== null
        ? watched(inner, deeper, note)
        : inner;
    },
  });
}
