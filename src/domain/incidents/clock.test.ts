import { expect, it } from 'vitest';
import { dueAt, tookWords, withinWords } from './clock.ts';

it.each([
  // In New York, daylight saving time ends at 06:00Z on Nov 1, 2026, and starts at 07:00Z on Mar 14, 2027.
  ['2026-11-01T04:30:00Z', { hours: 4 }, '2026-11-01T08:30:00.000Z', '4 hours'],
  ['2026-10-31T16:00:00Z', { days: 1 }, '2026-11-01T16:00:00.000Z', '1 day'],
  ['2027-03-14T06:30:00Z', { hours: 1 }, '2027-03-14T07:30:00.000Z', '1 hour'],
  ['2027-03-13T17:00:00Z', { hours: 72 }, '2027-03-16T17:00:00.000Z', '3 days'],
] as const)(
  'a clock that starts at %s runs as long as it says, whatever the clocks on the wall do',
  (noticed, within, due, took) => {
    const from = new Date(noticed);
    expect(dueAt(from, within).toISOString()).toBe(due);
    expect(tookWords(from, dueAt(from, within))).toBe(took);
  },
);

it('gives a time in its two largest units, and never a negative one', () => {
  const from = new Date('2026-11-01T04:30:00Z');
  expect(tookWords(from, new Date('2026-11-01T07:35:00Z'))).toBe('3 hours and 5 minutes');
  expect(tookWords(from, new Date('2026-11-01T04:00:00Z'))).toBe('0 minutes');
  expect([{ minutes: 30 }, { hours: 4 }, { days: 2 }].map((within) => withinWords(within))).toEqual([
    'within 30 minutes',
    'within 4 hours',
    'within 2 days',
  ]);
});
// Guide: G7.2-00
