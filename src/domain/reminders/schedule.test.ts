import { describe, expect, test } from 'vitest';
import { isTime, nextDay, periodOf, type Schedule } from './schedule.ts';

const daily: Schedule = { rhythm: 'daily', weekday: 1 };
const monday: Schedule = { rhythm: 'weekly', weekday: 1 };
const friday: Schedule = { rhythm: 'weekly', weekday: 5 };
/** November 24, 2026 is a Tuesday. */
const at = (day: number, hour: number) => ({ day: `2026-11-${day}`, hour });

describe('the newest reminder that has come', () => {
  test.each([
    ['never', { rhythm: 'never', weekday: 1 } as Schedule, at(24, 9), null],
    ['daily, on a working day', daily, at(24, 9), '2026-11-24'],
    ['daily, before the first hour', daily, at(24, 6), null],
    ['daily, on a Saturday', daily, at(28, 9), null],
    ['weekly, on its day', monday, at(23, 7), '2026-11-23'],
    ['weekly, on its day before the first hour', monday, at(23, 6), '2026-11-16'],
    ['weekly, days after', monday, at(26, 3), '2026-11-23'],
    ['weekly, on the Sunday after', friday, at(29, 12), '2026-11-27'],
  ])('%s', (_, schedule, now, day) => expect(periodOf(schedule, now)).toBe(day));
});

describe('the next reminder', () => {
  test.each([
    ['today, where none was sent', daily, at(24, 6), null, '2026-11-24'],
    ['tomorrow, where today’s was sent', daily, at(24, 9), '2026-11-24', '2026-11-25'],
    ['after the weekend', daily, at(27, 9), '2026-11-27', '2026-11-30'],
    ['in a week', monday, at(24, 9), '2026-11-23', '2026-11-30'],
    ['today, where the one of its day was missed', monday, at(24, 9), '2026-11-16', '2026-11-24'],
    ['on Monday, where Friday’s was missed', friday, at(28, 9), '2026-11-20', '2026-11-30'],
  ])('comes %s', (_, schedule, now, done, day) => expect(nextDay(schedule, now, done)).toBe(day));
  test('never comes if nobody asked for one', () =>
    expect(nextDay({ rhythm: 'never', weekday: 1 }, at(24, 9), null)).toBeNull());
});

test.each([
  [at(24, 7), true],
  [at(24, 17), true],
  [at(24, 18), false],
  [at(24, 6), false],
  [at(28, 12), false],
])('reminders go out by day on working days only: %j %s', (now, does) => expect(isTime(now)).toBe(does));
