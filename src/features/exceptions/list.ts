import { addDays } from '#domain/model/day.ts';
import { STATES } from '#domain/model/verdict.ts';
import type { HandlerContext } from '../context.ts';
import { EXCEPTION_STATES, type ExceptionState, MAX_EXCEPTION_DAYS } from './statuses.ts';
import { controlOf, currentVerdicts, whyNotAcceptable } from './subject.ts';
import { type ExceptionView, readExceptions, todayOf } from './views.ts';

export interface ExceptionFilter {
  readonly state?: ExceptionState | 'open' | undefined;
  readonly control?: string | undefined;
}

const CLOSED_STATES: ReadonlySet<ExceptionState> = new Set(['ended', 'refused']);

/** Order: waiting requests, then by end date, then those that are over, latest first. */
export function matching(
  all: readonly ExceptionView[],
  { state, control }: ExceptionFilter,
): ExceptionView[] {
  return all
    .filter(
      (one) =>
        (control === undefined || one.control === control) &&
        (state === undefined || (state === 'open' ? !CLOSED_STATES.has(one.state) : one.state === state)),
    )
    .toSorted(
      (a, b) =>
        EXCEPTION_STATES.indexOf(a.state) - EXCEPTION_STATES.indexOf(b.state) ||
        (CLOSED_STATES.has(a.state) ? b.until.localeCompare(a.until) : a.until.localeCompare(b.until)),
    );
}

export async function listExceptions(context: HandlerContext, filter: ExceptionFilter) {
  const all = await readExceptions(context);
  const items = matching(all, filter);
  const counts = Object.fromEntries(
    EXCEPTION_STATES.map((state) => [state, all.filter((one) => one.state === state).length]),
  ) as Record<ExceptionState, number>;
  return { items, total: items.length, today: todayOf(context), counts };
}

/** Controls that fail, are pending, or are under an exception that may be requested again. */
export async function listSubjects(context: HandlerContext) {
  await context.services.verdicts.ensureCurrent([context.client.id]);
  const verdicts = await context.read((tx) => currentVerdicts(tx, context.client.id));
  const items = context.services.catalogue.controls
    .flatMap(({ id, title, severity }) => {
      const verdict = verdicts.get(id);
      return verdict === undefined || whyNotAcceptable(id, verdict.state) !== null
        ? []
        : [{ control: id, title, severity, state: verdict.state, items: verdict.items.length }];
    })
    .toSorted(
      (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || a.control.localeCompare(b.control),
    );
  return { items, total: items.length };
}

/** What an exception for one control could cover, and until when each finding is already covered. */
export async function subjectOf(context: HandlerContext, id: string) {
  const control = controlOf(context, id);
  const exceptions = await readExceptions(context);
  const verdict = (await context.read((tx) => currentVerdicts(tx, context.client.id))).get(id);
  const counting = exceptions.filter((one) => one.control === id && one.counts);
  const why = whyNotAcceptable(id, verdict?.state ?? null);
  const today = todayOf(context);
  return {
    control: id,
    title: control.title,
    severity: control.severity,
    state: verdict?.state ?? ('cannot_read' as const),
    reason: verdict?.reason ?? 'Nothing has been decided yet.',
    acceptable: why === null,
    why,
    items: (verdict?.items ?? []).map(({ key, label, detail }) => ({
      key,
      label,
      detail,
      coveredUntil:
        counting
          .filter((one) => one.items === null || one.items.some((item) => item.key === key))
          .map((one) => one.until)
          .sort()
          .at(-1) ?? null,
    })),
    today,
    latest: addDays(today, MAX_EXCEPTION_DAYS),
  };
}
