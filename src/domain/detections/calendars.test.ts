import { expect, it } from 'vitest';
import { localTime } from '../model/local-time.ts';
import { calendarsOf } from './calendars.ts';

const hours = (start: string) => ({ start, end: '18:00', days: ['mon' as const] });
const dayIn = (zone: string) => (at: string) => localTime(at, zone)?.day ?? '';
const settings = (from: string, holidays: string[], start?: string) => ({
  from,
  value: {
    domains: ['example.org'],
    holidays,
    ...(start === undefined ? {} : { normalHours: hours(start) }),
  },
});
const ALWAYS = '1970-01-01T00:00:00.000Z';

it('is the calendar that was in force when the day began', () => {
  const of = calendarsOf(
    [
      settings(ALWAYS, [], '09:00'),
      settings('2026-11-10T15:00:00.000Z', ['2026-12-25'], '06:00'),
      // Midnight in New York, so the new settings apply to the whole day.
      settings('2026-11-20T05:00:00.000Z', ['2026-12-25'], '07:00'),
    ],
    dayIn('America/New_York'),
  );
  const starts = ['2020-01-01', '2026-11-10', '2026-11-11', '2026-11-19', '2026-11-20', '2030-01-01'];
  expect(starts.map((day) => of(day).normalHours?.start)).toEqual([
    '09:00',
    '09:00',
    '06:00',
    '06:00',
    '07:00',
    '07:00',
  ]);
  expect(of('2026-11-10').holidays).toEqual([]);
  expect(of('2026-11-11').holidays).toEqual(['2026-12-25']);
});

it('uses the first stated hours for earlier days, and none after hours are removed', () => {
  const of = calendarsOf(
    [
      settings(ALWAYS, []),
      settings('2026-11-10T00:00:00.000Z', [], '09:00'),
      settings('2026-11-15T00:00:00.000Z', []),
    ],
    dayIn('UTC'),
  );
  expect(['2026-11-01', '2026-11-10', '2026-11-14', '2026-11-15'].map((day) => of(day).normalHours)).toEqual([
    hours('09:00'),
    hours('09:00'),
    hours('09:00'),
    null,
  ]);
});
