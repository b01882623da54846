import type { TableRow } from '../file-kind.ts';
import { cellValue, compact, words } from '../table/cells.ts';
import type { Notes } from '../table/notes.ts';
import type { View } from '../table/view.ts';

/** What a roster says of someone beside the name. */
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

/** Words that name a part of an organization, and no person. */
const PART =
  /\b(?:departments?|dept|divisions?|teams?|offices?|staff|services|affairs|relations|programs?|committees?|sections?|units?|abteilung|departement|direction|departamento|equipo|equipe)\b/;

/**
 * Whether a line with a name and nothing else is the label of those below it, as "EVENTS" above the people of Events: it
 * is called like a department of the list or like a part of an organization, or is written unlike each name.
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
 * The sheets of a roster without those that only list its people again, as one of emergency contacts: they give names that
 * all stand on another sheet, and nothing that a roster says of anyone.
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
      says: `The sheet "${view.table.sheet ?? ''}" gives nothing about the people on the roster but their names and was left out.`,
    });
    return false;
  });
}
