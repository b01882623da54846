import type { HandlersOf } from '../handlers-of.ts';
import { answerItem, closeOne, endReviewByPerson, openOne } from './acts.ts';
import type { reviewsContract } from './contract.ts';
import { listReviews, reviewQueue } from './list.ts';
import { showReview } from './show.ts';
import { minutesFile, signOne } from './sign.ts';

export const reviewsHandlers: HandlersOf<typeof reviewsContract> = {
  queue: reviewQueue,
  list: listReviews,
  open: openOne,
  show: (context, { review }) => showReview(context, review),
  answer: answerItem,
  sign: signOne,
  end: endReviewByPerson,
  minutes: minutesFile,
  close: closeOne,
};
