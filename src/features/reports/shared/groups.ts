import { SEVERITIES, STATES, type State } from '#domain/model/verdict.ts';
import type { Report } from '../model.ts';

type Control = Report['controls'][number];
type Person = Report['people']['owners'][number];

export interface StateGroup {
  readonly state: State;
  readonly controls: readonly Control[];
  readonly areas: readonly {
    readonly area: Control['area'];
    readonly name: string;
    readonly controls: readonly Control[];
  }[];
}

const byWeight = (a: Control, b: Control) =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (a.id < b.id ? -1 : 1);

/** Controls by state in the fixed order, inside a state by area, inside an area the gravest first. Empty groups are left out. */
export function groupByState(report: Report): readonly StateGroup[] {
  return STATES.map((state) => {
    const controls = report.controls.filter((control) => control.state === state);
    const areas = report.areas
      .map(({ area, name }) => ({
        area,
        name,
        controls: controls.filter((control) => control.area === area).sort(byWeight),
      }))
      .filter((group) => group.controls.length > 0);
    return { state, controls: areas.flatMap((group) => group.controls), areas };
  }).filter((group) => group.controls.length > 0);
}

export interface PeopleList {
  readonly key: string;
  readonly title: string;
  /** What being in this list means. */
  readonly lead: string;
  /** What to say when nobody is in it. */
  readonly empty: string;
  readonly control: string | null;
  readonly people: readonly (Person & { readonly aside: string | null })[];
  /** How many are in it; null: nothing says so, which is not 0. */
  readonly count: number | null;
}

/**
 * The people lists in the order in which they are read: who must go first, who is only for information last.
 * An empty list says that nobody is in it only where the control behind it was read; otherwise it says why not.
 */
export function peopleLists(report: Report): readonly PeopleList[] {
  const { people } = report;
  const controls = new Map(report.controls.map((control) => [control.id, control]));
  const list = (
    key: string,
    control: string | null,
    [title, lead, empty]: readonly [string, string, string],
    listed: readonly Person[] | null,
    aside: (index: number) => string | null = () => null,
  ): PeopleList => {
    const behind = control === null ? undefined : controls.get(control);
    const rows = listed ?? [];
    const unread =
      behind?.state === 'cannot_read'
        ? behind.reason
        : listed === null
          ? NO_REPORT
          : people.ready
            ? null
            : people.why;
    return {
      key,
      title,
      control: behind ? behind.id : null,
      lead,
      empty: unread === null ? empty : `Nothing is claimed here. ${unread}`,
      people: rows.map((person, index) => ({ ...person, aside: aside(index) })),
      count: unread !== null && rows.length === 0 ? null : rows.length,
    };
  };
  const sure = (rows: readonly { certain: boolean }[]) => (index: number) =>
    rows[index]?.certain ? null : 'Judging by the address';
  return [
    list('leavers', 'CLA-ACC-07', WORDS.leavers, people.leavers, (index) =>
      seatKept(people.leavers[index]?.days ?? null),
    ),
    list('not-on-roster', 'CLA-ACC-13', WORDS.notOnRoster, people.notOnRoster),
    list('to-confirm', 'CLA-ACC-13', WORDS.toConfirm, people.toConfirm),
    list('personal-accounts', 'CLA-SHA-03', WORDS.personalAccounts, people.personalAccounts),
    list('guests', 'CLA-ACC-09', WORDS.guests, people.guests),
    list('shared', 'CLA-ACC-08', WORDS.shared, people.shared, sure(people.shared)),
    list('service', 'CLA-ACC-08', WORDS.service, people.service, sure(people.service)),
    list('owners', 'CLA-ACC-02', WORDS.owners, people.owners),
    list('without-seat', null, WORDS.withoutSeat, people.withoutSeat),
  ];
}

/** Why a list of personal accounts is not there, where its control was decided by something else. */
const NO_REPORT = 'There is no current Domain memberships report.';

function seatKept(days: number | null): string {
  if (days === null) return 'Still holds a seat; the last day is not known';
  return `Still holds a seat after ${days} ${days === 1 ? 'day' : 'days'}`;
}

/** Title, what being in the list means, and what to say when nobody is. */
const WORDS = {
  leavers: [
    'Has left but holds a seat',
    'The roster gives a last day in the past.',
    'No one who has left holds a seat.',
  ],
  notOnRoster: [
    'Holds a seat, not on the roster',
    'No staff record was found for the seat.',
    'Every seat belongs to someone on the roster.',
  ],
  toConfirm: [
    'One person or two?',
    'The records match only by name. A person has to decide; nothing was merged.',
    'No match is left to confirm.',
  ],
  personalAccounts: [
    'Personal accounts on our domains',
    'Claude accounts opened with a work address outside the organization.',
    'The Domain memberships report lists none.',
  ],
  guests: [
    'Guests and outside people',
    'The address is outside our domains, or the directory marks a guest.',
    'No guest holds a seat.',
  ],
  shared: ['Shared mailboxes', 'Several people can open the address.', 'No shared mailbox holds a seat.'],
  service: ['Service accounts', 'No one is behind the address.', 'No service account holds a seat.'],
  owners: ['Owners', 'They can change the settings of the organization.', 'The members file lists no owner.'],
  withoutSeat: [
    'On the roster, no seat',
    'Current staff without a Claude seat, for information.',
    'Everyone on the roster holds a seat.',
  ],
} as const;

/** Facts where guide and vendor differ, contradictions first. */
export function differences(facts: Report['facts']): Report['facts'] {
  const order = ['contradicts', 'narrows', 'updates', 'adds', 'unconfirmed'];
  return facts
    .filter((fact) => fact.status !== 'agrees')
    .sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || (a.id < b.id ? -1 : 1));
}
