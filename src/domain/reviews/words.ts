import type { ReviewNeed } from '../model/review.ts';
import { count, names } from '../text/words.ts';
import type { Gap } from './check.ts';
import type { AnswerKind, DecisionKind, ItemState } from './types.ts';

export const NEED_WORDS: Readonly<Record<ReviewNeed, string>> = {
  members: 'members file',
  domain_memberships: 'Domain memberships report',
};

export const ANSWER_WORDS: Readonly<Record<AnswerKind, string>> = {
  fine: 'Fine',
  flag: 'Flagged',
  not_reviewed: 'Not reviewed',
  later: 'Come back to it',
};

export const DECISION_WORDS: Readonly<Record<DecisionKind, string>> = {
  keep: 'Keep',
  remove: 'Remove',
  question: 'Question',
};

export const ITEM_STATE_WORDS: Readonly<Record<ItemState, string>> = {
  met: 'Escalation rule met',
  unread: 'Cannot be ruled out',
  clear: 'Escalation rule not met',
  none: 'Does not apply here',
};

/** Readings of an item that are missing in the review period, as a sentence; null: none. */
export function missingWords(missing: readonly ReviewNeed[]): string | null {
  if (missing.length === 0) return null;
  const what = names(
    missing.map((need) => NEED_WORDS[need]),
    missing.length,
  );
  return `No ${what} was imported in the period that this review covers. Import one, or mark the item as not reviewed.`;
}

/** A gap as a sentence about its item. */
export function gapWords({ code, names: list, days }: Gap): string {
  switch (code) {
    case 'unanswered':
      return 'No one has answered it yet.';
    case 'appeared':
      return `${count(list.length, 'finding', 'findings')} appeared after it was answered: ${names(list)}. Answer it again.`;
    case 'needs_reading':
      return 'It is marked fine without the reading that it needs.';
    case 'needs_note':
      return 'It needs a note that says why.';
    case 'flag_without_owner':
      return 'The flag has no owner.';
    case 'accepted_without_end':
      return 'It is accepted without an end date.';
    case 'day_passed':
      return 'Its date has passed.';
    case 'undecided':
      return `${count(list.length, 'line')} not decided: ${names(list)}.`;
    case 'needs_flag':
      return `${names(list)} will be removed or questioned. Flag the item so someone follows up.`;
    case 'unread':
      return `Not read: ${names(list)}.`;
    case 'not_reviewed':
      return 'It was not reviewed.';
    case 'old_reading':
      return `${names(list)}: the oldest reading is ${count(days ?? 0, 'day')} old.`;
  }
}
