import {
  ACCOUNT_CHANGE_WORDS,
  MESSAGE_WORDS,
  PERSONAL_ACCOUNT_WORDS,
} from '../../../../src/domain/labels.ts';
import type { client as calls } from '../../api.ts';

type Calls = typeof calls.personalAccounts;
export type List = Awaited<ReturnType<Calls['list']>>;
export type Account = List['items'][number];
export type Detail = Awaited<ReturnType<Calls['get']>>;
export type Texts = Awaited<ReturnType<Calls['messages']['texts']>>;
export type Wording = Texts['items'][number];
export type Refused = Awaited<ReturnType<Calls['assign']>>['refused'][number];
export type MessageKind = Account['can'][number];
export type Change = NonNullable<Account['difference']>;
type State = Account['state'];

export const TABS = ['accounts', 'changes', 'messages', 'capture'] as const;

export const STATES = [
  'found',
  'contacted',
  'migrating',
  'said_closed',
  'exempt',
  'closed',
] as const satisfies readonly State[];
export const STATE_FILTERS = ['open', ...STATES] as const;
export const STATE_WORDS: Readonly<Record<(typeof STATE_FILTERS)[number], string>> = {
  open: 'Open',
  ...PERSONAL_ACCOUNT_WORDS,
};
export const GROUPS = STATES.map((key) => ({ key, label: STATE_WORDS[key] }));

export const CHANGES = ['new', 'back', 'unchanged', 'gone', 'not_told'] as const satisfies readonly Change[];
export const CHANGE_WORDS: Readonly<Record<Change, string>> = ACCOUNT_CHANGE_WORDS;

export const AFTER = ['first', 'more', 'none'] as const;
export const AFTER_WORDS: Readonly<Record<(typeof AFTER)[number], string>> = {
  first: 'Closed after the first message',
  more: 'Closed after more than one',
  none: 'Closed without a message on record',
};
export const MARKS = ['overdue', 'work', 'doubt'] as const;
export const MARK_WORDS: Readonly<Record<(typeof MARKS)[number], string>> = {
  overdue: 'Overdue',
  work: 'Used for work',
  doubt: 'In doubt',
};

export const KIND_WORDS: Readonly<Record<MessageKind, string>> = MESSAGE_WORDS;

export const ANSWERS = [
  { value: 'will_move', label: 'Will move it into the workspace' },
  { value: 'will_close', label: 'Will close it' },
  { value: 'refused', label: 'Wants to keep it' },
  { value: 'not_mine', label: 'Says it is not theirs' },
  { value: 'other', label: 'Something else' },
] as const;

export const OUTCOME_WORDS = {
  sending: 'on its way',
  sent: 'sent',
  failed: 'was not sent',
  unknown: 'not known whether it was sent',
} as const;

export function accountCount(n: number): string {
  return n === 1 ? '1 account' : `${n} accounts`;
}

/** How a dialog refers to holders: one by name, several by number. */
export function whoWords(rows: readonly Account[]): string {
  const [only, ...more] = rows;
  if (only === undefined) return 'No one';
  return more.length === 0 ? (only.name ?? only.account) : accountCount(rows.length);
}

/** The kind of message to send next, for the filled button of the panel; null: none. */
export function nextKind({ can }: Account): MessageKind | null {
  return can[0] ?? null;
}
