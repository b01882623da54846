import { describe, expect, test } from 'vitest';
import { isFederalHoliday } from '../reminders/holidays.ts';
import { MAX_FAILURES, nextReminderOn } from './reminders.ts';

test.each([
  ['2026-01-19', true],
  ['2026-05-25', true],
  ['2026-07-03', true],
  ['2026-07-04', false],
  ['2026-11-26', true],
  ['2026-11-27', false],
  ['2021-12-31', true],
  ['2027-12-31', true],
  ['2028-01-03', false],
  ['2023-01-02', true],
])('%s is observed as a federal holiday: %s', (day, is) => expect(isFederalHoliday(day)).toBe(is));

describe('the next reminder', () => {
  const plan = { on: true, firstAfter: 3, every: 7, most: 3, daysOff: ['2026-11-30'] };
  const asked = { times: 1, failedInRow: 0, lastOn: '2026-11-17' };
  /** The version took effect on a Monday; today is a Tuesday. */
  const when = { since: '2026-11-16', from: '2026-11-24' };
  test.each([
    [
      'is the first, days after the version came into force',
      plan,
      { ...asked, times: 0, lastOn: null },
      { ...when, from: '2026-11-16' },
      '2026-11-19',
    ],
    ['is due now for someone who came later', plan, { ...asked, times: 0, lastOn: null }, when, '2026-11-24'],
    ['follows the last by the days that are set', plan, asked, when, '2026-11-24'],
    ['waits for them', plan, { ...asked, lastOn: '2026-11-18' }, when, '2026-11-25'],
    ['is not on Thanksgiving', plan, { ...asked, lastOn: '2026-11-19' }, when, '2026-11-27'],
    ['is on no weekend and no day off', plan, { ...asked, lastOn: '2026-11-21' }, when, '2026-12-01'],
    [
      'is tried again after a failure',
      plan,
      { times: 0, failedInRow: 1, lastOn: '2026-11-24' },
      when,
      '2026-11-25',
    ],
    [
      'is not tried for ever',
      plan,
      { times: 0, failedInRow: MAX_FAILURES, lastOn: '2026-11-24' },
      when,
      null,
    ],
    ['ends when there were enough', plan, { ...asked, times: 3 }, when, null],
    ['is not sent where they are off', { ...plan, on: false }, asked, when, null],
  ])('%s', (_, settings, was, days, day) => expect(nextReminderOn(settings, was, days)).toBe(day));
});
// Guide: G8-17
