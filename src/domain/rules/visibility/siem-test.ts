import { z } from 'zod';
import { addDays, daysBetween } from '../../model/day.ts';
import { defineRule } from '../../model/rule.ts';
import { count, dayWords } from '../../text/words.ts';
import { askJournal } from '../operations/ask.ts';
import { cannotRead, fail, pass } from '../outcome.ts';

/** Guide 5.3: forwarding counts when a test event was seen to arrive, and for some time only. */
export const siemTest = defineRule({
  name: 'siem-test',
  about: 'The journal states that a test event from Claude arrived in the SIEM within the window.',
  params: z.strictObject({ days: z.number().int().min(1).default(90) }),
  decide(context, { days }) {
    const { journal, today } = context;
    const test = journal.ok ? journal.value.siemTest : undefined;
    if (!journal.ok || !test)
      return askJournal(
        context,
        'siemTest',
        'the last test of the SIEM',
        'day, by whom, and whether the event arrived',
      );
    const evidence = [
      journal.cite('siemTest', `${test.arrived ? 'arrived' : 'did not arrive'}, ${dayWords(test.on)}`),
    ];
    if (test.on > today)
      return cannotRead(
        `The journal gives ${dayWords(test.on)} as the day of the SIEM test, which has not come yet.`,
        'Correct the day under "siemTest" in the journal.',
        evidence,
      );
    if (!test.arrived)
      return fail(
        `The test event of ${dayWords(test.on)} by ${test.by} did not arrive in the SIEM.`,
        evidence,
      );
    const age = daysBetween(test.on, today);
    if (age > days)
      return cannotRead(
        `The last SIEM test was on ${dayWords(test.on)}, ${count(age, 'day')} ago. It counts for ${days}.`,
        'Send a test event again and write it under "siemTest" in the journal.',
        evidence,
      );
    return pass(
      `A test event arrived in the SIEM on ${dayWords(test.on)}, seen by ${test.by}. The next test is due by ${dayWords(addDays(test.on, days))}.`,
      evidence,
    );
  },
});
