import type { RosterGap, RosterRow } from '../model/kinds.ts';
import { quoted } from '../text/words.ts';

/**
 * Who of a roster works here on a day: true, false, or null where the roster does not tell. `rows` is the whole
 * roster, since a row without a status says something only beside rows that have one.
 */
export function staffOn(rows: readonly RosterRow[], today: string): (row: RosterRow) => boolean | null {
  const hasStatus = rows.some((row) => row.status !== null);
  const tells = hasStatus || rows.some((row) => row.endsOn !== null || row.unsure === null);
  return (row) => {
    if (row.endsOn !== null) return row.endsOn >= today;
    if (row.status === 'left') return false;
    if (row.unsure === null) return true;
    if (row.unsure || !tells) return null;
    // Stored before gaps were kept: an empty status beside others tells nothing.
    return row.status === null && hasStatus ? null : true;
  };
}

/** How many of a roster are known to work here; null where it tells of nobody. */
export function staffKnown(rows: readonly RosterRow[], today: string): number | null {
  const told = rows.map(staffOn(rows, today)).filter((works) => works !== null);
  return told.length === 0 && rows.length > 0 ? null : told.filter(Boolean).length;
}

const NO_COLUMN: RosterGap = { code: 'no_column', column: null, text: null };

/** Why a row for which `staffOn` gives null does not tell, as a sentence without its full stop. */
export function unsureWords(row: RosterRow | undefined): string {
  const gap = row?.unsure ?? NO_COLUMN;
  const column = quoted(gap.column ?? '');
  const text = quoted(gap.text ?? '');
  if (gap.code === 'unread_status')
    return `The roster's column ${column} says ${text}, which is no status that Bylaw knows`;
  if (gap.code === 'unread_last_day')
    return `The roster's column ${column} says ${text}, which cannot be read as a last day of work`;
  if (gap.code === 'unknown_column')
    return `The roster's column ${column} says ${text}, and whether that is the last day of work is not known`;
  if (gap.code === 'empty') return `The roster's column ${column} is empty, and no last day of work is given`;
  const unused = (gap.unused ?? []).map(quoted).join(', ');
  const asked = unused === '' ? '' : `; not known: ${unused}`;
  return `The roster has no column for the last day of work or the status${asked}`;
}

/** What to do about the rows that do not tell, each remedy once, as sentences. */
export function unsureRemedy(rows: readonly RosterRow[]): string {
  const codes = new Set(rows.map((row) => (row.unsure ?? NO_COLUMN).code));
  const says: string[] = [];
  if (codes.has('no_column'))
    says.push(
      'Bring a roster with a column "Last working day" or "Status", or say at the import which column holds it.',
    );
  if (codes.has('unknown_column'))
    says.push('Say at the import what the column holds, or name it "Last working day" if it is that.');
  if (codes.has('empty') || codes.has('unread_status') || codes.has('unread_last_day'))
    says.push(
      'Correct these cells of the roster: a status such as Active or Terminated, or the last day of work as a date.',
    );
  return says.join(' ');
}
