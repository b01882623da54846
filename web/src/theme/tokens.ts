import raw from './tokens.json' with { type: 'json' };

/** The eight states of a verdict, in the order that every list, bar and legend keeps. */
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

/** Every size, color and duration of the console. Nothing outside these scales is used. */
export const tokens = raw;

/** The word that always stands beside a state's shape. */
export function verdictWord(state: VerdictState): string {
  return tokens.verdict[state].word;
}
