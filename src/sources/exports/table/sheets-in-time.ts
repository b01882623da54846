import { ImportProblem } from '../file-kind.ts';
import { addresses, cellText, words } from './cells.ts';
import { datesInName, monthInName } from './name-dates.ts';
import type { Notes } from './notes.ts';
import { personName } from './person-fields.ts';
import { statedDay } from './stated-day.ts';
import type { View } from './view.ts';

/** Names of sheets that list the same people at different times. */

const CURRENT =
  /(?<!\p{L})(?:current|now|today|latest|newest|active|live|aktuell\w*|derzeit\w*|actuel\w*|actual(?:es)?|vigente?s?|attuale?|huidige?)(?!\p{L})/iu;
const EARLIER =
  /(?<!\p{L})(?:old|archived?|archives|back ?up|previous|prior|former|last (?:year|quarter|month)|outdated|superseded|before|alte?r?|archiv|vorher\w*|bisher\w*|ancien(?:ne)?s?|pr[ée]c[ée]dente?s?|antigu[oa]s?|anterior(?:es)?|vecchi[oa]|oude?)(?!\p{L})/iu;
const YEAR = /(?<!\d)20\d{2}(?!\d)/;

/** Time of a sheet, according to its name and title. */
interface Time {
  readonly is: 'current' | 'earlier' | 'dated' | 'not_said';
  /** Day or year, if dated. */
  readonly on: string;
}

/**
 * Removes sheets that show the same people at an earlier time. Two sheets are of the same people if at least half of
 * the smaller one's are on the other; departments, or a separate sheet of leavers, do not overlap.
 *
 * @throws if two such sheets differ and neither says which is newer
 */
export function withoutEarlierSheets(views: readonly View[], today: string, notes: Notes): readonly View[] {
  if (views.length < 2 || views.some(({ table }) => table.sheet === null)) return views;
  const sheets = views.map((view) => ({ view, people: peopleOf(view), time: timeOf(view, today) }));
  const aside = new Set<View>();
  for (const [at, one] of sheets.entries())
    for (const other of sheets.slice(at + 1)) {
      if (aside.has(one.view) || aside.has(other.view)) continue;
      const both = [...one.people].filter((person) => other.people.has(person)).length;
      const smaller = Math.min(one.people.size, other.people.size);
      if (both < 2 || both * 2 < smaller) continue;
      const order = newer(one.time, other.time);
      if (order === null) {
        const saysNone = one.time.is === 'not_said' && other.time.is === 'not_said';
        // A list of managers or emergency contacts next to the full list is not of another time.
        if (saysNone && (both === smaller || headings(one.view) !== headings(other.view))) continue;
        throw new ImportProblem(
          `The sheets “${nameOf(one.view)}” and “${nameOf(other.view)}” list mostly the same people and differ, and neither says which of them is the current one. Provide the workbook with the current sheet alone, or name one of them “Current”.`,
        );
      }
      const [kept, left] = order > 0 ? [one, other] : [other, one];
      aside.add(left.view);
      notes.add({
        says: `The sheet “${nameOf(left.view)}” lists mostly the same people as “${nameOf(kept.view)}”, which is newer by its name or title, and was left out.`,
      });
    }
  return views.filter((view) => !aside.has(view));
}

function headings({ table }: View): string {
  return table.columns.map(words).join('|');
}

function nameOf({ table }: View): string {
  return (table.sheet ?? '').slice(0, 60);
}

/** Identifies each person by address, otherwise by name. */
function peopleOf(view: View): ReadonlySet<string> {
  return new Set(
    view.table.rows.flatMap((row) => {
      const mail = row.cells.flatMap((cell) => addresses(cellText(cell)))[0];
      const name = mail === undefined ? personName(view, row) : null;
      return mail?.toLowerCase() ?? (name === null ? [] : words(name));
    }),
  );
}

function timeOf({ table }: View, today: string): Time {
  const sheet = table.sheet ?? '';
  const day = statedDay(table.title ?? [], 'utc') ?? datesInName(sheet)[0] ?? monthInName(sheet, today);
  if (EARLIER.test(sheet)) return { is: 'earlier', on: day ?? '' };
  if (CURRENT.test(sheet)) return { is: 'current', on: day ?? '' };
  const on = day ?? YEAR.exec(sheet)?.[0];
  return on === undefined ? { is: 'not_said', on: '' } : { is: 'dated', on };
}

/** Positive: the first is newer; negative: the second; null: unknown. */
function newer(one: Time, other: Time): number | null {
  const rank = { earlier: 0, dated: 1, not_said: 1, current: 2 } as const;
  const [a, b] = [rank[one.is], rank[other.is]];
  if (a !== b) return a - b;
  const length = Math.min(one.on.length, other.on.length);
  const [first, second] = [one.on.slice(0, length), other.on.slice(0, length)];
  return length === 0 || first === second ? null : first > second ? 1 : -1;
}
