import type { AnalyticsSummaryRow } from '#domain/model/kinds.ts';
import { type Content, type FileKind, ImportProblem } from '../file-kind.ts';
import { isObject, type JsonObject, jsonValues, member, numberOf, text } from './json-values.ts';

/** The days that `summaries` lists, in one answer or several; null: the file is something else. */
function summariesIn(content: Content): JsonObject[] | null {
  const lists = jsonValues(content)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .map((value) => (isObject(value) ? member(value, 'summaries') : undefined));
  if (lists.length === 0 || !lists.every(Array.isArray)) return null;
  return lists.flat().filter(isObject);
}

/** Counts of the whole organisation by day, of the Enterprise Analytics interface. */
export const analyticsSummariesJson: FileKind<'analytics_summaries'> = {
  kind: 'analytics_summaries',
  recognise: (content) => ((summariesIn(content)?.length ?? 0) > 0 ? 1 : 0),
  parse(content, { file }) {
    const rows = (summariesIn(content) ?? []).map((item, index): AnalyticsSummaryRow => {
      const row = index + 1;
      const on = text(item.starting_at)?.slice(0, 10) ?? '';
      if (!/^\d{4}-\d{2}-\d{2}$/.test(on))
        throw new ImportProblem('The entry names no day.', { row, column: 'starting_at' });
      return {
        file,
        row,
        on,
        assignedSeats: numberOf(item.assigned_seat_count),
        pendingInvites: numberOf(item.pending_invite_count),
        activeOnDay: numberOf(item.daily_active_user_count),
        activeInWeek: numberOf(item.weekly_active_user_count),
        activeInMonth: numberOf(item.monthly_active_user_count),
      };
    });
    const days = rows.map(({ on }) => on).sort();
    const [from, to] = [days[0], days.at(-1)];
    return [
      {
        kind: 'analytics_summaries',
        rows,
        complete: true,
        ...(from === undefined || to === undefined ? {} : { covers: { from, to } }),
        observedOn: to ?? null,
        mapping: [],
        unmapped: [],
        notes: [],
      },
    ];
  },
};
