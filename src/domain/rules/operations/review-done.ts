import { z } from 'zod';
import { addDays, daysBetween } from '../../model/day.ts';
import { type Journal, REVIEW_AREAS, REVIEW_KINDS } from '../../model/journal.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, sentence } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { ASK_EARLIER, signBefore, unknownActBefore } from '../policy/first-access.ts';
import { askJournal } from './ask.ts';

type Area = (typeof REVIEW_AREAS)[number];
type Review = NonNullable<Journal['reviews']>[number];

const AREA_WORDS: Readonly<Record<Area, string>> = {
  connectors: 'connectors',
  user_access: 'user access',
  personal_accounts: 'personal accounts',
  usage: 'usage',
  permission_changes: 'permission changes',
  m365_permissions: 'Microsoft 365 permissions',
};
const CADENCE = { monthly: 'monthly', quarterly: 'quarterly', scopes: 'half-yearly' } as const;
const DEFAULT_DAYS = { monthly: 31, quarterly: 92, scopes: 183 } as const;

/** Factor by which the charter may extend a review interval; longer intervals do not count. */
const MAX_STRETCH = 2;

/**
 * Days within which a review has to be repeated: the charter's value, at most twice 31, 92 or 183; else these defaults.
 */
export function reviewDays(context: CheckContext, window: keyof typeof DEFAULT_DAYS): number {
  return Math.min(charteredDays(context, window) ?? DEFAULT_DAYS[window], MAX_STRETCH * DEFAULT_DAYS[window]);
}

function charteredDays({ charter }: CheckContext, window: keyof typeof DEFAULT_DAYS): number | undefined {
  return charter.ok ? charter.value.reviewDays?.[window] : undefined;
}

/** States, as a sentence to append, that the charter allows longer intervals than count; empty if it does not. */
export function stretchedTooFar(context: CheckContext, window: keyof typeof DEFAULT_DAYS): string {
  const asked = charteredDays(context, window);
  const max = MAX_STRETCH * DEFAULT_DAYS[window];
  return asked === undefined || asked <= max
    ? ''
    : ` The charter allows ${count(asked, 'day')} between reviews; ${max} count at most.`;
}

/** Reviews in the journal up to today with their path, oldest first. */
export function reviewsDone(journal: Journal, kinds: readonly Review['kind'][], today: string) {
  return (journal.reviews ?? [])
    .map((review, index) => ({ review, path: `reviews.${index}` }))
    .filter(({ review }) => kinds.includes(review.kind) && review.on <= today)
    .sort((a, b) => (a.review.on < b.review.on ? -1 : a.review.on > b.review.on ? 1 : 0));
}

/**
 * The reviews of `reviewsDone` that covered an area. One that names no areas covered everything that its kind includes.
 */
export function reviewsOf(
  journal: Journal,
  kinds: readonly Review['kind'][],
  today: string,
  area: Area,
): ReturnType<typeof reviewsDone> {
  return reviewsDone(journal, kinds, today).filter(
    ({ review }) => review.areas === undefined || review.areas.includes(area),
  );
}

