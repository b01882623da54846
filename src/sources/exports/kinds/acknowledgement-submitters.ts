import { searchable } from '#domain/text/unicode-form.ts';
import type { TableRow } from '../file-kind.ts';
import { addresses, words } from '../table/cells.ts';
import type { Notes } from '../table/notes.ts';
import { personName } from '../table/person-fields.ts';
import type { View } from '../table/view.ts';

/** Headings of the person who submitted a form. */
const SUBMITTER =
  /^(?:(?:submitted|created|entered|completed|answered|acknowledged|accepted|attested|filled (?:in|out)) by|submitter|respondent|responder)(?: (?:name|e ?mail|e ?mail address|address))?$/;
/** With electronic signatures, that is the sender of the document. */
const SIGNED = /\b(?:signed|signature)\b/;
/** Values that do not name a person. */
const NOBODY = /\b(?:anonym\w*|system|form\w*|app|flow|automat\w*|survey|guest|account|service)\b/i;

/**
 * Rows submitted by another person: the same address or name appears in the rows of several people. What one person
 * clicked for many counts for that person only.
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
      // With two people of the same last name, a shared address does not show which of them it was.
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

/** Columns with the submitter, and the address column unless it was recognized by content only. */
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
  const [address, ...more] = addresses(text);
  if (address !== undefined && more.length === 0) return address;
  return NOBODY.test(text) || !/^\p{L}[\p{L}\p{M}'’.-]*(?:,? \p{L}[\p{L}\p{M}'’.-]*){1,4}$/u.test(text)
    ? null
    : text;
}

const partsOf = (text: string): string[] => searchable(text).split(/[^\p{L}\p{N}]+/u);
const keyOf = (name: string): string => partsOf(name).sort().join(' ').trim();

/** Whether an address or name may be the person's: the same name, or a word of it in the local part. */
function isOf(who: string, name: string): boolean {
  if (!who.includes('@')) return keyOf(who) === keyOf(name);
  const local = searchable(who.slice(0, who.lastIndexOf('@')));
  return partsOf(name).some((word) => word.length >= 3 && local.includes(word));
}
