/** A person's place in the comparison of Claude accounts with the roster. Each person has exactly one. */
export const PLACES = [
  'has_left',
  'not_on_roster',
  'to_confirm',
  'matched',
  'no_seat',
  'seatless_account',
  /** In Claude, but there is no roster to compare with. */
  'not_compared',
  'personal_account',
] as const;
export type Place = (typeof PLACES)[number];

/** Lists of the page. `differences` and `everyone` combine several places. */
export const TABS = [
  'differences',
  'has_left',
  'not_on_roster',
  'to_confirm',
  'no_seat',
  'matched',
  'everyone',
  'personal_accounts',
] as const;
export type Tab = (typeof TABS)[number];

/** Decisions about people; the keys of `people` in the charter. */
export const DECISIONS = ['same', 'different', 'shared', 'service', 'guest'] as const;
export type DecisionKind = (typeof DECISIONS)[number];

interface Placed {
  readonly place: Place;
  /** It has an open or accepted difference. */
  readonly differs: boolean;
}

/** Whether a row belongs to a list. The counts beside the lists must use this too. */
export function isIn(tab: Tab, { place, differs }: Placed): boolean {
  switch (tab) {
    case 'differences':
      return differs && place !== 'personal_account';
    case 'everyone':
      return place !== 'personal_account';
    case 'personal_accounts':
      return place === 'personal_account';
    case 'has_left':
    case 'not_on_roster':
    case 'to_confirm':
    case 'no_seat':
    case 'matched':
      return place === tab;
  }
}
