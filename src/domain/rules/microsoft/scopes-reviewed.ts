import { z } from 'zod';
import { addDays } from '../../model/day.ts';
import { defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';

export const scopesReviewed = defineRule({
  name: 'scopes-reviewed',
  signed: () => ['reviews'],
  about:
    "The scopes of Claude's applications are reviewed twice a year: a review of kind scopes, or any review that covered the Microsoft 365 permissions. The first one falls due that long after consent.",
  params: z.strictObject({ days: z.number().int().min(1).default(183) }),
  decide({ charter, journal, today }, given) {
    const days = (charter.ok ? charter.value.reviewDays?.scopes : undefined) ?? given.days;
    const question = ask(
      'journal',
      'reviews',
      'Compare the scopes of both connector applications with the last review and note it under "reviews" in the journal, kind scopes.',
      'scopes',
    );
    if (!journal.ok) return absent(journal).cannotRead(question);
    const { reviews, connectorConsent: consent } = journal.value;
    const done = (reviews ?? [])
      .map((review, index) => ({ review, index }))
      .filter(
        ({ review }) =>
          review.on <= today && (review.kind === 'scopes' || review.areas?.includes('m365_permissions')),
      )
      .sort((a, b) => (a.review.on < b.review.on ? 1 : -1));
    const newest = done[0];
    if (newest) {
      const { review, index } = newest;
      const cite = [journal.cite(`reviews.${index}`, `${review.by}, ${dayWords(review.on)}`)];
      const due = addDays(review.on, days);
      return due >= today
        ? because(
            'microsoft.journal_checks.scopes_reviewed',
            `${review.by} reviewed the scopes on ${dayWords(review.on)}. The next review is due by ${dayWords(due)}.`,
            { by: review.by },
          ).pass(cite)
        : because(
            'microsoft.journal_checks.scopes_review_overdue',
            `The scopes were last reviewed on ${dayWords(review.on)}, by ${review.by}. The next review was due on ${dayWords(due)}.`,
            { by: review.by },
          ).fail(cite);
    }
    if (consent && consent.on <= today) {
      const cite = [journal.cite('connectorConsent', dayWords(consent.on))];
      const due = addDays(consent.on, days);
      return due >= today
        ? because(
            'microsoft.journal_checks.scopes_review_not_due',
            `The connector was consented to on ${dayWords(consent.on)}; the first review of its scopes is due by ${dayWords(due)}.`,
          ).pending(due, cite)
        : because(
            'microsoft.journal_checks.scopes_never_reviewed',
            `The connector was consented to on ${dayWords(consent.on)}, and the journal notes no review of its scopes since. The first was due on ${dayWords(due)}.`,
          ).fail(cite);
    }
    if (!reviews)
      return because(
        'microsoft.journal_checks.reviews_not_listed',
        'The journal lists no reviews.',
      ).cannotRead(question);
    return because(
      'microsoft.journal_checks.scopes_no_review',
      `The journal lists ${count(reviews.length, 'review')}, none of the scopes.`,
    ).fail([journal.cite('reviews', count(reviews.length, 'review'))]);
  },
});
// Guide: G3.4-04 G7.1-08
