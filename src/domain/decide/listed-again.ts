import type { RosterRow } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';
import type { Current } from '../model/rule.ts';
import { cameBack, personKeys, staffOn } from '../people/staff.ts';
import { dayWords } from '../text/words.ts';

/**
 * A roster, in which those whom an earlier one shows as having left count as open where nothing dates it but when its file
 * was saved: an old list that was opened and saved again lists leavers as it always did. A first day of work after the
 * leaving says that somebody came back; a roster that gives its own day is believed.
 */
export function withReturnsOpen(
  current: Current<'roster'>,
  history: readonly Reading<'roster'>[],
): Current<'roster'> {
  if (!current.ok || current.readings.some((one) => one.provenance !== 'import' || one.dateFrom !== 'saved'))
    return current;
  const gone = goneBefore(current.observedOn, history);
  if (gone.size === 0) return current;
  const works = staffOn(current.rows, current.observedOn);
  const rows = current.rows.map((row): RosterRow => {
    const before = [...personKeys(row)].map((key) => gone.get(key)).find((one) => one !== undefined);
    if (before === undefined || works(row) !== true || cameBack(before.row, row)) return row;
    const { file, observedOn } = before.reading;
    // A last day that is still to come would be believed before what keeps it open.
    return {
      ...row,
      endsOn: null,
      unsure: { code: 'left_before', column: null, text: `${file} of ${dayWords(observedOn)}` },
    };
  });
  return { ...current, rows };
}

interface Before {
  readonly row: RosterRow;
  readonly reading: Reading<'roster'>;
}

/** Whoever the last roster before a day that lists them shows as having left, by their keys. */
function goneBefore(day: string, history: readonly Reading<'roster'>[]): ReadonlyMap<string, Before> {
  const found = new Map<string, Before>();
  for (const reading of history) {
    if (reading.observedOn >= day) continue;
    const works = staffOn(reading.rows, day);
    for (const row of reading.rows)
      for (const key of personKeys(row))
        if (works(row) === false) found.set(key, { row, reading });
        else found.delete(key);
  }
  return found;
}