/** Recurring reviews (guide 3.4, 5.5, 7.1): done within their window, with every area covered. */
export const reviewDone = defineRule({
  name: 'review-done',
  signed: () => ['reviews'],
  about:
    'Compares the reviews in the journal with the window that the charter sets (31, 92 or 183 days without one, and at most twice that), and names areas that no review in the window covered.',
  params: z.strictObject({
    /** Reviews that count; a fuller one may replace a lighter one. */
    kinds: z.array(z.enum(REVIEW_KINDS)).min(1),
    areas: z.array(z.enum(REVIEW_AREAS)).default([]),
    window: z.enum(REVIEW_KINDS),
  }),
  decide(context, { kinds, areas, window }) {
    const { journal, today } = context;
    const cadence = CADENCE[window];
    if (!journal.ok || !journal.value.reviews) {
      return askJournal(
        context,
        'reviews',
        'the reviews that were done',
        'kind, day, by whom and which areas; an empty list is a valid answer',
      );
    }
    const days = reviewDays(context, window);
    const stretched = stretchedTooFar(context, window);
    const wanted = areas.filter((area) => area !== 'm365_permissions' || usesMicrosoft(context) !== 'no');
    const done = reviewsDone(journal.value, kinds, today);
    const ahead = journal.value.nextReview;
    const scheduled = ahead && ahead >= today ? ` The next review is scheduled for ${dayWords(ahead)}.` : '';
    const list = [journal.cite('reviews', count(journal.value.reviews.length, 'review'))];
    const first = journal.value.firstInvitation;
    const sign = first ? (signBefore(context, first) ?? unknownActBefore(context, first)) : null;
    const began = sign?.day ?? first;
    const newest = done.at(-1);
    if (!newest) {
      const due = began ? addDays(began, days) : null;
      if (first && began && due && due >= today) {
        const start = journal.cite('firstInvitation', `first invitation ${dayWords(first)}`);
        if (sign && !sign.exact)
          return because(
            'operations.review_done.start_unknown',
            `No ${cadence} review has been done yet, and it is not known how long it has been due: the journal gives ${dayWords(first)} as the day of the first invitation, but ${sign.words}.${scheduled}`,
          ).cannotRead(ASK_EARLIER, [...list, start, sign.evidence]);
        return because(
          'operations.review_done.not_yet_due',
          `No ${cadence} review has been done yet. Staff ${began <= today ? 'were first invited' : 'will first be invited'} on ${dayWords(began)}, so the first is due by ${dayWords(due)}.${scheduled || ' No day is set for it.'}`,
        ).pending(due, [...list, start, ...(sign ? [sign.evidence] : [])]);
      }
      return because(
        'operations.review_done.none_listed',
        `The journal lists no ${cadence} review up to ${dayWords(today)}.${scheduled}`,
        { cadence },
      ).fail(list);
    }
    const cite = (entry: (typeof done)[number], says?: string): Evidence =>
      journal.cite(
        entry.path,
        says ?? `${entry.review.kind} review of ${dayWords(entry.review.on)} by ${entry.review.by}`,
      );
    const due = addDays(newest.review.on, days);
    if (due < today) {
      return because(
        'operations.review_done.overdue',
        `The last ${CADENCE[newest.review.kind]} review was done on ${dayWords(newest.review.on)} by ${newest.review.by}. The next was due by ${dayWords(due)}, ${count(daysBetween(due, today), 'day')} ago.${stretched}${scheduled}`,
        { cadence },
      ).fail([cite(newest)]);
    }
    // Before anyone had access there was nothing to review; null: access may be older than known.
    const since = sign?.exact === false ? null : (began ?? null);
    if (since !== null && newest.review.on < since)
      return because(
        'operations.review_done.before_access',
        `The last ${CADENCE[newest.review.kind]} review was done on ${dayWords(newest.review.on)}, before staff were first invited on ${dayWords(since)}, so it could not show how Claude is used. The next is due by ${dayWords(addDays(since, days))}.${scheduled}`,
        { cadence },
      ).pending(addDays(since, days), [cite(newest)]);
    const inWindow = done.filter(
      ({ review }) => addDays(review.on, days) >= today && (since === null || review.on >= since),
    );
    // A lighter review than the required one says nothing about areas that only the fuller one includes.
    const unsaid = inWindow.filter(
      ({ review: { areas, kind } }) => areas === undefined && (kind === window || window === 'monthly'),
    );
    const open = wanted.filter((area) => !inWindow.some(({ review }) => review.areas?.includes(area)));
    const seen = inWindow.map((entry) => cite(entry));
    const last = unsaid.at(-1);
    if (open.length > 0 && last !== undefined) {
      // It was done and is not overdue; the reason also mentions that its entry does not name the areas.
      const named = wanted.filter((area) => !open.includes(area));
      const counted = [last.review.on, ...(named.length > 0 ? [oldestCover(named, inWindow)] : [])].sort()[0];
      return because(
        'operations.review_done.done',
        `The last ${CADENCE[newest.review.kind]} review was done on ${dayWords(newest.review.on)} by ${newest.review.by}. The entry of ${dayWords(last.review.on)} does not say which areas it covered, and no other names ${open.map((area) => AREA_WORDS[area]).join(', ')}. Add its areas to that review in the journal. The next is due by ${dayWords(addDays(counted ?? last.review.on, days))}.`,
        { by: newest.review.by, cadence },
      ).pass(seen);
    }
    if (open.length === 1 && open[0] === 'm365_permissions' && usesMicrosoft(context) === 'unknown') {
      return because(
        'operations.review_done.m365_unknown',
        'Microsoft 365 permissions were not reviewed, and the profile does not say whether Microsoft 365 is used.',
      ).cannotRead(
        ask(
          'profile',
          'm365',
          'State Microsoft 365 (m365) in the profile; an empty list says that there is none.',
          'list',
        ),
        seen,
      );
    }
    if (open.length > 0) {
      return because(
        'operations.review_done.not_covered',
        `${listed(open)} ${wasOrWere(open)} not covered by a ${cadence} review in the last ${days} days. The last review was on ${dayWords(newest.review.on)} by ${newest.review.by}.`,
      ).fail(
        seen,
        open.map((area) => {
          const before = done.filter(({ review }) => review.areas?.includes(area)).at(-1);
          return {
            key: area,
            label: sentence(AREA_WORDS[area]),
            detail: before ? `Last covered on ${dayWords(before.review.on)}.` : 'Never covered by a review.',
            evidence: before ? [cite(before)] : list,
          };
        }),
      );
    }
    const byNewest = wanted.every((area) => newest.review.areas?.includes(area));
    const covered =
      wanted.length > 0
        ? ` ${listed(wanted)} ${wasOrWere(wanted)} covered${byNewest ? '' : ` by the ${count(inWindow.length, 'review')} of the last ${days} days`}.`
        : '';
    const oldest = wanted.length > 0 ? oldestCover(wanted, inWindow) : newest.review.on;
    return because(
      'operations.review_done.all_covered',
      `The last ${CADENCE[newest.review.kind]} review was done on ${dayWords(newest.review.on)} by ${newest.review.by}.${covered} The next is due by ${dayWords(addDays(oldest, days))}.${stretched}`,
      { by: newest.review.by, cadence },
    ).pass(seen);
  },
});

