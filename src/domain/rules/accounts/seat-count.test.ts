import { describe, expect, it } from 'vitest';
import { reading, runRule } from '../../testing/build.ts';
import { dana, kim, members, noor, run } from './fixtures.ts';
import { seatCount } from './seat-count.ts';

describe('seat count', () => {
  const three = [dana, kim, { ...noor, status: 'invited' as const }];
  const held = (claudeSeats: number | undefined, rows: Parameters<typeof members>[0] = three) =>
    run(seatCount, {
      profile: claudeSeats === undefined ? {} : { claudeSeats },
      readings: { members: members(rows) },
    });
  it('counts open invitations as held', () => {
    expect(held(3).state).toBe('pass');
    expect(held(3).reason).toContain('1 of them by open invitations');
  });
  it('fails when more are held than bought, and only names free seats', () => {
    expect(held(2).state).toBe('fail');
    expect(held(4).reason).toContain('1 seat is paid for but not in use');
    expect(held(4).state).toBe('pass');
  });
  it('does not count people without a seat', () => {
    expect(held(2, [dana, kim, { ...noor, seat: 'No seat assigned' }]).state).toBe('pass');
    expect(held(2, [dana, kim, { ...noor, status: 'suspended', seat: null }]).state).toBe('pass');
  });
  it('does not guess unknown seats, but knows when there are too many anyway', () => {
    const vague = { ...noor, status: null, seat: null };
    expect(held(3, [dana, kim, vague]).state).toBe('cannot_read');
    expect(held(1, [dana, kim, vague]).state).toBe('fail');
    expect(held(3, [dana, kim, { ...noor, status: 'suspended' }]).state).toBe('cannot_read');
  });
  it('compares Claude’s own count with the seats bought, and ignores an old or empty count', () => {
    const counted = (
      assignedSeats: number | null,
      on = '2026-11-22',
      rows: Parameters<typeof members>[0] = three,
    ) =>
      runRule(
        seatCount,
        { days: 7 },
        {
          profile: { claudeSeats: 3 },
          readings: {
            members: members(rows),
            analytics_summaries: [reading('analytics_summaries', [{ on, assignedSeats, pendingInvites: 1 }])],
          },
        },
      );
    expect(counted(2).state).toBe('pass');
    expect(counted(3)).toMatchObject({ state: 'fail', reason: expect.stringContaining('1 open invitation') });
    expect(counted(3, '2026-11-01').state).toBe('pass');
    const withoutInvitations = [dana, kim].map((one) => ({ ...one, invitations: 'not_told' as const }));
    expect(counted(2, '2026-11-22', withoutInvitations).state).toBe('pass');
    expect(counted(null, '2026-11-22', withoutInvitations).state).toBe('cannot_read');
  });
  it('compares Claude’s own count with the seats bought in the log, with and without members', () => {
    const decided = (assignedSeats: number, rows: Parameters<typeof members>[0] | null) =>
      runRule(
        seatCount,
        { days: 7 },
        {
          profile: { claudeSeats: 60 },
          readings: {
            ...(rows === null ? {} : { members: members(rows) }),
            analytics_summaries: [
              reading('analytics_summaries', [{ on: '2026-11-22', assignedSeats, pendingInvites: 0 }]),
            ],
            activities: [
              reading('activities', [
                {
                  at: '2026-11-20T10:00:00Z',
                  type: 'subscription_quantity_updated',
                  detail: { new_quantity: 4 },
                },
              ]),
            ],
          },
        },
      );
    for (const rows of [three, null]) {
      expect(decided(4, rows).state).toBe('pass');
      expect(decided(5, rows)).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining('According to the log there are 4'),
      });
    }
  });
  it('asks how many are bought', () => {
    expect(held(undefined)).toMatchObject({ state: 'cannot_read' });
    expect(held(undefined).ask?.text).toContain('claudeSeats');
  });
});
// Guide: G1.1-00
