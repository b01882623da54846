import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecurringTask } from '../model/cadence.ts';
import { addDays, addMonths, daysBetween } from '../model/day.ts';
import { everyWords, isLooser, nextDue } from './cadence.ts';

const task = (every: RecurringTask['every']): RecurringTask => ({
  id: 'a',
  title: 'A',
  action: 'Do A',
  every,
  who: 'IT admin',
  minutes: 10,
  why: 'Because.',
  guide: ['G3.4-01'],
  steps: [{ do: 'Look.' }],
  proof: ['CLA-OPS-01'],
  sources: [],
});

describe('the next day', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-08-31', 6, '2027-02-28'],
  ])('%s and %s months is %s', (from, months, to) => {
    expect(addMonths(from, months)).toBe(to);
  });

  it('is never later than the days that the controls allow', () => {
    // From March 1, six months are 184 days, but the control counts 183.
    expect(nextDue(task({ months: 6 }), null, '2026-03-01')).toBe(addDays('2026-03-01', 183));
    const windows = { 1: 31, 3: 92, 6: 183 } as const;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), fc.constantFrom<1 | 3 | 6>(1, 3, 6), (days, months) => {
        const done = addDays('2024-01-01', days);
        const next = nextDue(task({ months }), null, done) ?? '';
        expect(daysBetween(done, next)).toBeLessThanOrEqual(windows[months]);
        expect(daysBetween(done, next)).toBeGreaterThanOrEqual(28 * months);
      }),
    );
  });

  it('follows the client’s own interval, and has no day for an event', () => {
    expect(nextDue(task({ months: 3 }), 1, '2026-11-24')).toBe('2026-12-24');
    expect(nextDue(task({ event: 'Whenever someone leaves' }), null, '2026-11-24')).toBeNull();
    expect(everyWords(task({ months: 3 }), 1)).toBe('Every month');
    expect(everyWords(task({ event: 'Whenever someone leaves' }), null)).toBe('Whenever someone leaves');
    expect([isLooser(task({ months: 3 }), 6), isLooser(task({ months: 3 }), 1)]).toEqual([true, false]);
  });
});
