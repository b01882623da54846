import { expect, it } from 'vitest';
import type { RosterRow } from '../../model/kinds.ts';
import { because } from '../../rules/outcome.ts';
import { reading, runRule } from '../../testing/build.ts';
import { type RosterDoubt, rosterDoubt } from './concerns.ts';

const unsure = { code: 'unread_status', column: 'State', text: 'Q' } as const;
const person = (n: number, more: Partial<RosterRow>) => ({
  name: `Person ${n}`,
  emails: [`p${n}@alder.example.org`],
  ...more,
});
const roster = (observedOn: string, working: number, unread: number) =>
  reading(
    'roster',
    Array.from({ length: working + unread }, (_, n) =>
      person(n, n < working ? { status: 'active' } : { unsure }),
    ),
    { observedOn, file: `roster-${observedOn}.csv` },
  );

function doubtOf(...rosters: readonly ReturnType<typeof roster>[]): RosterDoubt | null {
  let found: RosterDoubt | null = null;
  const look = {
    decide: (context: Parameters<typeof rosterDoubt>[0]) => {
      found = rosterDoubt(context);
      return because('none', 'Looked.').cannotRead(null);
    },
  };
  runRule(look, {}, { readings: { roster: rosters } });
  return found;
}

it('compares rosters by the people stated to work here, even if many have no status', () => {
  const before = roster('2026-11-10', 20, 10);
  expect(doubtOf(before, roster('2026-11-20', 18, 12))).toBeNull();
  expect(doubtOf(before, roster('2026-11-20', 9, 0))).toMatchObject({ now: 9, before: 20 });
});
// Guide: G6.6-03
