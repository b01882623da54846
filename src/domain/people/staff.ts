import type { Charter } from '../model/charter.ts';
import { daysBetween } from '../model/day.ts';
import type { RosterGap, RosterRow } from '../model/kinds.ts';
import { type Ask, ask, askAll } from '../text/message.ts';
import { dayWords, quoted } from '../text/words.ts';
import { decisionOn } from './match.ts';
import { address, domainOf, nameKey } from './names.ts';

/**
 * Who of a roster works here on a day: true, false, or null where the roster does not tell. `rows` is the whole
 * roster, since a row without a status says something only beside rows that have one, and two rows of one person
 * that say the opposite tell nothing.
 */
export function staffOn(rows: readonly RosterRow[], today: string): (row: RosterRow) => boolean | null {
  const says = alone(rows, today);
  const contradicted = contradictions(rows, says);
  return (row) => (contradicted.has(row) ? null : says(row));
}

/** What each row says when no other row of the same person is looked at. */
function alone(rows: readonly RosterRow[], today: string): (row: RosterRow) => boolean | null {
  const hasStatus = rows.some((row) => row.status !== null);
  const states = hasStatus || rows.some((row) => row.endsOn !== null || row.unsure === null);
  return (row) => {
    // One of them is wrong until that day is past.
    if (row.endsOn !== null && row.unsure?.code === 'ahead') return row.endsOn < today ? false : null;
    if (row.endsOn !== null) return row.endsOn >= today;
    if (row.status === 'left') return false;
    if (row.unsure === null) return true;
    if (row.unsure || !states) return null;
    // Stored before gaps were kept: an empty status beside others tells nothing.
    return row.status === null && hasStatus ? null : true;
  };
}

/** Rows of one person of which one says "works here" and another "has left", and no first day says that someone came back. */
function contradictions(
  rows: readonly RosterRow[],
  says: (row: RosterRow) => boolean | null,
): ReadonlySet<RosterRow> {
  const found = new Set<RosterRow>();
  for (const same of samePeople(rows))
    for (const gone of same.filter((row) => says(row) === false))
      for (const here of same.filter((row) => says(row) === true && !cameBack(gone, row))) {
        found.add(gone);
        found.add(here);
      }
  return found;
}

/** Rows of one person, where there are several. A roster is asked for the day of each signature, and does not change. */
function samePeople(rows: readonly RosterRow[]): readonly (readonly RosterRow[])[] {
  const known = samePeopleOf.get(rows);
  if (known !== undefined) return known;
  const byKey = new Map<string, RosterRow[]>();
  for (const row of rows)
    for (const key of personKeys(row)) {
      const same = byKey.get(key);
      if (same === undefined) byKey.set(key, [row]);
      else same.push(row);
    }
  const found = [...byKey.values()].filter((same) => same.length > 1);
  samePeopleOf.set(rows, found);
  return found;
}

const samePeopleOf = new WeakMap<readonly RosterRow[], readonly (readonly RosterRow[])[]>();

/** Address or employee number together with the name: people of one office may share an address. */
export function personKeys(row: RosterRow): ReadonlySet<string> {
  const name = nameKey(row.name);
  return new Set([
    ...row.emails.map((email) => `${name} ${address(email)}`),
    ...(row.employeeId ? [`${name} number ${row.employeeId}`] : []),
  ]);
}

/** Whether a row begins after another one of the same person ended. */
export function cameBack(gone: RosterRow, here: RosterRow): boolean {
  const before = gone.endsOn ?? gone.startsOn;
  return before !== null && here.startsOn !== null && here.startsOn > before;
}

/** Days within which somebody who went to another employer of ours begins there. */
const MOVED_DAYS = 31;

/** The row in which somebody who may have moved begins, and whether the charter joins the two. */
export interface Moved {
  readonly next: RosterRow;
  readonly joined: boolean;
}

