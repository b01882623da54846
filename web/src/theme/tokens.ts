import raw from './tokens.json' with { type: 'json' };

/** The eight states of a verdict, in the order of every list, bar and legend. */
export type VerdictState =
  | 'fail'
  | 'cannot_read'
  | 'pending'
  | 'accepted'
  | 'policy_only'
  | 'not_licensed'
  | 'not_applicable'
  | 'pass';

export const VERDICT_ORDER: readonly VerdictState[] = [
  'fail',
  'cannot_read',
  'pending',
  'accepted',
  'policy_only',
  'not_licensed',
  'not_applicable',
  'pass',
];

export type Scheme = 'light' | 'dark';

/** Every size, color and duration of the console. No other values are used. */
export const tokens = raw;

/** The word that is always shown with a state's symbol. */
export function verdictWord(state: VerdictState): string {
  return tokens.verdict[state].word;
}
