import type { MemberRow, RosterRow } from '../../model/kinds.ts';
import { reading } from '../../testing/build.ts';

/** Short forms for the tests of this folder and of personal accounts. */
export const at = (name: string) => `${name}@alder.example.org`;

export function members(rows: readonly Partial<MemberRow>[], observedOn = '2026-11-20') {
  return [
    reading(
      'members',
      rows.map((row) => ({ role: 'user' as const, status: 'active' as const, seat: 'Standard', ...row })),
      { observedOn },
    ),
  ];
}

export function roster(rows: readonly Partial<RosterRow>[], observedOn = '2026-11-20') {
  return [
    reading(
      'roster',
      rows.map((row) => ({ status: 'active' as const, ...row })),
      { observedOn },
    ),
  ];
}

/** A matching member and staff record. */
export const dana = { email: at('dana'), name: 'Dana Whitlock' };
export const kim = { email: at('kim'), name: 'Kim Osei' };
export const noor = { email: at('noor'), name: 'Noor Vasquez' };
export const staffOf = (...people: readonly { email: string; name: string }[]) =>
  people.map(({ email, name }) => ({ emails: [email], name }));
export const keys = (outcome: { items: readonly { key: string }[] }) => outcome.items.map((item) => item.key);