/**
 * Rows that say "has left" where another one has the same full name at another domain, works here and begins within a month
 * of that day: two employers that became one each keep a list, and whoever moved stands on both. A name alone joins nobody,
 * so whether they are one person is open until the charter says it; two whom it keeps apart are not among them.
 */
export function mayHaveMoved(
  rows: readonly RosterRow[],
  today: string,
  charter: Charter | null,
): ReadonlyMap<RosterRow, Moved> {
  const isStaff = staffOn(rows, today);
  const found = new Map<RosterRow, Moved>();
  for (const [name, same] of Map.groupBy(rows, (row) => nameKey(row.name))) {
    if (same.length < 2 || name === '') continue;
    const here = same.filter((row) => isStaff(row) === true && row.startsOn !== null);
    for (const gone of same) {
      const { endsOn } = gone;
      if (endsOn === null || isStaff(gone) !== false) continue;
      const begins = here.filter((row) => {
        const days = daysBetween(endsOn, row.startsOn ?? endsOn);
        return days >= 0 && days <= MOVED_DAYS && decisionOn(charter, gone, row) !== 'different';
      });
      // What the charter joins counts before what a name suggests.
      const joined = begins.find((row) => decisionOn(charter, gone, row) === 'same');
      const next = joined ?? begins.find((row) => atOtherDomain(gone, row));
      if (next !== undefined) found.set(gone, { next, joined: joined !== undefined });
    }
  }
  return found;
}

/** Within one domain an address tells two people of one name apart. */
function atOtherDomain(one: RosterRow, other: RosterRow): boolean {
  const domains = new Set(one.emails.map(domainOf));
  return !other.emails.some((text) => domains.has(domainOf(text)));
}

/** Share of those who may work here of whom a roster may not tell and still give their number. */
const MAX_UNKNOWN = 0.25;

/** Somebody who was hired and has not begun is no leaver, and does not work here yet. */
const begun = ({ startsOn, status }: RosterRow, today: string): boolean =>
  startsOn === null ? status !== 'future' : startsOn <= today;

/** How many of a roster are known to work here; null where it does not tell of more than a quarter of those who may. */
export function staffKnown(rows: readonly RosterRow[], today: string): number | null {
  const works = staffStated(rows, today);
  const unknown = ofThoseBegun(rows, today).filter((one) => one === null).length;
  return unknown > MAX_UNKNOWN * (works + unknown) ? null : works;
}

/** How many a roster states to work here, however many it does not tell of: at least so many do. */
export function staffStated(rows: readonly RosterRow[], today: string): number {
  return ofThoseBegun(rows, today).filter((works) => works === true).length;
}

function ofThoseBegun(rows: readonly RosterRow[], today: string) {
  const isStaff = staffOn(rows, today);
  return rows.filter((row) => begun(row, today)).map(isStaff);
}

/** How many of a roster work here or may: everyone of whom it does not say that they left. */
export function staffListed(rows: readonly RosterRow[], today: string): number {
  return rows.map(staffOn(rows, today)).filter((works) => works !== false).length;
}

const NO_COLUMN: RosterGap = { code: 'no_column', column: null, text: null };
const CONTRADICTION: RosterGap = { code: 'contradiction', column: null, text: null };

/** Why a row does not tell. One without a gap of its own is contradicted by another row. */
function gapOf(row: RosterRow | undefined): RosterGap {
  return row?.unsure === null ? CONTRADICTION : (row?.unsure ?? NO_COLUMN);
}

