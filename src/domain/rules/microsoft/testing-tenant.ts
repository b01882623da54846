import type { CaPolicyRow } from '../../model/kinds.ts';
import { reading, TODAY } from '../../testing/build.ts';
import { ask } from '../../text/message.ts';
import type { CaInput } from './ca.ts';
import { Directory, type Seat } from './directory.ts';
import { ownDates } from './reports-since.ts';

/** A tenant that is small enough to try every sign-in. */

export const APP = 'aaaaaaaa-0000-4000-8000-0000000000a1';
export const OTHER = 'aaaaaaaa-0000-4000-8000-0000000000a2';
export const STAFF = 'g-staff';
export const GLASS = 'g-glass';
export const SYNC = 'd29b2b05-8046-44ba-8758-1e26182fcf32';
export const ADMINS = '62e90394-69f5-4237-9190-012177145e10';
export const OFFICE = 'loc-office';
export const CAFE = 'loc-cafe';

export interface Person {
  readonly id: string;
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  readonly guest: boolean;
}
export const PEOPLE: readonly Person[] = [
  { id: 'user-1', groups: [STAFF], roles: [], guest: false },
  { id: 'user-2', groups: [], roles: [], guest: false },
  { id: 'user-3', groups: [STAFF], roles: [], guest: true },
];

export const grant = (operator: 'AND' | 'OR', ...controls: string[]) => ({
  operator,
  controls,
  authenticationStrength: null,
});

const seats: readonly Seat[] = PEOPLE.map(({ id, guest }) => ({
  key: `${id}@alder.example.org`,
  name: id,
  keys: new Set([id, `${id}@alder.example.org`]),
  known: true,
  guest,
  member: reading('members', [{ email: `${id}@alder.example.org` }]).rows[0] as Seat['member'],
}));

export function input(policies: readonly CaPolicyRow[]): CaInput {
  const groups = [
    { id: STAFF, name: 'Staff', members: PEOPLE.filter((p) => p.groups.includes(STAFF)).map((p) => p.id) },
    { id: GLASS, name: 'Break glass', members: ['root-1'] },
  ];
  return {
    policies,
    today: TODAY,
    directory: new Directory(reading('entra_groups', groups).rows, null),
    seats,
    seatsWhy: '',
    seatsQuestion: ask('source', 'members', ''),
    approved: {
      emergencyStated: true,
      emergency: new Set([GLASS, 'root-1']),
      unresolved: [],
      inForce: new Set(),
      ended: new Map(),
    },
    enableOn: new Map(),
    reportsSince: ownDates,
    isEgress: () => false,
    isTrusted: (id) => id === OFFICE,
  };
}
