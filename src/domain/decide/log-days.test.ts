import { expect, it } from 'vitest';
import { addDays } from '../model/day.ts';
import { reading } from '../testing/build.ts';
import { stretchesOf } from './log-days.ts';

/** Entries on the working days of two stretches. */
function log(...stretches: readonly (readonly [string, string])[]) {
  const days: string[] = [];
  for (const [from, to] of stretches)
    for (let day = from; day <= to; day = addDays(day, 1))
      if (![0, 6].includes(new Date(day).getUTCDay())) days.push(day);
  return reading(
    'audit_log',
    days.map((day) => ({ type: 'sso_login_succeeded', at: `${day}T15:00:00Z` })),
  );
}

it('splits even a short log if weeks between busy ones are missing', () => {
  expect(stretchesOf(log(['2026-09-16', '2026-10-09'], ['2026-11-16', '2026-11-24']), '2026-11-24')).toEqual([
    { from: '2026-09-16', to: '2026-10-09' },
    { from: '2026-11-16', to: '2026-11-24' },
  ]);
  // Two weeks in which an office is closed, and a log of few days, are no gap.
  expect(
    stretchesOf(log(['2026-09-16', '2026-10-09'], ['2026-10-26', '2026-11-24']), '2026-11-24'),
  ).toHaveLength(1);
  expect(
    stretchesOf(log(['2026-09-16', '2026-09-18'], ['2026-11-16', '2026-11-18']), '2026-11-24'),
  ).toHaveLength(1);
});
