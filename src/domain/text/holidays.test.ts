import { expect, it } from 'vitest';
import { holidayWords } from './holidays.ts';

it('names a holiday by its day, the day on which it is observed, and any other plainly', () => {
  const named = (day: string) => holidayWords(day);
  expect(named('2026-11-26')).toBe('Thanksgiving Day');
  expect(named('2026-11-27')).toBe('the day after Thanksgiving');
  expect(named('2026-05-25')).toBe('Memorial Day');
  expect(named('2026-05-18')).toBe('a holiday');
  expect(named('2026-12-25')).toBe('Christmas Day');
  // Independence Day 2026 is a Saturday, kept on the Friday; New Year’s Day 2023 was a Sunday.
  expect(named('2026-07-03')).toBe('Independence Day, observed');
  expect(named('2023-01-02')).toBe('New Year’s Day, observed');
  expect(named('2026-01-19')).toBe('Martin Luther King Jr. Day');
});
