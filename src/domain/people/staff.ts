import type { Charter } from '../model/charter.ts';
import { daysBetween } from '../model/day.ts';
import type { RosterGap, RosterRow } from '../model/kinds.ts';
import { type Ask, ask, askAll } from '../text/message.ts';
import { dayWords, quoted } from '../text/words.ts';
import { notBegun } from './begun.ts';
import { decisionOn } from './match.ts';
import { address, domainOf, nameKey } from './names.ts';

/**
 * Whether the person of a row works here on a day; null: the roster does not show it. `rows` must be the whole roster:
 * whether a missing status means anything depends on whether other rows have one, and two contradictory rows of one
 * person decide nothing.
 */
export function staffOn(rows: readonly RosterRow[], today: string): (row: RosterRow) => boolean | null {
  const says = alone(rows, today);
  const contradicted = contradictions(rows, says);
  return (row) => (contradicted.has(row) ? null : says(row));
}

/** What each row says by itself, regardless of other rows of the same person. */
function alone(rows: readonly RosterRow[], today: string): (row: RosterRow) => boolean | null {
  const hasStatus = rows.some((row) => row.status !== null);
  const states = hasStatus || rows.some((row) => row.endsOn !== null || row.unsure === null);
  return (row) => {
    // The status contradicts a last day that is still to come; once that day has passed, both agree.
    if (row.endsOn !== null && row.unsure?.code === 'ahead') return row.endsOn < today ? false : null;
    if (row.endsOn !== null) return row.endsOn >= today;
    if (row.status === 'left') return false;
    if (row.unsure === null) return true;
    if (row.unsure || !states) return null;
    // Rosters stored by earlier versions have no gaps: an empty status says nothing if other rows have one.
    return row.status === null && hasStatus ? null : true;
  };
}

/** Rows of one person that contradict each other: one works here, another has left, and no first day shows a return. */
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

/** Groups of two or more rows of one person. Cached: a roster is immutable and evaluated for each signature's day. */
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

/** Keys of a person: name with address or employee number, since several people may share an address. */
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

/** Days between the last day at one affiliated employer and the first day at another for both to be one move. */
const MOVED_DAYS = 31;

/** The row in which someone who may have moved begins, and whether the charter says that both are one person. */
export interface Moved {
  readonly next: RosterRow;
  readonly joined: boolean;
}

/**
 * Rows of leavers for whom another row has the same full name at another domain, works here, and begins within a month
 * of the last day. After a merger each employer keeps its own list, so someone who moved is on both. A name alone does
 * not identify a person: the question stays open until the charter answers it. Pairs that the charter calls different
 * people are left out.
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
      // What the charter says takes precedence over equal names.
      const joined = begins.find((row) => decisionOn(charter, gone, row) === 'same');
      const next = joined ?? begins.find((row) => atOtherDomain(gone, row));
      if (next !== undefined) found.set(gone, { next, joined: joined !== undefined });
    }
  }
  return found;
}

/** Whether two rows share no domain: within one domain, different addresses mean different people. */
function atOtherDomain(one: RosterRow, other: RosterRow): boolean {
  const domains = new Set(one.emails.map(domainOf));
  return !other.emails.some((text) => domains.has(domainOf(text)));
}

/** Share of possible staff whose state may be unknown for the number of staff to count as known. */
const MAX_UNKNOWN = 0.25;

/** Number of staff on a roster; null: for more than a quarter of those who may work here, it does not show it. */
export function staffKnown(rows: readonly RosterRow[], today: string): number | null {
  const works = staffStated(rows, today);
  const unknown = ofThoseBegun(rows, today).filter((one) => one === null).length;
  return unknown > MAX_UNKNOWN * (works + unknown) ? null : works;
}

/** Number of people whom a roster shows as working here: a lower bound, since others may be unknown. */
export function staffStated(rows: readonly RosterRow[], today: string): number {
  return ofThoseBegun(rows, today).filter((works) => works === true).length;
}

function ofThoseBegun(rows: readonly RosterRow[], today: string) {
  const isStaff = staffOn(rows, today);
  // Someone hired who has not begun is neither staff nor a leaver.
  return rows.filter((row) => notBegun(row, today) === null).map(isStaff);
}

