import type { MemberRow, RosterRow } from '../../model/kinds.ts';
import { type Given, reading, runRule } from '../../testing/build.ts';
import type { seatDomains } from './seat-domains.ts';

/** Helpers for the tests of this folder and of personal accounts. */
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

/** Runs a rule of this folder on the given parts. */
export const run = (
  rule: { decide(context: never, params: object): ReturnType<typeof seatDomains.decide> },
  parts: Given,
) => runRule(rule as typeof seatDomains, {}, parts);
/** A members file and a roster of the same day. */
export const files = (people: Parameters<typeof members>[0], staff: Parameters<typeof roster>[0]) => ({
  members: members(people),
  roster: roster(staff),
});
