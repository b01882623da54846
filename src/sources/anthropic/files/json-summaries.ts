import type { AnalyticsSummaryRow } from '#domain/model/kinds.ts';
import { type Content, type FileKind, ImportProblem } from '../../exports/file-kind.ts';
import {
  countOf,
  isObject,
  type JsonObject,
  jsonValues,
  member,
  text,
} from '../../exports/kinds/json-values.ts';
import { latestOfEach, pagesOf, rightRows } from './json-pages.ts';

/** Days in `summaries`, from one or several responses; null: another kind of file. */
function summariesIn(content: Content): JsonObject[] | null {
  const lists = jsonValues(content)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .map((value) => (isObject(value) ? member(value, 'summaries') : undefined));
  if (lists.length > 0 && lists.every(Array.isArray)) return lists.flat().filter(isObject);
  const items = pagesOf(content).pages.flatMap((page) => page.items);
  const first = items[0];
  return first !== undefined && isSummary(first) ? items : null;
}

/** Other responses also have a list named "data", so entries are recognized by what they count. */
function isSummary(item: JsonObject): boolean {
  return (
    typeof item.starting_at === 'string' &&
    ['assigned_seat_count', 'daily_active_user_count', 'monthly_active_user_count'].some((key) =>
      Object.hasOwn(item, key),
    )
  );
}

/** Daily counts of the whole organization from the Enterprise Analytics API. */
export const analyticsSummariesJson: FileKind<'analytics_summaries'> = {
  kind: 'analytics_summaries',
  recognize: (content) => ((summariesIn(content)?.length ?? 0) > 0 ? 1 : 0),
  parse(content, { file }) {
    const right = rightRows(summariesIn(content) ?? [], (item, row): AnalyticsSummaryRow => {
      const on = text(item.starting_at)?.slice(0, 10) ?? '';
      if (!/^\d{4}-\d{2}-\d{2}$/.test(on))
        throw new ImportProblem('The entry names no day.', { row, column: 'starting_at' });
      return {
        file,
        row,
        on,
        assignedSeats: countOf(item.assigned_seat_count),
        pendingInvites: countOf(item.pending_invite_count),
        activeOnDay: countOf(item.daily_active_user_count),
        activeInWeek: countOf(item.weekly_active_user_count),
        activeInMonth: countOf(item.monthly_active_user_count),
      };
    });
    const rows = latestOfEach(right.rows, ({ on }) => on);
    const days = rows.map(({ on }) => on).sort();
    const [from, to] = [days[0], days.at(-1)];
    return [
      {
        kind: 'analytics_summaries',
        rows,
        complete: right.whole,
        ...(from === undefined || to === undefined ? {} : { covers: { from, to } }),
        observedOn: to ?? null,
        mapping: [],
        unmapped: [],
        notes: right.notes,
      },
    ];
  },
};
