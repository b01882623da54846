import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DecisionInput } from '../src/domain/decide/input.ts';
import { addDays } from '../src/domain/model/day.ts';
import type { Kind } from '../src/domain/model/kinds.ts';
import type { Reading, Readings } from '../src/domain/model/reading.ts';
import type { Verdict } from '../src/domain/model/verdict.ts';
import { cases } from '../src/domain/testing/cases.ts';
import { momentOf } from '../src/features/shared/moment.ts';
import { decideAll, sandboxInput } from './support/sandbox.ts';

let input: DecisionInput;
let kinds: Kind[];
beforeAll(async () => {
  input = await sandboxInput();
  kinds = Object.keys(input.readings) as Kind[];
});

const all = () => Object.entries(input.readings) as [Kind, readonly Reading[]][];
const withReadings = (readings: Readings): DecisionInput => ({ ...input, readings });
const only = (chosen: ReadonlySet<Kind>) =>
  withReadings(Object.fromEntries(all().filter(([kind]) => chosen.has(kind))) as Readings);

/** Documents are answers rather than readings; a pass may depend on them alone. */
const ANSWERS = new Set(['charter', 'journal', 'attestations', 'plan', 'profile', 'catalogue']);

/**
 * Readings that identify people or applications. Adding one may correctly turn a fail into a pass, e.g. if an unknown
 * address is an alias of a colleague. No other kind may do so.
 */
const IDENTIFY = new Set<Kind>([
  'entra_users',
  'entra_groups',
  'service_principals',
  'named_locations',
  'roster',
]);

describe('verdicts of the sandbox association', () => {
  it('rest on what was given: whatever is left out, no pass cites it', () => {
    fc.assert(
      fc.property(fc.subarray(kinds), (chosen) => {
        const given = new Set<string>([...chosen, ...ANSWERS]);
        for (const verdict of decideAll(only(new Set(chosen))).values()) {
          if (verdict.state !== 'pass') continue;
          expect(verdict.evidence.length, verdict.control).toBeGreaterThan(0);
          for (const evidence of verdict.evidence)
            expect(given.has(evidence.kind), `${verdict.control} cites ${evidence.kind}`).toBe(true);
        }
      }),
      { numRuns: cases(60) },
    );
  });

  it('never turn from fail to pass because one more file was brought', () => {
    fc.assert(
      fc.property(fc.subarray(kinds), fc.integer({ min: 0, max: kinds.length - 1 }), (chosen, index) => {
        const added = kinds[index];
        if (added === undefined || IDENTIFY.has(added)) return;
        const before = decideAll(only(new Set(chosen.filter((kind) => kind !== added))));
        const after = decideAll(only(new Set([...chosen, added])));
        for (const [id, was] of before) {
          if (was.state === 'fail')
            expect(after.get(id)?.state, `${id} after ${added}: ${was.reason}`).not.toBe('pass');
        }
      }),
      { numRuns: cases(80) },
    );
  });

  it('pass on no reading once all of them are a year and a half old', () => {
    const day = addDays(input.today, 550);
    const late: DecisionInput = { ...input, ...momentOf(day, input.profile.timezone) };
    for (const verdict of decideAll(late).values()) {
      if (verdict.state !== 'pass') continue;
      const read = verdict.evidence.filter((evidence) => !ANSWERS.has(evidence.kind));
      expect(read, `${verdict.control}: ${verdict.reason}`).toEqual([]);
    }
  });

  it('hold to the day that each gives as good until, and rest on no reading of people beyond 30 days', () => {
    for (const verdict of decideAll(input).values()) {
      for (const evidence of verdict.goodUntil ? verdict.evidence : []) {
        if (!['members', 'roster', 'entra_users'].includes(evidence.kind)) continue;
        expect((verdict.goodUntil ?? '') <= addDays(evidence.observedOn, 30), verdict.control).toBe(true);
      }
    }
  });

  it('do not exist for the day before anything was read', () => {
    const early: DecisionInput = {
      ...input,
      charter: null,
      journal: null,
      attestations: [],
      ...momentOf('2024-01-01', input.profile.timezone),
    };
    for (const verdict of decideAll(early).values()) {
      if (verdict.state === 'pass' || verdict.state === 'fail') {
        expect(
          verdict.evidence.filter((evidence) => !ANSWERS.has(evidence.kind)),
          verdict.control,
        ).toEqual([]);
      }
    }
  });

  it('do not depend on the order of rows or on file names', () => {
    const before = [...decideAll(input).values()].map(essence);
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), fc.string({ minLength: 1, maxLength: 12 }), (chance, name) => {
        const shuffled = all().map(([kind, readings]) => [
          kind,
          readings.map((reading, index) => {
            const file = `${name}-${kind}-${index}`;
            const keyed = reading.rows.map((row) => ({ key: chance.next().value as number, row }));
            const rows = keyed.sort((a, b) => a.key - b.key).map(({ row }) => ({ ...row, file }));
            return { ...reading, file, rows };
          }),
        ]);
        const after = decideAll(withReadings(Object.fromEntries(shuffled) as Readings));
        expect([...after.values()].map(essence)).toEqual(before);
      }),
      { numRuns: cases(15) },
    );
  });
});

/** State and listed items only: the order of names in a sentence follows the file and may differ. */
function essence(verdict: Verdict): object {
  return {
    control: verdict.control,
    state: verdict.state,
    items: verdict.items.map((item) => item.key).sort(),
  };
}