/** Number of people on a roster who work here or may: everyone except known leavers. */
export function staffListed(rows: readonly RosterRow[], today: string): number {
  return rows.map(staffOn(rows, today)).filter((works) => works !== false).length;
}

const NO_COLUMN: RosterGap = { code: 'no_column', column: null, text: null };
const CONTRADICTION: RosterGap = { code: 'contradiction', column: null, text: null };

/** Why a row does not show whether someone works here. A row without a gap of its own is contradicted by another. */
function gapOf(row: RosterRow | undefined): RosterGap {
  return row?.unsure === null ? CONTRADICTION : (row?.unsure ?? NO_COLUMN);
}

/** Why `staffOn` gives null for a row, as a sentence without its period. */
export function unsureWords(row: RosterRow | undefined): string {
  const gap = gapOf(row);
  const column = quoted(gap.column ?? '');
  const text = quoted(gap.text ?? '');
  if (gap.code === 'unread_status')
    return `The roster’s column ${column} says ${text}, which is not a status that Bylaw knows`;
  if (gap.code === 'unread_last_day')
    return `The roster’s column ${column} says ${text}, which cannot be read as a last day of work`;
  if (gap.code === 'unknown_column')
    return `The roster’s column ${column} says ${text}, and whether that is the last day of work is not known`;
  if (gap.code === 'remark')
    return `The roster’s column ${column} says ${text}, and whether the person still works here is not known`;
  if (gap.code === 'ahead')
    return `The roster’s column ${column} says ${text}, but the last day ${dayWords(row?.endsOn ?? '')} is still to come`;
  if (gap.code === 'empty') return `The roster’s column ${column} is empty, and no last day of work is given`;
  if (gap.code === 'contradiction')
    return 'The roster lists this person twice, once as working here and once as having left';
  if (gap.code === 'left_before')
    return `The roster gives no day of its own and lists this person again, who had left according to ${gap.text ?? 'an earlier one'}`;
  const unused = (gap.unused ?? []).map(quoted).join(', ');
  const asked = unused === '' ? '' : `; not known: ${unused}`;
  return `The roster has no column for the last day of work or the status${asked}`;
}

/** What to do about a roster with rows that do not show whether someone works or worked here. */
export function openRowsRemedy(rows: readonly RosterRow[], today: string): Ask {
  const isStaff = staffOn(rows, today);
  const open = unsureRemedy(rows.filter((row) => isStaff(row) === null));
  return askAll(open) ?? CONTRADICTION_REMEDY;
}

/** Why a row of `mayHaveMoved` does not show that someone left, as a sentence without its period. */
export function movedWords(gone: RosterRow, next: RosterRow): string {
  const where = next.emails[0] === undefined ? '' : ` as ${next.emails[0]}`;
  return `The roster says that the last day was ${dayWords(gone.endsOn ?? '')}, and lists the same name${where} from ${dayWords(next.startsOn ?? '')}, so whether they are one person is not known`;
}

/** What to do about a row of `mayHaveMoved`. */
export const MOVED_REMEDY = ask(
  'charter',
  'people.same',
  'State both addresses under “people.same” in the charter if they are one person, or under “people.different” if they are two.',
  'moved',
);

const CONTRADICTION_REMEDY = ask(
  'source',
  'roster',
  'Remove the row that is wrong, or give the first day of work in the row of someone who came back.',
  'contradiction',
);

/** What to do about rows that do not show whether someone works here, each remedy once. */
export function unsureRemedy(rows: readonly RosterRow[]): readonly Ask[] {
  const codes = new Set(rows.map((row) => gapOf(row).code));
  const asks: Ask[] = [];
  if (codes.has('no_column'))
    asks.push(
      ask(
        'source',
        'roster',
        'Import a roster with a column “Last working day” or “Status”, or say at the import which column holds it.',
        'leaving_column',
      ),
    );
  if (codes.has('unknown_column'))
    asks.push(
      ask(
        'source',
        'roster',
        'Say at the import what the column holds, or name it “Last working day” if it is that.',
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
