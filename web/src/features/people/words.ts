import { PEOPLE_DECISION_WORDS, PEOPLE_TAB_WORDS } from '../../../../src/domain/labels.ts';
import type { client as calls } from '../../api.ts';

type List = Awaited<ReturnType<typeof calls.people.list>>;
export type Person = List['items'][number];
export type Tab = List['tab'];
export type Place = Person['place'];
export type Kind = Person['decisions'][number]['kind'];
export type Decision = Person['decisions'][number];

export const TABS = [
  'differences',
  'has_left',
  'not_on_roster',
  'to_confirm',
  'no_seat',
  'matched',
  'everyone',
  'personal_accounts',
] as const satisfies readonly Tab[];

export const TAB_WORDS: Readonly<Record<Tab, string>> = PEOPLE_TAB_WORDS;

export const PLACE_WORDS: Readonly<Record<Place, string>> = {
  has_left: 'Has left but holds a seat',
  not_on_roster: 'Holds a seat, not on the roster',
  to_confirm: 'One person or two?',
  no_seat: 'On the roster, no seat',
  matched: 'In Claude and on the roster',
  seatless_account: 'In Claude, uses no seat',
  not_compared: 'In Claude, not compared with a roster',
  personal_account: 'Outside the organization',
};
/** Headings of a list that contains several groups, in order. */
export const GROUPS = (
  [
    'has_left',
    'not_on_roster',
    'to_confirm',
    'no_seat',
    'matched',
    'seatless_account',
    'not_compared',
    'personal_account',
  ] as const satisfies readonly Place[]
).map((key) => ({ key, label: PLACE_WORDS[key] }));

export const KIND_WORDS: Readonly<Record<Kind, string>> = PEOPLE_DECISION_WORDS;

export function decisionText({ kind, addresses }: Pick<Decision, 'kind' | 'addresses'>): string {
  const pair = kind === 'same' || kind === 'different';
  return `${addresses.join(' and ')} ${pair ? 'are' : 'is'} ${KIND_WORDS[kind]}`;
}

/** Text for an empty group. */
export function peopleCount(n: number): string {
  return n === 1 ? '1 person' : `${n} people`;
}

/** Whether the account can be marked as shared, service or guest: it has an address and a seat, and is undecided. */
export function canBeNamed(row: Person): boolean {
  return row.key !== null && (row.place === 'not_on_roster' || row.place === 'to_confirm');
}

/** The only record that may belong to the account, if there is exactly one. */
export function onlyCandidate(row: Person): string | null {
  const [record, ...more] = row.roster;
  return row.place === 'to_confirm' && row.key !== null && more.length === 0 ? (record?.key ?? null) : null;
}
