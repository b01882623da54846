import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  holesOf,
  type NumberRange,
  type TelemetryFacts,
  telemetryLedger,
  united,
  without,
  withRanges,
} from './telemetry-ledger.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 20) + hour * 3_600_000).toISOString();
const span = (from: number, to: number) => ({ from: at(from), to: at(to) });
const PERIOD = span(0, 24);
const NOTHING: TelemetryFacts = {
  first: at(-100),
  forgotten: false,
  heard: [],
  refused: [],
  open: [span(-200, 100)],
  down: [],
  holes: [],
  silent: [],
};
const ledger = (facts: Partial<TelemetryFacts>) =>
  telemetryLedger({ ...NOTHING, ...facts }, PERIOD).map(({ from, to, gap }) => [
    (Date.parse(from) - Date.parse(at(0))) / 3_600_000,
    (Date.parse(to) - Date.parse(at(0))) / 3_600_000,
    gap,
  ]);

describe('what is known to be missing of telemetry', () => {
  it('is empty when nothing is known', () => {
    expect(ledger({})).toEqual([[0, 24, null]]);
  });
  it('lists each gap with its cause, the most exact cause first', () => {
    expect(
      ledger({
        first: at(2),
        refused: [span(4, 5)],
        down: [span(8, 9)],
        open: [span(-200, 12), span(14, 100)],
        holes: [span(8.5, 10)],
        silent: [span(11, 16)],
      }),
    ).toEqual([
      [0, 2, 'no_sender'],
      [2, 4, null],
      [4, 5, 'refused'],
      [5, 8, null],
      [8, 8.5, 'server_down'],
      [8.5, 10, 'lost_on_the_way'],
      [10, 11, null],
      [11, 12, 'silent'],
      [12, 14, 'no_token'],
      [14, 16, 'silent'],
      [16, 24, null],
    ]);
  });
  it('counts an hour with data as open, whatever happened to the token later', () => {
    expect(ledger({ open: [], heard: [span(3, 4)] })).toEqual([
      [0, 3, 'no_token'],
      [3, 4, null],
      [4, 24, 'no_token'],
    ]);
  });
  it('distinguishes forgotten from never sent, and refused before anything was accepted', () => {
    expect(ledger({ first: at(3), forgotten: true })[0]).toEqual([0, 3, 'not_known']);
    expect(ledger({ first: null, refused: [span(1, 2)] })).toEqual([
      [0, 1, 'no_sender'],
      [1, 2, 'refused'],
      [2, 24, 'no_sender'],
    ]);
  });
  it('covers the whole period in order without holes, and no part of a gap is called complete', () => {
    const spans = fc.array(
      fc
        .tuple(fc.integer({ min: -5, max: 30 }), fc.integer({ min: 0, max: 9 }))
        .map(([a, n]) => span(a, a + n)),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(spans, spans, spans, spans, (refused, down, holes, silent) => {
        const list = telemetryLedger({ ...NOTHING, refused, down, holes, silent }, PERIOD);
        expect(list[0]?.from).toBe(PERIOD.from);
        expect(list.at(-1)?.to).toBe(PERIOD.to);
        for (const [index, one] of list.entries()) if (index > 0) expect(one.from).toBe(list[index - 1]?.to);
        const gaps = united([...refused, ...down, ...holes, ...silent]);
        const clear = list.filter(({ gap }) => gap === null);
        expect(without(clear, gaps)).toEqual(clear.map(({ from, to }) => ({ from, to })));
      }),
    );
  });
});

describe('the numbers of a session', () => {
  const range = (first: number, last = first): NumberRange => ({
    first,
    last,
    from: at(first),
    to: at(last),
  });
  it('have a hole where numbers are missing, and none before the first', () => {
    const ranges = withRanges([range(2, 4)], [range(8, 9)]);
    expect(holesOf(ranges)).toEqual([{ ...span(4, 8), missing: 3 }]);
    expect(holesOf(withRanges(ranges, [range(5, 7)]))).toEqual([]);
  });
  it('restart when a session continues in another process', () => {
    const again = { ...range(0, 3), from: at(30), to: at(33) };
    expect(withRanges([range(0, 10)], [again])).toEqual([range(0, 10)]);
  });
  it('give the same result in any order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 60 })),
        fc.integer({ min: 1, max: 5 }),
        (all, size) => {
          const sorted = withRanges(
            [],
            all.map((n) => range(n)),
          );
          let known: NumberRange[] = [];
          for (let n = 0; n < all.length; n += size)
            known = withRanges(
              known,
              all.slice(n, n + size).map((one) => range(one)),
            );
          expect(known).toEqual(sorted);
          const missing = holesOf(sorted).reduce((sum, hole) => sum + hole.missing, 0);
          expect(missing).toBe(all.length === 0 ? 0 : Math.max(...all) - Math.min(...all) + 1 - all.length);
        },
      ),
    );
  });
});