/** Most areas are plural: "Permission changes were". */
function wasOrWere(areas: readonly Area[]): 'was' | 'were' {
  const [only] = areas;
  return areas.length === 1 && (only === 'usage' || only === 'user_access') ? 'was' : 'were';
}

function listed(areas: readonly Area[]): string {
  return sentence(
    names(
      areas.map((area) => AREA_WORDS[area]),
      REVIEW_AREAS.length,
    ),
  );
}

/** Day of the area whose last review is the oldest, since it is due first. */
function oldestCover(areas: readonly Area[], done: readonly { readonly review: Review }[]): string {
  const days = areas.map((area) =>
    done.reduce((day, { review }) => (review.areas?.includes(area) && review.on > day ? review.on : day), ''),
  );
  return days.sort()[0] ?? '';
}

function usesMicrosoft(context: CheckContext): 'yes' | 'no' | 'unknown' {
  const { m365 } = context.profile;
  if (m365 === undefined)
    return context.read('subscribed_skus', Number.POSITIVE_INFINITY).ok ? 'yes' : 'unknown';
  return Array.isArray(m365) && m365.length === 0 ? 'no' : 'yes';
}
// Guide: G2.2-34 G3.4-00 G3.4-01 G3.4-02 G5.1-06 G5.5-01 G5.5-02 G5.5-04 G5.5-05 G7.1-00 G7.1-01 G7.1-02
// Guide: G7.1-03 G7.1-04 G7.1-07 G7.1-08 GA-13
