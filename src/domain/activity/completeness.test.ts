import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeSince, isComplete, ledgerOf, type Span, withSpan } from './completeness.ts';

const t = (hour: number) => new Date(Date.UTC(2026, 10, 20, hour)).toISOString();
const whole = (from: number, to: number): Span => ({ from: t(from), to: t(to), gap: null, mendable: true });
const off = (from: number, to: number): Span => ({
  from: t(from),
  to: t(to),
  gap: 'recording_off',
  mendable: false,
});
const held = (from: number, to: number): Span => ({
  from: t(from),
  to: t(to),
  gap: 'key_refused',
  mendable: true,
});
const all = (...spans: Span[]) => spans.reduce<Span[]>((list, span) => withSpan(list, span), []);

describe('the completeness ledger', () => {
  it('joins adjacent and overlapping spans in any order', () => {
    expect(all(whole(1, 2), whole(2, 3))).toEqual([whole(1, 3)]);
    expect(all(whole(4, 6), whole(1, 2), whole(2, 5))).toEqual([whole(1, 6)]);
    expect(all(whole(1, 2), whole(1, 1))).toEqual([whole(1, 2)]);
  });

  it('lets a later reading fill a span that was only waiting', () => {
    expect(all(held(1, 5), whole(2, 5))).toEqual([held(1, 2), whole(2, 5)]);
    expect(all(whole(0, 1), held(1, 5), whole(1, 5))).toEqual([whole(0, 5)]);
  });

  it('never fills time in which nothing was recorded, in either order', () => {
    const ledger = [whole(0, 2), off(2, 4), whole(4, 6)];
    expect(all(whole(0, 6), off(2, 4))).toEqual(ledger);
    expect(all(off(2, 4), whole(0, 6))).toEqual(ledger);
    expect(all(off(2, 4), held(3, 6), whole(0, 6))).toEqual(ledger);
  });

  it('reports what is missing before, between and after readings', () => {
    expect(
      ledgerOf([whole(2, 3), whole(5, 6)], { from: t(1), to: t(8) }, null).map(({ gap }) => gap),
    ).toEqual(['not_read', null, 'not_read', null, 'not_read']);
    const refused = ledgerOf(
      [whole(1, 6)],
      { from: t(2), to: t(8) },
      { cause: 'key_refused', mendable: true },
    );
    expect(refused).toEqual([whole(2, 6), held(6, 8)]);
    expect(completeSince(refused)).toEqual({ from: t(2), to: t(6) });
    expect(ledgerOf([], { from: t(1), to: t(2) }, null)).toEqual([
      { from: t(1), to: t(2), gap: 'not_read', mendable: true },
    ]);
  });

  it('calls a period complete only if a single span covers it', () => {
    const spans = all(whole(0, 10), off(4, 5));
    expect(isComplete(spans, { from: t(1), to: t(4) })).toBe(true);
    expect(isComplete(spans, { from: t(1), to: t(6) })).toBe(false);
    expect(isComplete(spans, { from: t(5), to: t(11) })).toBe(false);
  });

  it('stays sorted without overlaps and never calls lost time complete', () => {
    const hour = fc.integer({ min: 0, max: 40 });
    const span = fc
      .tuple(hour, hour, fc.constantFrom(whole, off, held))
      .map(([a, b, make]) => make(Math.min(a, b), Math.max(a, b)));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), (spans) => {
        const ledger = all(...spans);
        for (const [at, one] of ledger.entries()) {
          expect(one.from < one.to).toBe(true);
          const next = ledger[at + 1];
          if (next !== undefined) expect(one.to <= next.from).toBe(true);
        }
        for (let h = 0; h < 40; h += 1) {
          const at = { from: t(h), to: t(h + 1) };
          const lost = spans.some((one) => !one.mendable && one.from <= at.from && one.to >= at.to);
          if (lost) expect(isComplete(ledger, at)).toBe(false);
          const read = spans.findLast((one) => one.from <= at.from && one.to >= at.to);
          if (!lost && read !== undefined) expect(isComplete(ledger, at)).toBe(read.gap === null);
        }
      }),
    );
  });
});
