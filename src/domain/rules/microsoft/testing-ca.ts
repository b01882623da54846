import type { CaPolicyRow } from '../../model/kinds.ts';
import { reading, TODAY } from '../../testing/build.ts';
import { ask } from '../../text/message.ts';
import { type CaInput, evaluate } from './ca.ts';
import { REQUIREMENTS } from './ca-policy.ts';
import { Directory, type Seat } from './directory.ts';
import { ownDates } from './reports-since.ts';

/** Policies, two seats and a directory for tests of the Conditional Access evaluator. */

export const SSO = 'aaaaaaaa-0000-4000-8000-0000000000a1';
export const GROUP = 'bbbbbbbb-0000-4000-8000-0000000000e1';
export const STAFF = 'bbbbbbbb-0000-4000-8000-0000000000e2';
export const mfa = { operator: 'OR', controls: ['mfa'], authenticationStrength: null } as const;

export function policy(parts: Partial<CaPolicyRow> = {}): CaPolicyRow {
  const base = {
    id: `p-${JSON.stringify(parts).length}`,
    name: 'Policy',
    state: 'enabled',
    includeApplications: [SSO],
    includeUsers: ['All'],
    grant: mfa,
    createdAt: `${TODAY}T00:00:00Z`,
  } as const;
  const [row] = reading('ca_policies', [{ ...base, ...parts }]).rows;
  if (!row || 'unread' in row) throw new Error('no row');
  return row;
}

export function seat(n: number, known = true): Seat {
  return {
    key: `m${n}@alder.example.org`,
    name: `Member ${n}`,
    keys: new Set([`m${n}@alder.example.org`, ...(known ? [`user-${n}`] : [])]),
    known,
    guest: false,
    member: reading('members', [{ email: `m${n}@alder.example.org` }]).rows[0] as Seat['member'],
  };
}

export function input(policies: readonly CaPolicyRow[], parts: Partial<CaInput> = {}): CaInput {
  return {
    policies,
    today: TODAY,
    directory: new Directory(null, null),
    seats: [seat(1), seat(2)],
    seatsWhy: 'The members file has not been provided.',
    seatsQuestion: ask('source', 'members', 'Import the members file.'),
    approved: {
      emergencyStated: true,
      emergency: new Set(),
      unresolved: [],
      inForce: new Set(),
      ended: new Map(),
    },
    enableOn: new Map(),
    reportsSince: ownDates,
    isEgress: () => false,
    isTrusted: () => false,
    ...parts,
  };
}

export function groups(rows: readonly { id: string; name: string; members: string[] | null }[]): Directory {
  return new Directory(reading('entra_groups', rows).rows, null);
}

export const is = (
  policies: readonly CaPolicyRow[],
  parts: Partial<CaInput> = {},
  requirement: keyof typeof REQUIREMENTS = 'mfa',
) => evaluate(SSO, REQUIREMENTS[requirement], input(policies, parts)).is;
