import { expect, it, test } from 'vitest';
import { momentWords, timeWords } from './moments.ts';

it('writes an instant by the clock of its zone, and any other text as it is', () => {
  expect(momentWords('2026-11-24T20:05:09Z', 'America/New_York')).toBe('Nov 24, 2026, 3:05 PM');
  expect(momentWords(new Date('2026-11-24T05:05:09Z'), 'America/New_York', 'medium')).toBe(
    'Nov 24, 2026, 12:05:09 AM',
  );
  expect(momentWords('soon', 'UTC')).toBe('soon');
});

test.each([
  ['00:00', '12:00 AM'],
  ['07:30', '7:30 AM'],
  ['12:05', '12:05 PM'],
  ['23:59', '11:59 PM'],
  ['24:00', '12:00 AM'],
  ['noon', 'noon'],
])('the time %s reads as %s', (time, words) => {
  expect(timeWords(time)).toBe(words);
});
