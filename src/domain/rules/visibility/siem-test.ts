import { z } from 'zod';
import { addDays, daysBetween } from '../../model/day.ts';
import { defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords } from '../../text/words.ts';
import { askJournal } from '../operations/ask.ts';
import { because } from '../outcome.ts';

/**
 * Guide 5.3: forwarding counts for a limited time after a test event was seen to arrive, or while a SIEM sink of Bylaw
 * delivers events.
 */
export const siemTest = defineRule({
  name: 'siem-test',
  signed: () => ['siemTest'],
  about:
    'A sink of Bylaw delivers to a SIEM, or the journal states that a test event from Claude arrived there within the window.',
  params: z.strictObject({
    days: z.number().int().min(1).default(90),
    /** Days for which a delivery counts. */
    deliveredDays: z.number().int().min(1).default(7),
  }),
  decide(context, { days, deliveredDays }) {
    const { journal, today } = context;
    const test = journal.ok ? journal.value.siemTest : undefined;
    const deliveries = journal.ok
      ? (journal.value.siemDeliveries ?? []).map((one, at) => ({
          ...one,
          cite: (words: string) => journal.cite(`siemDeliveries.${at}`, words),
        }))
      : [];
    const live = deliveries.find(
      ({ on, trouble }) =>
        // A day later than tomorrow means that the clock was set back.
        on !== undefined &&
        trouble === undefined &&
        daysBetween(on, today) >= -1 &&
        daysBetween(on, today) <= deliveredDays,
    );
    if (live?.on !== undefined)
      return because(
        'visibility.siem_test.live',
        `The sink “${live.sink}” sends to the SIEM, which accepted events on ${dayWords(live.on)}. That is valid for ${count(deliveredDays, 'day')}, as long as nothing blocks it.`,
        { sink: live.sink },
      ).pass([live.cite(`taken, ${dayWords(live.on)}`)]);
    const broken = deliveries.find(({ trouble }) => trouble !== undefined);
    const testedSince = test?.arrived === true && test.on > (broken?.on ?? '') && test.on <= today;
    if (broken?.trouble !== undefined && !testedSince)
      return because(
        'visibility.siem_test.not_reached',
        `The sink “${broken.sink}” does not reach the SIEM. ${broken.trouble}`,
        { sink: broken.sink },
      ).fail([broken.cite('not delivering')]);
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
      return because(
        'visibility.siem_test.ahead',
        `The journal gives ${dayWords(test.on)} as the day of the SIEM test, which is in the future.`,
      ).cannotRead(
        ask('journal', 'siemTest', 'Correct the day under “siemTest” in the journal.', 'day'),
        evidence,
      );
    if (!test.arrived)
      return because(
        'visibility.siem_test.not_arrived',
        `The test event of ${dayWords(test.on)} by ${test.by} did not arrive in the SIEM.`,
        { by: test.by },
      ).fail(evidence);
    const age = daysBetween(test.on, today);
    if (age > days)
      return because(
        'visibility.siem_test.old',
        `The last SIEM test was on ${dayWords(test.on)}, ${count(age, 'day')} ago. It is valid for ${count(days, 'day')}.`,
      ).cannotRead(
        ask(
          'journal',
          'siemTest',
          'Send a test event again and write it under “siemTest” in the journal, or let a sink send to the SIEM.',
          'again',
        ),
        evidence,
      );
    return because(
      'visibility.siem_test.arrived',
      `A test event arrived in the SIEM on ${dayWords(test.on)}, seen by ${test.by}. The next test is due by ${dayWords(addDays(test.on, days))}.`,
      { by: test.by },
    ).pass(evidence);
  },
});
// Guide: G1.2-09 G5.3-00 G5.3-01 G5.3-02 G5.3-03 G5.3-04 G5.3-07
