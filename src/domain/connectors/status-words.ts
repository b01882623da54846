import type { MatrixFilter } from './filter.ts';
import type { Departure } from './order.ts';
import type { MatrixRow } from './row.ts';

/** Labels of a row's status, the same on pages and in files. */

export const EFFECT_FROM_WORDS: Readonly<Record<MatrixRow['effectFrom'], string>> = {
  catalogue: 'Catalogue',
  charter: 'Classified in the charter',
  nobody: 'No one yet',
};

export const BASELINE_FROM_WORDS: Readonly<Record<MatrixRow['baselineFrom'], string>> = {
  guide: 'The guide’s table',
  rule: 'The guide’s rule for the effect',
  ams: 'The guide’s row for membership systems',
  unrated: 'How sensitive the system is was not stated',
  undecided: 'The guide’s table does not name it; decide it',
};

export const CHARTER_FROM_WORDS: Readonly<Record<NonNullable<MatrixRow['charterFrom']> | 'none', string>> = {
  named: 'Named in the charter',
  class: 'As the charter says for all actions of this kind',
  rest: 'As the charter says for all other actions',
  lapsed: 'Its exception has ended',
  none: 'Not decided, so treated as Blocked',
};

export const DEPARTS_WORDS: Readonly<Record<NonNullable<MatrixFilter['departs']> | Departure, string>> = {
  looser: 'Looser than the baseline',
  tighter: 'Tighter than the baseline',
  same: 'As the baseline',
  unjustified: 'Looser without a reason',
  undecided: 'Not decided',
  unclassified: 'Not classified',
  rule: 'Not named by the guide',
};

export const DRIFT_WORDS: Readonly<Record<NonNullable<MatrixFilter['drift']> | 'same', string>> = {
  wider: 'Wider than the charter',
  narrower: 'Narrower than the charter',
  same: 'As the charter',
  unread: 'Not observed',
};
