import { addDays } from '../../model/day.ts';
import type { CheckContext } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { ofThisLeaving, whoHasLeft } from '../../people/departed.ts';
import { address } from '../../people/names.ts';
import { ask } from '../../text/message.ts';
import { dayWords, names } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { LOOKBACK_DAYS } from './leavers.ts';

/**
 * Cannot-read outcome for a rule that would pass for all leavers if a person's only offboarding gives a last day months
 * before the roster's, and no start day shows that they returned in between: the day may be mistyped, so that this
 * departure is not followed up. null: there is no such person.
 */
export function leaversWithOtherLastDay(context: CheckContext): Outcome | null {
  const roster = context.read('roster', 30);
  const { journal, today } = context;
  if (!roster.ok || !journal.ok) return null;
  const begin = addDays(today, -LOOKBACK_DAYS);
  const entries = (journal.value.offboardings ?? []).map((value, index) => ({ value, index }));
  const disputed = whoHasLeft(context, roster).flatMap(({ name, addresses, row }) => {
    if (row === null || row.endsOn === null || row.endsOn < begin) return [];
    const own = entries.filter(({ value }) => addresses.has(address(value.email)));
    const last = own.toSorted((a, b) => a.value.lastDay.localeCompare(b.value.lastDay)).at(-1);
    if (last === undefined || own.some(({ value }) => ofThisLeaving(value, row))) return [];
    const { lastDay } = last.value;
    if (row.startsOn !== null && row.startsOn > lastDay) return [];
    return [
      {
        words: `${name} (${dayWords(lastDay)} in the journal, ${dayWords(row.endsOn)} on the roster)`,
        evidence: [
          journal.cite(`offboardings.${last.index}`, `last day ${dayWords(lastDay)}`),
          roster.cite(row, `last day ${dayWords(row.endsOn)}`),
        ],
      },
    ];
  });
  if (disputed.length === 0) return null;
  return because(
    'operations.leavers_other_last_day.differs',
    `Journal and roster give last days that are months apart, so which leaving the offboarding is about is not known: ${names(disputed.map(({ words }) => words))}.`,
  ).cannotRead(
    ask(
      'journal',
      'offboardings',
      'Correct `lastDay` under `offboardings` in the journal, or write a further entry if the person left twice.',
      'other_last_day',
    ),
    disputed.flatMap(({ evidence }) => evidence),
  );
}
// Guide: G6.6-00
