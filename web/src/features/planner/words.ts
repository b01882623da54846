import type { client as calls } from '../../api.ts';

export type Shown = Awaited<ReturnType<typeof calls.planner.show>>;
export type Compared = Awaited<ReturnType<typeof calls.planner.compare>>;
export type Paths = Awaited<ReturnType<typeof calls.planner.paths>>;
export type Column = Compared['today'];
export type Risk = Compared['risks'][number];
export type Cover = Column['risks'][number];
export type Offer = Shown['offers'][number];
export type Quote = Shown['quotes'][number];
export type Saved = Awaited<ReturnType<typeof calls.planner.comparisons>>['items'][number];
/** Returns a callback that adds a set to the comparison; null: there is no room, no set, or it is already compared. */
export type Comparing = (sets: string) => (() => void) | null;

/** Explicitly no goal. Without a goal in the URL, the first goal not yet reached is shown. */
export const NO_GOAL = 'none';
/** The most sets beside today. */
export const MAX_SETS = 4;

/** Parses sets as URL and server encode them: commas within a set, semicolons between sets. */
export function setsOf(text: string): string[][] {
  return text
    .split(';')
    .map((set) => set.split(',').filter((id) => id !== ''))
    .filter((set) => set.length > 0);
}

export function textOf(sets: readonly (readonly string[])[]): string {
  return sets
    .filter((set) => set.length > 0)
    .map((set) => set.join(','))
    .join(';');
}

/** "set A" for "Set A", within a sentence. */
export function inSentence(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}

export const PER_WORDS = { seat: 'seat', person: 'person', client: 'client' } as const;

export const KIND_WORDS: Readonly<Record<Offer['kind'], string>> = {
  claude: 'Claude plan',
  m365: 'Microsoft license',
  add_on: 'Microsoft add-ons',
  gateway: 'Network',
  devices: 'Devices',
  siem: 'Security monitoring',
};
export const KINDS = [
  'claude',
  'm365',
  'add_on',
  'gateway',
  'devices',
  'siem',
] as const satisfies readonly Offer['kind'][];

/** The number of controls that apply to the client. */
export function applying({ count }: Pick<Column, 'count'>): number {
  return count.enforceable + count.policy_only + count.not_licensed + count.unknown;
}
