import type { RosterRow } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';
import type { Current } from '../model/rule.ts';
import { cameBack, personKeys, staffOn } from '../people/staff.ts';
import { dayWords } from '../text/words.ts';

/**
 * Marks people whom an earlier roster shows as having left as unclear, if the newer roster lists them but is dated
 * only by its file time: an old list that was opened and saved again still contains them. A start date after the
 * departure shows that somebody was rehired; a roster with its own date is believed.
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
    // A last day in the future would take precedence over what keeps it open.
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

/** Keys of the people whom the last earlier roster that lists them shows as having left. */
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
