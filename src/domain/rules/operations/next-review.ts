import { z } from 'zod';
import { addDays, daysBetween } from '../../model/day.ts';
import { defineRule } from '../../model/rule.ts';
import { count, dayWords } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { signBefore, unknownActBefore } from '../policy/first-access.ts';
import { askJournal } from './ask.ts';
import { reviewDays, reviewsDone, stretchedTooFar } from './review-done.ts';

/** The next quarterly review has a date (guide A, item 16) that is no later than the cycle allows. */
export const nextReview = defineRule({
  name: 'next-review',
  signed: () => ['reviews'],
  about:
    'The day of the next review in the journal must be in the future and within one quarterly window of the last review.',
  params: z.strictObject({}),
  decide(context) {
    const { journal, today } = context;
    if (!journal.ok || !journal.value.nextReview) {
      return askJournal(context, 'nextReview', 'the day of the next governance review');
    }
    const { nextReview: day, firstInvitation } = journal.value;
    const evidence = [journal.cite('nextReview', `next review ${dayWords(day)}`)];
    const owner = context.charter.ok ? context.charter.value.governanceOwner : undefined;
    if (owner && context.charter.ok) evidence.push(context.charter.cite('governanceOwner', owner.name));
    const who = owner
      ? ` Its owner is ${owner.name}.`
      : ' The charter names no governance owner who does it.';
    const days = reviewDays(context, 'quarterly');
    const last = reviewsDone(journal.value, ['quarterly'], today).at(-1);
    if (last) evidence.push(journal.cite(last.path, `quarterly review of ${dayWords(last.review.on)}`));
    if (day < today) {
      const since = count(daysBetween(day, today), 'day');
      return last && last.review.on >= day
        ? because(
            'operations.next_review.none_set',
            `The review set for ${dayWords(day)} was done on ${dayWords(last.review.on)}. No day is set for the next one.${who}`,
          ).fail(evidence)
        : because(
            'operations.next_review.not_done',
            `The review set for ${dayWords(day)} has not been recorded as done. That day was ${since} ago.${who}`,
          ).fail(evidence);
    }
    const invited = firstInvitation && firstInvitation <= today ? firstInvitation : today;
    // Staff who had access before the day in the journal, or without one, were due a review from then on.
    const sign = last ? null : (signBefore(context, invited) ?? unknownActBefore(context, invited));
    if (sign !== null) evidence.push(sign.evidence);
    const start = last?.review.on ?? sign?.day ?? invited;
    const due = addDays(start, days);
    const from = last
      ? `the last quarterly review on ${dayWords(start)}`
      : sign !== null
        ? `first access (${sign.words})`
        : start === today
          ? 'today'
          : `the first invitation on ${dayWords(start)}`;
    if (day > due) {
      return because(
        'operations.next_review.too_late',
        `The next review is set for ${dayWords(day)}, ${count(daysBetween(due, day), 'day')} later than allowed: at most ${days} days after ${from}.${stretchedTooFar(context, 'quarterly')}${who}`,
      ).fail(evidence);
    }
    return because(
      'operations.next_review.set',
      `The next review is set for ${dayWords(day)}, within ${days} days of ${from}.${who}`,
    ).pass(evidence);
  },
});
// Guide: G7.1-00 GA-16
