import { z } from 'zod';
import { addDays } from '../../model/day.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords } from '../../text/words.ts';
import { stretchedTooFar } from '../operations/review-done.ts';
import { absent, because } from '../outcome.ts';
import { consentsTo, consentsUnread } from './consents.ts';

export const scopesReviewed = defineRule({
  name: 'scopes-reviewed',
  signed: () => ['reviews'],
  about:
    'The scopes of Claude’s applications are reviewed twice a year: a review of kind scopes, or any review that covered the Microsoft 365 permissions. The first one falls due that long after consent, and a review from before a consent says nothing about what was consented to then.',
  params: z.strictObject({ days: z.number().int().min(1).default(183) }),
  decide(context, given) {
    const { charter, journal, today } = context;
    const asked = charter.ok ? charter.value.reviewDays?.scopes : undefined;
    // Like every review interval, half a year may be extended to at most twice its days.
    const days = Math.min(asked ?? given.days, 2 * given.days);
    const stretched = stretchedTooFar(context, 'scopes');
    const question = ask(
      'journal',
      'reviews',
      'Compare the scopes of both connector applications with the last review and note it under “reviews” in the journal, kind scopes.',
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
      const since = consentedAfter(context, review.on);
      if (due >= today && since !== null)
        return because(
          'microsoft.journal_checks.scopes_consented_since',
          `${review.by} reviewed the scopes on ${dayWords(review.on)}, and the connector was consented to after that, on ${dayWords(since.on)}. What was consented to then has to be reviewed by ${dayWords(due)}.`,
          { by: review.by },
        ).pending(due, [...cite, since.evidence]);
      const unread = due >= today ? consentsUnread(context, review.on) : null;
      if (unread !== null)
        return because(
          'microsoft.journal_checks.scopes_consents_unread',
          `${review.by} reviewed the scopes on ${dayWords(review.on)}. It is not known whether the connector was consented to after that. ${unread.why}`,
          { by: review.by },
        ).cannotRead(unread.howToGet, cite);
      return due >= today
        ? because(
            'microsoft.journal_checks.scopes_reviewed',
            `${review.by} reviewed the scopes on ${dayWords(review.on)}. The next review is due by ${dayWords(due)}.${stretched}`,
            { by: review.by },
          ).pass(cite)
        : because(
            'microsoft.journal_checks.scopes_review_overdue',
            `The scopes were last reviewed on ${dayWords(review.on)}, by ${review.by}. The next review was due on ${dayWords(due)}.${stretched}`,
            { by: review.by },
          ).fail(cite);
    }
    if (consent && consent.on <= today) {
      const cite = [journal.cite('connectorConsent', dayWords(consent.on))];
      const due = addDays(consent.on, days);
      return due >= today
        ? because(
            'microsoft.journal_checks.scopes_review_not_due',
            `The connector was consented to on ${dayWords(consent.on)}; the first review of its scopes is due by ${dayWords(due)}.${stretched}`,
          ).pending(due, cite)
        : because(
            'microsoft.journal_checks.scopes_never_reviewed',
            `The connector was consented to on ${dayWords(consent.on)}, and the journal notes no review of its scopes since. The first was due on ${dayWords(due)}.${stretched}`,
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
/** The latest consent after a day according to the journal or Entra's audit log; null: neither shows one. */
function consentedAfter(context: CheckContext, day: string): { on: string; evidence: Evidence } | null {
  const { journal, profile, today } = context;
  const stated = journal.ok ? journal.value.connectorConsent : undefined;
  const audits = context.read('directory_audits', Number.POSITIVE_INFINITY);
  const logged = audits.ok ? (consentsTo(context, audits) ?? []) : [];
  return (
    [
      ...(journal.ok && stated !== undefined
        ? [{ on: stated.on, evidence: journal.cite('connectorConsent', dayWords(stated.on)) }]
        : []),
      ...(audits.ok
        ? logged.map(({ row }) => ({
            on: dayOf(row.at, profile.timezone),
            evidence: audits.cite(row, `${row.activity} by ${row.actor}`),
          }))
        : []),
    ]
      .filter(({ on }) => on > day && on <= today)
      .sort((a, b) => (a.on < b.on ? 1 : -1))[0] ?? null
  );
}
// Guide: G3.4-04 G7.1-08
