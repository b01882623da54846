import { dayWords } from '../../../../src/domain/text/words.ts';
import { api, type client as calls, queries } from '../../api.ts';
import type { VerdictState } from '../../theme/tokens.ts';

export type Review = Awaited<ReturnType<typeof calls.reviews.show>>;
export type Item = Review['items'][number];
export type Reviews = Awaited<ReturnType<typeof calls.reviews.list>>;
export type Deck = Reviews['decks'][number];
export type Queue = Awaited<ReturnType<typeof calls.reviews.queue>>;
export type AnswerKind = NonNullable<Item['answer']>['answer'];

/** Symbol for each state of an item. A rule that is not met is a pass; one that cannot be ruled out is not. */
export const ITEM_SHAPES: Readonly<Record<Item['state'], VerdictState>> = {
  met: 'fail',
  unread: 'cannot_read',
  clear: 'pass',
  none: 'not_applicable',
};

/** The line below an item's title in the list beside the deck. */
export function answerLine({ answer }: Item): string {
  if (answer === null) return 'Not yet';
  const { owner, day } = answer;
  switch (answer.answer) {
    case 'flag':
      return owner === null ? 'Flagged, no owner' : `Flagged, ${owner.name}`;
    case 'fine':
      return day === null ? 'Fine' : `Fine until ${dayWords(day)}`;
    case 'not_reviewed':
      return 'Not reviewed';
    case 'later':
      return 'Come back to it';
  }
}

/** When a review is due, in a few words. */
export function dueLine({ due, late }: Pick<Deck, 'due' | 'late'>): string {
  if (due === null) return 'No date set';
  return late ? `Was due ${dayWords(due)}` : `Due ${dayWords(due)}`;
}

/** Stores a review returned by the server in the cache, and refetches other lists that show it. */
export function took(slug: string, review: Review): void {
  queries.setQueryData(api.reviews.show.queryKey({ input: { client: slug, review: review.id } }), review);
  // Not awaited: the next answer can be saved while other parts of the console are still refetched.
  for (const part of [api.reviews.list, api.reviews.queue, api.work, api.home, api.shell])
    void queries.invalidateQueries({ queryKey: part.key() });
}
