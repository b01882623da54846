import { searchable } from '#domain/text/unicode-form.ts';
import type { TableRow } from '../file-kind.ts';
import { addresses, words } from '../table/cells.ts';
import type { Notes } from '../table/notes.ts';
import { personName } from '../table/person-fields.ts';
import type { View } from '../table/view.ts';

/** Headings of who sent a form off. */
const SUBMITTER =
  /^(?:(?:submitted|created|entered|completed|answered|acknowledged|accepted|attested|filled (?:in|out)) by|submitter|respondent|responder)(?: (?:name|e ?mail|e ?mail address|address))?$/;
/** Of an electronic signature it is who sent the document for it. */
const SIGNED = /\b(?:signed|signature)\b/;
/** What stands there where no person is named. */
const NOBODY = /\b(?:anonym\w*|system|form\w*|app|flow|automat\w*|survey|guest|account|service)\b/i;

/**
 * By row who submitted it, where that is somebody else: the same address or name appears in the rows of several people. What
 * one person clicked for many is an acknowledgment of that one only.
 */
export function submittedByOthers(
  view: View,
  rows: readonly TableRow[],
  notes: Notes,
): ReadonlyMap<TableRow, string> {
  const found = new Map<TableRow, string>();
  const email = view.columns.first('email');
  const named = rows.flatMap((row) => {
    const name = personName(view, row);
    return name === null ? [] : [{ row, name }];
  });
  for (const index of columnsOf(view)) {
    const column = view.table.columns[index] ?? '';
    const bySubmitter = Map.groupBy(
      named.flatMap(({ row, name }) => {
        const who = submitterIn(view.valueIn(row, column));
        return who === null ? [] : [{ row, name, who }];
      }),
      ({ who }) => who.toLowerCase(),
    );
    for (const submitted of bySubmitter.values()) {
      const people = new Set(submitted.map(({ name }) => keyOf(name)));
      const own = new Set(submitted.flatMap(({ name, who }) => (isOf(who, name) ? [keyOf(name)] : [])));
      // Two of one last name: which of them it is, an address that is no one's own does not say.
      const ofNobody = own.size > 1 && index !== email;
      const others = submitted.filter(({ name }) => ofNobody || !own.has(keyOf(name)));
      const [first] = others;
      if (people.size < 2 || first === undefined) continue;
      for (const { row, who } of others) found.set(row, who);
      notes.add({
        column: view.name(column),
        says: `${first.who} appears in the rows of ${people.size} people, so ${others.length === 1 ? 'one row is' : `${others.length} rows are`} not known to be the person’s own acknowledgment.`,
      });
    }
  }
  return found;
}

/** Columns that say who submitted, and that of the address unless nothing but its content made it one. */
function columnsOf(view: View): readonly number[] {
  const isSigned = SIGNED.test(words(view.englishHeading('on')));
  return view.table.columns.flatMap((column, index) => {
    const taken = view.columns.mapping.find((one) => one.column === column);
    if (taken?.field === 'email' && taken.how !== 'content') return [index];
    const heading = words(view.english[index] ?? column);
    const asks = taken?.field === 'email' || view.leftOver().includes(column);
    return asks && SUBMITTER.test(heading) && !(isSigned && heading.startsWith('created')) ? [index] : [];
  });
}

/** An address, or a name of several words; null: neither. */
function submitterIn(text: string | null): string | null {
  if (text === null) return null;
  const [address] = addresses(text);
  if (address !== undefined) return address;
  return NOBODY.test(text) || !/^\p{L}[\p{L}\p{M}'’.-]*(?:,? \p{L}[\p{L}\p{M}'’.-]*){1,4}$/u.test(text)
    ? null
    : text;
}

const partsOf = (text: string): string[] => searchable(text).split(/[^\p{L}\p{N}]+/u);
const keyOf = (name: string): string => partsOf(name).sort().join(' ').trim();

/** Whether the address or name may be that of the person: it is the name, or has a word of it before the "@". */
function isOf(who: string, name: string): boolean {
  if (!who.includes('@')) return keyOf(who) === keyOf(name);
  const local = searchable(who.slice(0, who.lastIndexOf('@')));
  return partsOf(name).some((word) => word.length >= 3 && local.includes(word));
}
