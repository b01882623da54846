import { expect, test } from 'vitest';
import { dayWords, exactWords, whenWords } from './time.ts';

const now = new Date('2026-11-24T09:14:00Z');

test.each([
  ['2026-11-24T09:13:40Z', 'Just now'],
  ['2026-11-24T08:40:00Z', '34 min ago'],
  ['2026-11-24T09:52:00Z', 'in 38 min'],
  ['2026-11-24T06:01:00Z', 'Today, 06:01'],
  ['2026-11-23T17:02:00Z', 'Yesterday, 17:02'],
  ['2026-11-25T09:00:00Z', 'Tomorrow, 09:00'],
  ['2026-11-20T12:00:00Z', '20 Nov'],
  ['2026-09-08T12:00:00Z', '8 Sep'],
  ['2025-12-31T12:00:00Z', '31 Dec 2025'],
])('%s reads as "%s" in London', (at, words) => {
  expect(whenWords('Europe/London', new Date(at), now)).toBe(words);
});

test.each([
  ['2026-11-24', 'Today'],
  ['2026-11-23', 'Yesterday'],
  ['2026-09-08', '8 Sep'],
  ['2025-12-31', '31 Dec 2025'],
])('the day %s reads as "%s", without a time', (day, words) => {
  expect(dayWords('Europe/London', day, now)).toBe(words);
});

test('the day is the one of the client’s zone, not of the reader', () => {
  expect(whenWords('Pacific/Auckland', new Date('2026-11-23T11:30:00Z'), now)).toBe('Today, 00:30');
  expect(exactWords('Asia/Tokyo', now)).toBe('Tue 24 Nov 2026, 18:14:00 Asia/Tokyo');
});
