import { expect, test } from 'vitest';
import { dayIn, dayTimeWords, dayWords, exactWords, inSentence, whenWords } from './time.ts';

const now = new Date('2026-11-24T09:14:00Z');

test.each([
  ['2026-11-24T09:13:40Z', 'Just now'],
  ['2026-11-24T08:40:00Z', '34 min ago'],
  ['2026-11-24T09:52:00Z', 'in 38 min'],
  ['2026-11-24T06:01:00Z', 'Today, 6:01 AM'],
  ['2026-11-23T17:02:00Z', 'Yesterday, 5:02 PM'],
  ['2026-11-25T09:00:00Z', 'Tomorrow, 9:00 AM'],
  ['2026-11-20T12:00:00Z', 'Nov 20'],
  ['2026-09-08T12:00:00Z', 'Sep 8'],
  ['2025-12-31T12:00:00Z', 'Dec 31, 2025'],
])('%s reads as "%s" in London', (at, words) => {
  expect(whenWords('Europe/London', new Date(at), now)).toBe(words);
});

test.each([
  ['2026-11-24', 'Today'],
  ['2026-11-23', 'Yesterday'],
  ['2026-11-25', 'Tomorrow'],
  ['2026-09-08', 'Sep 8'],
  ['2025-12-31', 'Dec 31, 2025'],
])('the day %s reads as "%s", without a time', (day, words) => {
  expect(dayWords('Europe/London', day, now)).toBe(words);
});

test('a day with its time names the time once', () => {
  expect(dayTimeWords('Europe/London', new Date('2026-11-24T08:40:12Z'), now)).toBe('Today, 8:40:12 AM');
  expect(dayTimeWords('Europe/London', new Date('2026-11-20T12:00:00Z'), now)).toBe('Nov 20, 12:00:00 PM');
});

test('the day is the one of the client’s zone, not of the reader', () => {
  expect(whenWords('Pacific/Auckland', new Date('2026-11-23T11:30:00Z'), now)).toBe('Today, 12:30 AM');
  expect(exactWords('Asia/Tokyo', now)).toBe('Tue, Nov 24, 2026, 6:14:00 PM Asia/Tokyo');
});

test.each([
  ['Today, 8:40 AM', 'today, 8:40 AM'],
  ['Just now', 'just now'],
  ['Nov 20', 'Nov 20'],
  ['Dec 31, 2025', 'Dec 31, 2025'],
  ['34 min ago', '34 min ago'],
])('"%s" is "%s" within a sentence', (words, within) => {
  expect(inSentence(words)).toBe(within);
});

/** Days of 25 and 23 hours, and one that starts at one o'clock: yesterday and tomorrow are calendar days. */
test.each([
  // Clocks go back on November 1, so late on that day it has lasted for 25 hours.
  ['America/New_York', '2026-11-02T04:30:00Z', '2026-10-31T22:00:00Z', '2026-10-31', 'Yesterday, 6:00 PM'],
  // Just after midnight of the day after, 24 hours ago is still two days before.
  ['America/New_York', '2026-11-01T04:10:00Z', '2026-11-02T12:00:00Z', '2026-11-02', 'Tomorrow, 7:00 AM'],
  // Clocks go forward on March 8: soon after midnight of the next day, 24 hours ago is two days before.
  ['America/New_York', '2026-03-09T04:30:00Z', '2026-03-08T16:00:00Z', '2026-03-08', 'Yesterday, 12:00 PM'],
  ['America/New_York', '2026-03-08T04:30:00Z', '2026-03-08T16:00:00Z', '2026-03-08', 'Tomorrow, 12:00 PM'],
  ['Europe/London', '2026-10-25T23:30:00Z', '2026-10-24T10:00:00Z', '2026-10-24', 'Yesterday, 11:00 AM'],
  ['America/Santiago', '2026-09-07T03:30:00Z', '2026-09-06T15:00:00Z', '2026-09-06', 'Yesterday, 12:00 PM'],
  [
    'Australia/Lord_Howe',
    '2026-10-04T12:30:00Z',
    '2026-10-03T02:00:00Z',
    '2026-10-03',
    'Yesterday, 12:30 PM',
  ],
])('in %s at %s, %s is of the day %s and reads as "%s"', (zone, at, then, day, words) => {
  const moment = new Date(at);
  expect(whenWords(zone, new Date(then), moment)).toBe(words);
  expect(dayWords(zone, day, moment)).toBe(words.replace(/,.*$/, ''));
});

test('every hour around a change of the clocks names the day before and the day after rightly', () => {
  for (const zone of ['America/New_York', 'Europe/Berlin', 'Pacific/Auckland', 'UTC'])
    for (const start of [
      '2026-03-06T00:10:00Z',
      '2026-03-27T00:10:00Z',
      '2026-10-23T00:10:00Z',
      '2026-10-30T00:10:00Z',
    ])
      for (let hour = 0; hour < 96; hour += 1) {
        const moment = new Date(Date.parse(start) + hour * 3_600_000);
        const today = dayIn(zone, moment);
        const shifted = (by: number) =>
          new Date(Date.parse(`${today}T12:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
        expect([zone, moment, dayWords(zone, shifted(-1), moment)]).toEqual([zone, moment, 'Yesterday']);
        expect([zone, moment, dayWords(zone, shifted(1), moment)]).toEqual([zone, moment, 'Tomorrow']);
      }
});
