/** What people and Bylaw did about an account outside the workspace, one step at a time. Steps are added, never changed. */

/** What a message asks for. `managers` goes to no holder of an account. */
export const MESSAGE_KINDS = ['first', 'reminder', 'offer', 'thanks', 'managers'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];
/** Messages that ask the holder for something; thanks ask for nothing. */
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
      /** mail: sent by Bylaw; hand: someone says that they sent it; journal: written in the journal. */
      readonly how: 'mail' | 'hand' | 'journal';
    }
  | { readonly kind: 'answered'; readonly answer: Answer; readonly usedForWork: boolean | null }
  | { readonly kind: 'migrating' }
  /** Someone says that it was closed. Only a later report shows it. */
  | { readonly kind: 'said_closed' }
  | {
      readonly kind: 'exempted';
      readonly reason: string | null;
      readonly owner: string | null;
      /** Last day on which it is valid; null: the journal names none. */
      readonly until: string | null;
    }
  /** Takes back what was said about it: migrating, closed or exempt. */
  | { readonly kind: 'reopened' }
  | { readonly kind: 'assigned'; readonly owner: string | null; readonly due: string | null };

export type StepKind = StepDetail['kind'];

export type AccountStep = StepDetail & {
  /** Address of the account, as `address()` writes it. */
  readonly account: string;
  /** Counts the steps of one account, from 1; 0 for what the journal says. */
  readonly seq: number;
  /** RFC 3339 instant; null: the journal tells the day only. */
  readonly at: string | null;
  /** Day in the client's zone. */
  readonly day: string;
  readonly by: string;
  /** bylaw: this program did it and recorded it; person: someone says so. */
  readonly made: 'bylaw' | 'person' | 'journal';
  readonly note: string | null;
  /** Line of the journal's list, to be cited. */
  readonly index?: number;
};

export function isStep<K extends StepKind>(kind: K) {
  return (step: AccountStep): step is Extract<AccountStep, { readonly kind: K }> => step.kind === kind;
}
