/** What people and Bylaw did about an account outside the workspace, as steps that are appended and never changed. */

/** Purpose of a message. `managers` goes to managers, not to the account's holder. */
export const MESSAGE_KINDS = ['first', 'reminder', 'offer', 'thanks', 'managers'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];
/** Messages that ask the holder for something; a thank-you does not. */
export const ASKING: ReadonlySet<MessageKind> = new Set(['first', 'reminder', 'offer']);

export const ANSWERS = ['will_move', 'will_close', 'refused', 'not_mine', 'other'] as const;
export type Answer = (typeof ANSWERS)[number];
export const ANSWER_WORDS: Readonly<Record<Answer, string>> = {
  will_move: 'will move it',
  will_close: 'will close it',
  refused: 'wants to keep it',
  not_mine: 'says that it is not theirs',
  other: 'answered something else',
};

export type StepDetail =
  | { readonly kind: 'found' }
  | {
      readonly kind: 'contacted';
      readonly message: MessageKind;
      /** mail: sent by Bylaw; hand: a person says that they sent it; journal: from the journal. */
      readonly how: 'mail' | 'hand' | 'journal';
    }
  | { readonly kind: 'answered'; readonly answer: Answer; readonly usedForWork: boolean | null }
  | { readonly kind: 'migrating' }
  /** A statement that it was closed. Only a later report proves it. */
  | { readonly kind: 'said_closed' }
  | {
      readonly kind: 'exempted';
      readonly reason: string | null;
      readonly owner: string | null;
      /** Last day on which it is valid; null: not stated in the journal. */
      readonly until: string | null;
    }
  /** Reverses statements that it is migrating, closed or exempt. */
  | { readonly kind: 'reopened' }
  | { readonly kind: 'assigned'; readonly owner: string | null; readonly due: string | null };

export type StepKind = StepDetail['kind'];

export type AccountStep = StepDetail & {
  /** Address of the account, normalized by `address()`. */
  readonly account: string;
  /** Number of the step within the account, from 1; 0 for journal entries. */
  readonly seq: number;
  /** RFC 3339 instant; null: the journal gives only the day. */
  readonly at: string | null;
  /** Day in the client's zone. */
  readonly day: string;
  readonly by: string;
  /** bylaw: done and recorded by Bylaw; person: stated by someone. */
  readonly made: 'bylaw' | 'person' | 'journal';
  readonly note: string | null;
  /** Index in the journal's list, for citing. */
  readonly index?: number;
};

export function isStep<K extends StepKind>(kind: K) {
  return (step: AccountStep): step is Extract<AccountStep, { readonly kind: K }> => step.kind === kind;
}
