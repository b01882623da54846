import type { TableRow } from '../file-kind.ts';
import { cellValue, compact, words } from '../table/cells.ts';
import type { Notes } from '../table/notes.ts';
import type { View } from '../table/view.ts';

/** Fields of a person besides the name. */
const BESIDE_NAME = [
  'email',
  'otherEmail',
  'employeeId',
  'status',
  'startsOn',
  'endsOn',
  'rehiredOn',
  'engagement',
  'title',
] as const;

/** Words for a part of an organization. */
const PART =
  /\b(?:departments?|dept|divisions?|teams?|offices?|staff|services|affairs|relations|programs?|committees?|sections?|units?|abteilung|departement|direction|departamento|equipo|equipe)\b/;

/**
 * Whether a line with only a name is a label for those below it, such as "EVENTS" above the people of Events: it is
 * named like a department of the list or a part of an organization, or written unlike every name.
 */
export function labelsOf(view: View, rows: readonly TableRow[]): (row: TableRow) => boolean {
  const filled = (row: TableRow) => row.cells.flatMap((cell) => cellValue(cell) ?? []);
  const people = rows.filter((row) => filled(row).length > 1);
  const names = people.flatMap((row) => view.text(row, 'name') ?? []);
  const departments = new Set(people.map((row) => compact(view.text(row, 'department') ?? '')));
  const isLoud = (text: string) => text === text.toUpperCase() && text !== text.toLowerCase();
  const someLoud = names.some(isLoud);
  const oneWord = names.some((name) => !words(name).includes(' '));
  return (row) => {
    const [text, ...more] = filled(row);
    if (text === undefined || more.length > 0 || view.text(row, 'name') === null || names.length < 2)
      return false;
    const plain = words(text);
    return (
      departments.has(compact(text)) ||
      PART.test(plain) ||
      (!oneWord && !plain.includes(' ')) ||
      (!someLoud && isLoud(text))
    );
  };
}

/**
 * Removes sheets that only list the roster's people again, such as one of emergency contacts: all their names are also
 * on another sheet, and they contain no fields of a roster.
 */
export function withoutListsOfSame(
  views: readonly View[],
  namesOf: (view: View) => readonly string[],
  notes: Notes,
): readonly View[] {
  const saysMore = (view: View) => BESIDE_NAME.some((field) => view.has(field));
  const full = views.filter(saysMore);
  if (full.length === 0 || full.length === views.length) return views;
  const known = new Set(full.flatMap(namesOf));
  return views.filter((view) => {
    if (saysMore(view) || namesOf(view).some((name) => !known.has(name))) return true;
    notes.add({
      says: `The sheet “${view.table.sheet ?? ''}” gives nothing about the people on the roster but their names and was left out.`,
    });
    return false;
  });
}
