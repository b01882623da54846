import { describe, expect, it } from 'vitest';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { contentAccess } from './content-access.ts';
import { event, feed } from './testing.ts';

describe('content-access', () => {
  const decide = (rule: object | undefined, readings: Given['readings'] & object = {}) =>
    runRule(contentAccess, { approvers: 2 }, { charter: rule ? { contentAccess: rule } : {}, readings });
  it('needs two approvers if content may be opened', () => {
    expect(decide({ allowed: true, approvers: ['Dana', 'Kim'] })).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('cannot be seen from the files'),
    });
    expect(decide({ allowed: true, approvers: ['Dana', 'dana'] }).state).toBe('fail');
    const twice = ['Whitlock, Dana', 'Dana Whitlock <dana@alder.example.org>'];
    expect(decide({ allowed: true, approvers: twice }).state).toBe('fail');
    expect(decide({ allowed: true, approvers: ['Dana', 'to be named'] }).state).toBe('fail');
    expect(decide({ allowed: true }).state).toBe('fail');
  });
  it('is contradicted by an event if content may not be opened', () => {
    const url = (text: string) =>
      feed(event('compliance_api_accessed', '2026-11-10T10:00:00Z', { url: text }));
    expect(decide({ allowed: false }, url('/v1/compliance/apps/chats/claude_chat_1/messages')).state).toBe(
      'fail',
    );
    expect(
      decide(
        { allowed: false },
        feed(event('org_data_export_started', '2026-11-10T10:00:00Z', { export_type: 'conversations' })),
      ).state,
    ).toBe('fail');
    expect(decide({ allowed: false }, url('/v1/compliance/activities'))).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('show it not once'),
    });
    const signIns = [10, 11, 12].map((day) => event('sso_login_succeeded', `2026-11-${day}T10:00:00Z`));
    expect(decide({ allowed: false }, feed(...signIns))).toMatchObject({
      state: 'cannot_read',
      code: 'visibility.content_access.events_filtered',
    });
    expect(
      decide(
        { allowed: true, approvers: ['Dana', 'Kim'] },
        url('/v1/compliance/apps/chats/c/messages?limit=5'),
      ).reason,
    ).toContain('1 time. No file shows whether that was approved.');
    // The charter decides whether it may be opened; old events only limit the period that the reason names.
    const old = reading('activities', [event('claude_chat_created', '2025-05-12T10:00:00Z')], {
      covers: { from: '2025-03-12', to: '2025-05-12' },
    });
    expect(decide({ allowed: true, approvers: ['Dana', 'Kim'] }, { activities: [old] }).reason).toContain(
      'Events from Mar 12, 2025 to May 12, 2025 show it not once.',
    );
  });
  it('does not pass by events of last year, or of days to come, in a file of today', () => {
    const of = (year: number) => ({
      activities: [
        reading(
          'activities',
          ['claude_chat_created', 'sso_login_succeeded', 'claude_file_uploaded'].map((type, at) =>
            event(type, `${year}-0${at + 3}-12T10:00:00Z`),
          ),
          { covers: { from: `${year}-03-12`, to: `${year}-05-12` } },
        ),
      ],
    });
    expect(decide({ allowed: false }, of(2026)).state).toBe('cannot_read');
    expect(decide({ allowed: false }, of(2025))).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('The event files end on May 12, 2025'),
    });
    expect(decide({ allowed: false }, of(2027))).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('says nothing about that day'),
    });
  });
  it('cannot tell without the log of Enterprise whether content was opened that may not be', () => {
    const on = (claudePlan: 'team' | 'enterprise', rule: object) =>
      runRule(contentAccess, { approvers: 2 }, { profile: { claudePlan }, charter: { contentAccess: rule } })
        .state;
    expect(on('enterprise', { allowed: false })).toBe('cannot_read');
    expect(on('enterprise', { allowed: true, approvers: ['Dana', 'Kim'] })).toBe('pass');
    expect(on('team', { allowed: false })).toBe('pass');
  });
  it('counts the start and end of an export once, and the person once', () => {
    const of = { export_type: 'conversations' };
    const by = { actorEmail: 'abel@alder.example.org' };
    const out = decide(
      { allowed: false },
      feed(
        { ...event('org_data_export_started', '2026-11-10T10:00:00Z', of), ...by },
        {
          ...event('org_data_export_completed', '2026-11-10T10:30:00Z', of),
          ...by,
          actorName: 'Abel Ashford',
        },
      ),
    );
    expect(out).toMatchObject({ state: 'fail', reason: expect.stringContaining('1 event shows') });
    expect(out.reason).toContain('abel@alder.example.org.');
  });
  it('fails if text is kept that nobody may open or that only one person approved', () => {
    const kept = (contentAccess: object, approvedBy: string[]) => ({
      contentAccess,
      contentKept: {
        of: ['messages'],
        from: ['cowork'],
        purpose: 'x',
        days: 7,
        until: '2026-12-31',
        approvedBy,
      },
    });
    const rule = (charter: Record<string, unknown>) => runRule(contentAccess, { approvers: 2 }, { charter });
    const open = { allowed: true, approvers: ['Dana', 'Kim'] };
    expect(rule(kept(open, ['Dana', 'Kim'])).state).toBe('pass');
    expect(rule(kept(open, ['Dana', 'dana']))).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('2 people are required'),
    });
    expect(rule(kept({ allowed: false }, ['Dana', 'Kim']))).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('still lets text of it be kept'),
    });
  });
  it('counts no office, post or mailbox as an approver', () => {
    const found = decide({ allowed: true, approvers: ['Board office', 'info@alder.example.org'] });
    expect(found).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('Board office and info@alder.example.org are offices or mailboxes'),
    });
    expect(decide({ allowed: true, approvers: ['Dana Whit', 'Executive Committee'] }).state).toBe('fail');
    const one = decide(
      { allowed: true, approvers: ['Dana Whit', 'info@alder.example.org'] },
      {
        roster: [
          reading('roster', [{ name: 'Kim Osei', emails: ['info@alder.example.org'], status: 'active' }]),
        ],
      },
    );
    expect(one.state).toBe('pass');
    const shared = decide(
      { allowed: true, approvers: ['Dana Whit', 'info@alder.example.org'] },
      {
        roster: [
          reading('roster', [
            { name: 'Info', emails: ['info@alder.example.org'], status: 'active', engagement: 'shared' },
          ]),
        ],
      },
    );
    expect(shared.state).toBe('fail');
  });
  it('asks if nothing is decided', () => {
    expect(decide(undefined).state).toBe('cannot_read');
  });
});
// Guide: G5.1-05 G5.2-04 G8-14 GB-09
