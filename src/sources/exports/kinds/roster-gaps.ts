import type { RosterGap, RosterRow } from '#domain/model/kinds.ts';
import type { ParseEnvironment, TableRow } from '../file-kind.ts';
import { cellValue, compact, words, yesNo } from '../table/cells.ts';
import { shareOf } from '../table/columns.ts';
import { readDates } from '../table/date-column.ts';
import { isCode } from '../table/legend.ts';
import type { Notes } from '../table/notes.ts';
import type { View } from '../table/view.ts';
import { REMARKS } from './marks.ts';
import { asidesOf } from './roster-asides.ts';
import { contradictionFinder, OTHER_STATE } from './roster-contradictions.ts';
import { ROSTER_FIELDS } from './roster-fields.ts';
import {
  answerOf,
  asksWhetherHere,
  engagementOf,
  isAnnounced,
  mayHaveLeft,
  statusOf,
} from './roster-words.ts';

const STATUS = ROSTER_FIELDS.find(({ field }) => field === 'status')?.headings.map(compact) ?? [];
const isStatusHeading = (column: string) => STATUS.includes(compact(column));

/** Status in an additional column. "Full time" says how people are or were employed, not that they still are. */
function saysOf(column: string, text: string): RosterRow['status'] {
  const answer = asksWhetherHere(column) ? answerOf(text) : null;
  const says = answer === null ? statusOf(text) : answer === 'yes' ? 'active' : 'left';
  const isKindOfWork = engagementOf(text) !== null && !/\b(?:active|current\w*|working)\b/i.test(text);
  return says === 'active' && isKindOfWork ? null : says;
}

/** `cameBack`: the last day of an earlier employment was ignored. */
type Known = Pick<RosterRow, 'status' | 'endsOn'> & { readonly cameBack: boolean };

/** Headings of days other than the end of work. */
export const OTHER_DAY =
  /\b(birth\w*|dob|review\w*|created|modified|updated|seniority|service|anniversary|probation\w*|visa|permit|adjusted|benefit\w*|salary|pay|raise|promotion|promoted|effective|training|vaccin\w*|check|login|sign in|active|seen|change\w*|export\w*|as of|report\w*|start\w*|hire\w*|since|from|position|job|title|geburt\w*|naissance|nacimiento)\b/;
const TEXT = 60;
const MAX_UNUSED = 6;

/**
 * Returns, per row, why it is unknown whether the person still works here; null: it is known. Missing and unreadable
 * cells are never filled in, so such people count as unknown, not as current staff.
 */
