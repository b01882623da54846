import { describe, expect, it } from 'vitest';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { nextReview } from './next-review.ts';
import { reviewDone } from './review-done.ts';

const QUARTERLY = {
  kinds: ['quarterly' as const],
  areas: ['connectors' as const, 'user_access' as const, 'm365_permissions' as const],
  window: 'quarterly' as const,
};
const USAGE = {
  kinds: ['monthly' as const, 'quarterly' as const],
  areas: ['usage' as const],
  window: 'monthly' as const,
};
const review = (on: string, more: object = {}) => ({
  kind: 'quarterly',
  on,
  by: 'Dana Whitlock',
  areas: ['connectors', 'user_access', 'm365_permissions'],
  ...more,
});
const decide = (parts: Given, params: Parameters<typeof reviewDone.decide>[1] = QUARTERLY) =>
  runRule(reviewDone, params, { profile: { m365: 'business_premium' }, ...parts });

describe('review-done', () => {
  it('passes through the last day of the window and fails the day after', () => {
    const journal = { reviews: [review('2026-08-24')] };
    expect(decide({ journal, today: '2026-11-24' })).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('due by Nov 24, 2026'),
    });
    expect(decide({ journal, today: '2026-11-25' })).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('due by Nov 24, 2026, 1 day ago'),
    });
  });

  it('does not credit the newest review with what an earlier one covered', () => {
    const areas = (...named: string[]) => ({ areas: named });
    const both = { ...QUARTERLY, kinds: ['monthly' as const, 'quarterly' as const] };
    const light = review('2026-11-12', { kind: 'monthly', ...areas('connectors') });
    expect(decide({ journal: { reviews: [review('2026-09-20'), light] } }, both).reason).toContain(
      'were covered by the 2 reviews of the last 92 days.',
    );
    expect(decide({ journal: { reviews: [review('2026-09-20')] } }, both).reason).toContain('were covered. ');
  });

  it('takes the window from the charter', () => {
    const journal = { reviews: [review('2026-09-20')] };
    expect(decide({ journal, charter: { reviewDays: { quarterly: 60 } } }).state).toBe('fail');
    expect(decide({ journal, charter: { reviewDays: { quarterly: 70 } } }).state).toBe('pass');
  });

  it.each([
    ['permission_changes', 'Permission changes were not covered'],
    ['usage', 'Usage was not covered'],
  ] as const)('says of %s alone that it was or that they were not covered', (left, words) => {
    const journal = { reviews: [review('2026-11-01', { areas: ['connectors'] })] };
    expect(decide({ journal }, { ...QUARTERLY, areas: ['connectors', left] }).reason).toContain(words);
  });

  it('names the areas that no review covered and when they last were', () => {
    const outcome = decide({
      journal: { reviews: [review('2026-03-01'), review('2026-11-01', { areas: ['connectors'] })] },
    });
    expect(outcome.state).toBe('fail');
    expect(outcome.reason).toContain('User access and Microsoft 365 permissions were not covered');
    expect(outcome.items.map((item) => [item.key, item.detail])).toEqual([
      ['user_access', 'Last covered on Mar 1, 2026.'],
      ['m365_permissions', 'Last covered on Mar 1, 2026.'],
    ]);
  });

  it('adds up the areas of several reviews, and dates the next by the oldest area', () => {
    const outcome = decide({
      journal: {
        reviews: [
          review('2026-11-20', { areas: ['connectors'] }),
          review('2026-10-01', { areas: ['user_access', 'm365_permissions'] }),
        ],
      },
    });
    expect(outcome.state).toBe('pass');
    expect(outcome.reason).toContain('The next is due by Jan 1, 2027');
  });

  it('counts a review without areas as done, names the open areas, and lets it come due', () => {
    const without = (on: string) => decide({ journal: { reviews: [{ kind: 'quarterly', on, by: 'Dana' }] } });
    expect(without('2026-11-01')).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining(
        'The entry of Nov 1, 2026 does not say which areas it covered, and no other names connectors, user access, Microsoft 365 permissions.',
      ),
    });
    expect(without('2026-08-23').state).toBe('fail');
  });

  it('leaves Microsoft 365 out only if the profile says that there is none', () => {
    const journal = { reviews: [review('2026-11-01', { areas: ['connectors', 'user_access'] })] };
    expect(decide({ journal, profile: { m365: [] } }).state).toBe('pass');
    expect(decide({ journal, profile: {} }).state).toBe('cannot_read');
    expect(decide({ journal, profile: { m365: 'e3' } }).state).toBe('fail');
    expect(
      decide({
        journal,
        profile: {},
        readings: { subscribed_skus: [reading('subscribed_skus', [{ partNumber: 'SPB' }])] },
      }).state,
    ).toBe('fail');
  });

  it('asks if no journal or list of reviews was given, and fails if the list is empty', () => {
    expect(decide({}).state).toBe('cannot_read');
    expect(decide({ journal: {} })).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('“reviews”') },
    });
    expect(decide({ journal: { reviews: [] } })).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('lists no quarterly review'),
    });
  });

  it('is pending while the first review is not yet due, and overdue reviews never are', () => {
    const young = { firstInvitation: '2026-10-01', reviews: [], nextReview: '2026-12-15' };
    expect(decide({ journal: young })).toMatchObject({
      state: 'pending',
      due: '2027-01-01',
      reason: expect.stringContaining('scheduled for Dec 15, 2026'),
    });
    expect(decide({ journal: { ...young, firstInvitation: '2026-01-01' } }).state).toBe('fail');
    expect(decide({ journal: { reviews: [review('2026-01-01')], nextReview: '2026-12-15' } })).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('scheduled for Dec 15, 2026'),
    });
  });

  it('does not count a review from before anyone was invited', () => {
    const journal = { reviews: [review('2026-10-20')], firstInvitation: '2026-10-25' };
    expect(decide({ journal })).toMatchObject({
      state: 'pending',
      due: '2027-01-25',
      code: 'operations.review_done.before_access',
    });
    expect(decide({ journal: { ...journal, firstInvitation: '2026-10-20' } }).state).toBe('pass');
    const overdue = { ...journal, reviews: [review('2026-06-20')] };
    expect(decide({ journal: overdue }).state).toBe('fail');
    expect(decide({ journal: { ...journal, firstInvitation: '2026-12-02' } }).state).toBe('pending');
  });

  it('is not overdue before anybody is invited, unless a members file contradicts that day', () => {
    const ahead = { reviews: [], firstInvitation: '2026-12-02' };
    const seen = (observedOn: string) => ({
      journal: ahead,
      readings: {
        members: [reading('members', [{ email: 'a@x.org', role: 'user' }], { observedOn })],
      },
    });
    expect(decide({ journal: ahead })).toMatchObject({
      state: 'pending',
      reason: expect.stringContaining('will first be invited on Dec 2, 2026'),
    });
    expect(decide(seen('2026-11-20')).state).toBe('cannot_read');
    expect(decide(seen('2026-07-01')).state).toBe('fail');
  });

  it('does not count a review of the future or of another kind', () => {
    expect(decide({ journal: { reviews: [review('2026-12-01')] } }).state).toBe('fail');
    expect(decide({ journal: { reviews: [review('2026-11-01', { kind: 'monthly' })] } }).state).toBe('fail');
  });

  it('lets a fuller review stand in for a monthly one', () => {
    expect(decide({ journal: { reviews: [review('2026-11-01', { areas: ['usage'] })] } }, USAGE).state).toBe(
      'pass',
    );
    expect(decide({ journal: { reviews: [review('2026-10-01', { areas: ['usage'] })] } }, USAGE).state).toBe(
      'fail',
    );
  });
});

