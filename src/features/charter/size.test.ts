import { expect, it } from 'vitest';
import { diffCharters, sameCharter } from '#domain/charter/diff.ts';
import { checkInvariants } from '#domain/charter/invariants.ts';
import { rebase } from '#domain/charter/rebase.ts';
import { tooLarge } from '#domain/charter/size.ts';
import { type Charter, charterSchema } from '#domain/model/charter.ts';
import { sharedCatalogue } from '#sources/catalogue/testing/shared.ts';

const TODAY = '2026-11-24';
const charter = (connectors: number, actions: number, exceptions: number): Charter => {
  const list = Array.from({ length: connectors }, (_, at) => ({
    name: `Server ${at}`,
    kind: 'custom' as const,
    actions: Object.fromEntries(
      Array.from({ length: actions }, (__, n) => [`tool_${at}_${n}`, 'allow' as const]),
    ),
    effects: Object.fromEntries(
      Array.from({ length: actions }, (__, n) => [`tool_${at}_${n}`, 'send' as const]),
    ),
  }));
  const cells = list.flatMap(({ name, actions: named }) =>
    Object.keys(named).map((action) => ({ connector: name, action })),
  );
  return charterSchema.parse({
    connectors: list,
    invariantExceptions: cells
      .slice(0, exceptions)
      .map((cell) => ({ ...cell, until: '2026-01-31', reason: 'The migration' })),
  });
};

it('has a bound, and says what to do beyond it', () => {
  expect(tooLarge(charter(1, 3_000, 1_000))).toBeNull();
  expect(tooLarge(charter(30, 101, 0))).toMatch(/3,030 actions of connectors; at most 3,000 fit/);
  expect(tooLarge(charter(1, 1_001, 1_001))).toMatch(/1,001 exceptions; at most 1,000 fit/);
});

// With quadratic algorithms these took hours and blocked the server.
it.each([
  [1, 3_000],
  [3_000, 1],
  [60, 50],
])('is compared and judged even at its largest: %i connectors of %i actions', (connectors, actions) => {
  const catalogue = sharedCatalogue();
  const largest = charter(connectors, actions, 1_000);
  const changes = diffCharters({}, largest, catalogue, TODAY);
  expect(changes.filter(({ cell }) => cell !== null)).toHaveLength(3_000);
  // Permissions whose exception has ended are blocked by now, as are those not stated.
  expect(changes.filter(({ cell, direction }) => cell !== null && direction === 'looser')).toHaveLength(
    2_000,
  );
  const { broken, uncovered } = checkInvariants(largest, catalogue, TODAY);
  expect([broken.length, uncovered.length]).toEqual([3_000, 3_000]);
  const { charter: kept, overlaps } = rebase({}, largest, charter(connectors, actions, 0));
  expect([sameCharter(kept, largest), overlaps]).toEqual([true, []]);
});