export function gapsOf(
  view: View,
  rows: readonly TableRow[],
  environment: ParseEnvironment,
  notes: Notes,
): (row: TableRow, known: Known) => RosterGap | null {
  const hasStatus = view.has('status');
  const hasEnd = view.has('endsOn');
  const unused = view.columns.unmapped.slice(0, MAX_UNUSED).map((column) => view.name(column));
  const maybe = hasEnd ? null : maybeLastDays(view, rows, environment);
  if (maybe)
    notes.add({
      column: view.name(maybe.column),
      says: 'This column holds days that may be the last day of work, and its heading is not known. Say what it contains, or name it “Last working day”.',
    });
  const rivals = [...view.rivals('status'), ...view.rivals('endsOn')];
  if (rivals.length > 0)
    notes.add({
      column: rivals.map((column) => view.name(column)).join(', '),
      says: 'Another column has the same heading and says something else in some rows. Say which of them is right, or leave this one out.',
    });
  const others = view.leftOver().filter((column) => !rivals.includes(column) && isStatusHeading(column));
  const hinted = hasStatus ? [] : statusesWithoutHeading(view, remarksOf(view));
  for (const { column } of hinted)
    notes.add({
      column: view.name(column),
      says: 'This column holds what may be the status of people, and its heading is not known. Say what it contains, or name it “Status”.',
    });
  const remarks = remarksOf(view);
  const asideOf = asidesOf(view);
  const further = contradictionFinder(view, rows);
  return (row, { status, endsOn, cameBack }) => {
    // Two systems in one table contradict each other about the person.
    const other = others.find((column) => {
      const says = saysOf(column, view.valueIn(row, column) ?? '');
      return says !== null && status !== null && (says === 'left') !== (status === 'left');
    });
    if (other !== undefined && endsOn === null)
      return {
        code: 'unread_status',
        column: view.name(other),
        text: (view.valueIn(row, other) ?? '').slice(0, TEXT),
      };
    const said = view.text(row, 'status');
    const isAhead = endsOn !== null && endsOn >= environment.today && status === 'left';
    if (isAhead && said !== null && !isAnnounced(said))
      return { code: 'ahead', column: view.heading('status'), text: said.slice(0, TEXT) };
    if (endsOn !== null || status === 'left') return null;
    const [rival] = rivals.flatMap((column) => {
      const text = view.valueIn(row, column);
      return text === null || text.toLowerCase() === view.text(row, 'status')?.toLowerCase()
        ? []
        : [{ column: view.name(column), text: text.slice(0, TEXT) }];
    });
    if (rival !== undefined) return { code: 'unread_status', ...rival };
    const lastDay = view.unreadDate(row, 'endsOn');
    // "N" below "Separated?" means that there is no last day.
    if (lastDay !== null && yesNo(lastDay) !== false)
      return { code: 'unread_last_day', column: view.heading('endsOn'), text: lastDay.slice(0, TEXT) };
    const [hint] = hinted.flatMap(({ column, says }) => {
      const text = view.valueIn(row, column);
      const means = text === null ? 'active' : says(text);
      return text === null || means === 'active' || means === 'on_leave' ? [] : [{ column, text }];
    });
    const aside = asideOf(row);
    if (aside !== null)
      return { code: 'remark', column: view.name(aside.column), text: aside.text.slice(0, TEXT) };
    const day = maybe?.days.get(row);
    if (maybe && day !== undefined)
      return { code: 'unknown_column', column: view.name(maybe.column), text: day };
    const beside = further(row, { hasStatus: status !== null, cameBack });
    if (beside !== null)
      return { code: 'remark', column: view.name(beside.column), text: beside.text.slice(0, TEXT) };
    if (hint !== undefined)
      return { code: 'remark', column: view.name(hint.column), text: hint.text.slice(0, TEXT) };
    for (const column of remarks) {
      const cellText = view.valueIn(row, column);
      if (cellText !== null && mayHaveLeft(cellText))
        return { code: 'remark', column: view.name(column), text: cellText.slice(0, TEXT) };
    }
    const text = view.text(row, 'status');
    if (status !== null) return null;
    if (text !== null)
      return { code: 'unread_status', column: view.heading('status'), text: text.slice(0, TEXT) };
    if (hasStatus) return { code: 'empty', column: view.heading('status'), text: null };
    return hasEnd ? null : { code: 'no_column', column: null, text: null, unused };
  };
}

function remarksOf(view: View): readonly string[] {
  return view.leftOver().filter((column) => REMARKS.test(words(column)));
}

/** Unused columns in which nearly every cell is an employment status, by itself or by the legend. */
function statusesWithoutHeading(
  view: View,
  remarks: readonly string[],
): readonly { readonly column: string; readonly says: (text: string) => RosterRow['status'] }[] {
  const legend = view.legend();
  return view.leftOver().flatMap((column) => {
    if (remarks.includes(column) || OTHER_STATE.test(words(column))) return [];
    // A code is a status only if the legend says so: below an unknown heading, T may be a size.
    const says = (text: string) =>
      saysOf(column, isCode(text) ? (legend.get(text.toLowerCase()) ?? '') : text);
    const at = view.table.columns.indexOf(column);
    return shareOf(view.table, at, (text) => says(text) !== null) >= 0.7 ? [{ column, says }] : [];
  });
}

/** An unused column with days in fewer than half of the rows, since most people have not left. */
function maybeLastDays(
  view: View,
  rows: readonly TableRow[],
  environment: ParseEnvironment,
): { readonly column: string; readonly days: ReadonlyMap<TableRow, string> } | null {
  for (const column of view.columns.unmapped) {
    const index = view.table.columns.indexOf(column);
    if (OTHER_DAY.test(words(column)) || Object.hasOwn(environment.columns ?? {}, column)) continue;
    const cells = rows.map((row) => ({ row: row.row, cell: row.cells[index] }));
    const filled = cells.filter(({ cell }) => cellValue(cell) !== null).length;
    if (filled === 0 || filled * 2 >= rows.length) continue;
    // Bare numbers are serial dates only if the heading says that they are days.
    if (cells.every(({ cell }) => /^\d*$/.test(cellValue(cell) ?? ''))) continue;
    const [read] = readDates([{ column, cells }], environment.timezone).days;
    const days = new Map(rows.flatMap((row, at) => (read?.[at] ? [[row, read[at]] as const] : [])));
    if (days.size > 0 && days.size * 5 >= filled * 4) return { column, days };
  }
  return null;
}