describe('next-review', () => {
  const next = (journal: Record<string, unknown>, charter?: Record<string, unknown>) =>
    runRule(nextReview, {}, { journal, ...(charter ? { charter } : {}) });
  it('passes for a day ahead within the cycle, up to its last day', () => {
    expect(next({ nextReview: '2026-12-15', reviews: [review('2026-09-20')] }).state).toBe('pass');
    expect(next({ nextReview: '2026-12-21', reviews: [review('2026-09-20')] }).state).toBe('pass');
    expect(next({ nextReview: '2026-12-22', reviews: [review('2026-09-20')] })).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('1 day later'),
    });
  });
  it('names who owns it, or that the charter names nobody', () => {
    const day = { nextReview: '2026-12-15', reviews: [review('2026-09-20')] };
    const charter = { governanceOwner: { name: 'Dana Whitlock', email: 'dana@alder.example.org' } };
    expect(next(day, charter).reason).toContain('Its owner is Dana Whitlock.');
    expect(next(day).reason).toContain('names no governance owner');
    expect(next({ ...day, nextReview: '2026-11-10' }, charter).reason).toContain(
      'Its owner is Dana Whitlock.',
    );
  });
  it('distinguishes a missed day from one that was kept and not renewed', () => {
    // Access that began before the day in the journal, or without one, counts.
    const since = (addedOn: string, journal: object) =>
      runRule(
        nextReview,
        {},
        {
          journal: { reviews: [], nextReview: '2027-02-20', ...journal },
          readings: { members: [reading('members', [{ role: 'user', addedOn }])] },
        },
      );
    expect(since('2026-11-24', {}).state).toBe('pass');
    expect(since('2025-06-02', {})).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('was added on Jun 2, 2025'),
    });
    expect(since('2025-06-02', { firstInvitation: '2026-11-20' }).state).toBe('fail');
    expect(next({ nextReview: '2026-11-10', reviews: [] }).reason).toContain('14 days ago');
    expect(next({ nextReview: '2026-11-10', reviews: [review('2026-11-12')] }).reason).toContain(
      'No day is set for the next one',
    );
  });
  it('counts from the first invitation before any review, and asks if no day is stated', () => {
    expect(next({ nextReview: '2027-02-01', firstInvitation: '2026-10-01' }).state).toBe('fail');
    expect(next({}).state).toBe('cannot_read');
    expect(runRule(nextReview, {}, {}).state).toBe('cannot_read');
  });
});
// Guide: G2.2-34 G3.4-00 G3.4-01 G3.4-02 G5.1-06 G5.5-01 G5.5-02 G5.5-04 G5.5-05 G7.1-00 G7.1-01 G7.1-02
// Guide: G7.1-03 G7.1-04 G7.1-07 G7.1-08 GA-13 GA-16