/** Why a row for which `staffOn` gives null does not tell, as a sentence without its full stop. */
export function unsureWords(row: RosterRow | undefined): string {
  const gap = gapOf(row);
  const column = quoted(gap.column ?? '');
  const text = quoted(gap.text ?? '');
  if (gap.code === 'unread_status')
    return `The roster's column ${column} says ${text}, which is no status that Bylaw knows`;
  if (gap.code === 'unread_last_day')
    return `The roster's column ${column} says ${text}, which cannot be read as a last day of work`;
  if (gap.code === 'unknown_column')
    return `The roster's column ${column} says ${text}, and whether that is the last day of work is not known`;
  if (gap.code === 'remark')
    return `The roster's column ${column} says ${text}, and whether the person still works here is not known`;
  if (gap.code === 'ahead')
    return `The roster's column ${column} says ${text}, but the last day ${dayWords(row?.endsOn ?? '')} is still to come`;
  if (gap.code === 'empty') return `The roster's column ${column} is empty, and no last day of work is given`;
  if (gap.code === 'contradiction')
    return 'The roster lists this person twice, once as working here and once as having left';
  if (gap.code === 'left_before')
    return `The roster gives no day of its own and lists this person again, who had left according to ${gap.text ?? 'an earlier one'}`;
  const unused = (gap.unused ?? []).map(quoted).join(', ');
  const asked = unused === '' ? '' : `; not known: ${unused}`;
  return `The roster has no column for the last day of work or the status${asked}`;
}

/** What to do about a roster of which rows leave open whether somebody works or worked here. */
export function openRowsRemedy(rows: readonly RosterRow[], today: string): Ask {
  const isStaff = staffOn(rows, today);
  const open = unsureRemedy(rows.filter((row) => isStaff(row) === null));
  return askAll(open) ?? CONTRADICTION_REMEDY;
}

/** Why a row of `mayHaveMoved` does not tell, as a sentence without its full stop. */
export function movedWords(gone: RosterRow, next: RosterRow): string {
  const where = next.emails[0] === undefined ? '' : ` as ${next.emails[0]}`;
  return `The roster says that the last day was ${dayWords(gone.endsOn ?? '')}, and lists the same name${where} from ${dayWords(next.startsOn ?? '')}, so whether they are one person is not known`;
}

/** What to do about a row of `mayHaveMoved`. */
export const MOVED_REMEDY = ask(
  'charter',
  'people.same',
  'State both addresses under "people.same" in the charter if they are one person, or under "people.different" if they are two.',
  'moved',
);

const CONTRADICTION_REMEDY = ask(
  'source',
  'roster',
  'Remove the row that is wrong, or give the first day of work in the row of someone who came back.',
  'contradiction',
);

/** What to do about the rows that do not tell, each remedy once. */
export function unsureRemedy(rows: readonly RosterRow[]): readonly Ask[] {
  const codes = new Set(rows.map((row) => gapOf(row).code));
  const asks: Ask[] = [];
  if (codes.has('no_column'))
    asks.push(
      ask(
        'source',
        'roster',
        'Import a roster with a column "Last working day" or "Status", or say at the import which column holds it.',
        'leaving_column',
      ),
    );
  if (codes.has('unknown_column'))
    asks.push(
      ask(
        'source',
        'roster',
        'Say at the import what the column holds, or name it "Last working day" if it is that.',
        'unknown_column',
      ),
    );
  if (codes.has('empty') || codes.has('unread_status') || codes.has('unread_last_day'))
    asks.push(
      ask(
        'source',
        'roster',
        'Correct these cells of the roster: a status such as Active or Terminated, or the last day of work as a date.',
        'leaving_cells',
      ),
    );
  if (codes.has('remark'))
    asks.push(
      ask(
        'source',
        'roster',
        'Give these people a status, such as Active or Terminated, or put their last day of work as a date into its own column. If the column says nothing about leaving, leave it out of the import.',
        'leaving_notes',
      ),
    );
  if (codes.has('ahead'))
    asks.push(
      ask(
        'source',
        'roster',
        'Correct the status of people who still work here, or the last day of those who have left.',
        'leaving_ahead',
      ),
    );
  if (codes.has('contradiction')) asks.push(CONTRADICTION_REMEDY);
  if (codes.has('left_before'))
    asks.push(
      ask(
        'source',
        'roster',
        'Import a roster that states its own date, in a line above it or in its name, and the first day of work of anyone who came back.',
        'left_before',
      ),
    );
  return asks;
}
