import { describe, expect, it } from 'vitest';
import { localClock, localTime } from '../../model/local-time.ts';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { workOutsideHours } from './work-outside-hours.ts';

const HOURS = { start: '08:00', end: '18:00', days: ['mon', 'tue', 'wed', 'thu', 'fri'] as const };
const profile = { claudePlan: 'enterprise' as const, normalHours: { ...HOURS, days: [...HOURS.days] } };
const did = (at: string, more: object = {}) => ({
  type: 'claude_chat_created',
  at,
  actorType: 'user_actor',
  actorEmail: 'Jane@alder.example.org',
  ...more,
});
const run = (rows: readonly object[], more: Given = {}) =>
  runRule(
    workOutsideHours,
    {},
    {
      profile,
      readings: {
        activities: [reading('activities', rows, { covers: { from: '2026-11-01', to: '2026-11-24' } })],
      },
      ...more,
    },
  );
/** Tuesday, Nov 17, at 3 a.m. and noon in New York. */
const NIGHT = '2026-11-17T08:10:00Z';
const NOON = '2026-11-17T17:00:00Z';

describe('work-outside-hours', () => {
  it('finds what people did at night, at weekends and on holidays, once for each day', () => {
    const outcome = run([did(NOON), did(NIGHT), did('2026-11-17T09:40:00Z'), did('2026-11-21T17:00:00Z')]);
    expect(outcome).toMatchObject({
      state: 'fail',
      items: [
        {
          label: 'jane@alder.example.org',
          detail: 'Nov 17, 2026, 3:10 AM to 4:40 AM: 2 events outside normal hours.',
        },
        { detail: 'Nov 21, 2026, 12:00 PM: 1 event outside normal hours.' },
      ],
    });
    expect(run([did(NOON)], { profile: { ...profile, holidays: ['2026-11-17'] } }).state).toBe('fail');
  });
  it('never passes on missing activity', () => {
    expect(run([did(NOON)]).state).toBe('cannot_read');
    expect(run([did(NIGHT)], { profile: { claudePlan: 'enterprise' } }).state).toBe('cannot_read');
    expect(run([], { readings: {} }).state).toBe('cannot_read');
  });
  it('finds what people did after their last day of work, at whatever hour', () => {
    const roster = (endsOn: string) => [
      reading('roster', [{ name: 'Jane Roe', emails: ['jane@alder.example.org'], status: 'left', endsOn }]),
    ];
    const on = (endsOn: string, more: Given = {}) =>
      run([did(NOON)], {
        readings: {
          roster: roster(endsOn),
          activities: [
            reading('activities', [did(NOON)], { covers: { from: '2026-11-01', to: '2026-11-24' } }),
          ],
        },
        ...more,
      });
    expect(on('2026-11-16')).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('1 person worked in Claude after the last day of work'),
      items: [
        {
          detail: 'Nov 17, 2026, 12:00 PM: 1 event after the last day of work.',
          evidence: [{}, { kind: 'roster', says: 'last day Nov 16, 2026' }],
        },
      ],
    });
    expect(on('2026-11-17').state).toBe('cannot_read');
    const hoursUnknown = { profile: { claudePlan: 'enterprise' as const } };
    expect(on('2026-11-16', hoursUnknown)).toMatchObject({
      state: 'fail',
      items: [{ detail: 'Nov 17, 2026, 12:00 PM: 1 event after the last day of work.' }],
    });
    expect(on('2026-11-17', hoursUnknown)).toMatchObject({
      state: 'cannot_read',
      ask: { of: 'profile', field: 'normalHours' },
    });
  });
  it('leaves out machines, what failed, and what a review has looked at', () => {
    expect(run([did(NIGHT, { actorType: 'api_actor' })]).state).toBe('cannot_read');
    expect(run([did(NIGHT, { type: 'sso_login_failed' })]).state).toBe('cannot_read');
    expect(run([did(NIGHT, { detail: { outcome: 'denied' } })]).state).toBe('cannot_read');
    const reviewed = (on: string) =>
      run([did(NIGHT)], { journal: { reviews: [{ kind: 'monthly', on, by: 'Dana' }] } }).state;
    expect(reviewed('2026-11-18')).toBe('cannot_read');
    expect(reviewed('2026-11-17')).toBe('fail');
  });
});

it('reads many instants the same as one', () => {
  for (const zone of ['America/New_York', 'Asia/Kathmandu', 'UTC', 'Pacific/Auckland']) {
    const clock = localClock(zone);
    for (let at = Date.UTC(2026, 9, 30); at < Date.UTC(2026, 10, 4); at += 17 * 60_000) {
      const instant = new Date(at).toISOString();
      expect([instant, clock(instant)]).toEqual([instant, localTime(instant, zone)]);
    }
  }
});
