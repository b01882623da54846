import { describe, expect, it } from 'vitest';
import type { Kind } from '../../model/kinds.ts';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { offboardingTasks } from './offboarding-tasks.ts';

const ALL = {
  tasks: ['entra', 'mfa', 'claude', 'connectors', 'projects'] as (
    | 'entra'
    | 'mfa'
    | 'claude'
    | 'connectors'
    | 'projects'
  )[],
};
const TOBIN = 'tobin@alder.example.org';
const decide = (parts: Given, params = ALL) => runRule(offboardingTasks, params, parts);
const staff = (more: object = {}) => ({
  name: 'Ana Ruiz',
  emails: ['ana@alder.example.org'],
  status: 'active' as const,
  ...more,
});
const tobin = (more: object = {}) =>
  staff({ name: 'Tobin Achterberg', emails: [TOBIN], status: 'left', endsOn: '2026-11-01', ...more });
const people = (members: readonly string[], roster: readonly object[], observedOn = '2026-11-24') => ({
  members: [
    reading(
      'members',
      members.map((email) => ({ email, name: email === TOBIN ? 'Tobin Achterberg' : 'Ana Ruiz' })),
      { observedOn },
    ),
  ],
  roster: [reading('roster', roster)],
});
const done = {
  entraDisabled: '2026-11-01',
  mfaRevoked: '2026-11-01',
  claudeRemoved: '2026-11-01',
  connectorsRevoked: '2026-11-05',
  projectsHandedOver: '2026-11-10',
};
const journal = (more: object = {}) => ({ offboardings: [{ email: TOBIN, lastDay: '2026-11-01', ...more }] });
const gone = people(['ana@alder.example.org'], [staff(), tobin()]);

describe('offboarding-tasks', () => {
  it('does not rely on an entry for a removed seat if the seat is listed later', () => {
    const seated = people(['ana@alder.example.org', TOBIN], [staff(), tobin()]);
    const projects = { tasks: ['projects' as const] };
    const by = (more: object, readings = seated) => decide({ journal: journal(more), readings }, projects);
    expect(by(done)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('the entry cannot be relied on'),
    });
    expect(by({ ...done, claudeRemoved: undefined }).state).toBe('pass');
    expect(by(done, gone).state).toBe('pass');
  });

  it('asks which leaving an offboarding is about if its last day is months before that of the roster', () => {
    const by = (more: object, row: object = {}) =>
      decide({ journal: journal(more), readings: people(['ana@alder.example.org'], [staff(), tobin(row)]) });
    for (const steps of [{}, done])
      expect(by({ ...steps, lastDay: '2025-11-01' })).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining('(Nov 1, 2025 in the journal, Nov 1, 2026 on the roster)'),
      });
    // A person who was rehired since left a second time, and was not in Claude according to any file.
    expect(by({ lastDay: '2025-11-01' }, { startsOn: '2026-02-01' }).state).toBe('pass');
    expect(by(done).state).toBe('pass');
  });

  it('holds the seat for removed once events show that of each account', () => {
    const second = 't.achterberg@alder.example.org';
    const readings = people(
      ['ana@alder.example.org', TOBIN, second],
      [staff(), tobin({ emails: [TOBIN, second] })],
      '2026-11-20',
    );
    const after = (...emails: string[]) => {
      const events = emails.map((email) => ({
        type: 'org_user_deleted',
        at: '2026-11-22T15:00:00Z',
        detail: { deleted_user_email: email },
      }));
      const activities = [
        reading('activities', events, { covers: { from: '2026-10-01', to: '2026-11-24' } }),
      ];
      return decide({ journal: journal(), readings: { ...readings, activities } }, { tasks: ['claude'] })
        .state;
    };
    for (const gone of [TOBIN, second]) expect(after(gone)).toBe('fail');
    expect(after(TOBIN, second)).toBe('pass');
  });

  it('finds use of Claude, sign-ins and links of a leaver after the recorded day', () => {
    const readings = { ...gone, ...people(['ana@alder.example.org'], [staff(), tobin()], '2026-11-05') };
    const acts = (type: string, at: string, more: object = {}) => ({
      activities: [
        reading('activities', [{ type, at, actorEmail: 'Tobin@alder.example.org', ...more }], {
          covers: { from: '2026-10-01', to: '2026-11-24' },
        }),
      ],
    });
    const chat = acts('claude_chat_created', '2026-11-12T15:00:00Z');
    const by = (more: object, entry: object = done, tasks = ALL) =>
      decide(
        {
          profile: { claudePlan: 'enterprise' },
          journal: journal(entry),
          readings: { ...readings, ...more },
        },
        tasks,
      );
    expect(by({}).state).toBe('pass');
    expect(by(acts('claude_chat_created', '2026-11-01T15:00:00Z')).state).toBe('pass');
    expect(by(acts('sso_login_failed', '2026-11-12T15:00:00Z')).state).toBe('pass');
    expect(
      by(acts('claude_chat_created', '2026-11-12T15:00:00Z', { detail: { success: false } })).state,
    ).toBe('pass');
    expect(by(chat)).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('Claude seat still held'),
    });
    expect(by(chat).items[0]?.detail).toBe(
      'The journal says Claude seat removed on Nov 1, 2026, but Tobin Achterberg was active in Claude on Nov 12, 2026.',
    );
    // By the members file alone, use since that file shows that the seat is there again.
    expect(by(chat, { ...done, claudeRemoved: undefined }, { tasks: ['claude'] })).toMatchObject({
      state: 'fail',
      items: [{ detail: expect.stringContaining('does not list the account, but Tobin') }],
    });
    const used = [{ email: TOBIN, on: '2026-11-12', messages: 4 }];
    expect(by({ analytics_users: [reading('analytics_users', used)] }).state).toBe('fail');
    const usage = (more: object) => ({
      usage: [reading('usage', [{ email: TOBIN, messages: 4, to: '2026-11-20', ...more }])],
    });
    expect(by(usage({ from: '2026-11-02' })).state).toBe('fail');
    expect(by(usage({ from: '2026-10-20' })).state).toBe('pass');
    expect(by(usage({ from: '2026-11-02', messages: 0 })).state).toBe('pass');
    const linked = acts('integration_user_connected', '2026-11-12T15:00:00Z', {
      detail: { mcp_server_name: 'Box' },
    });
    expect(by(linked, done, { tasks: ['connectors'] }).items[0]?.detail).toContain(
      'linked Box on Nov 12, 2026',
    );
    const calls = [{ connector: 'Box', user: TOBIN, on: '2026-11-12', reads: 3, writes: 0, unclassified: 0 }];
    expect(by({ analytics_connectors: [reading('analytics_connectors', calls)] }).state).toBe('fail');
    const signIn = (errorCode: number) => ({
      sign_ins: [reading('sign_ins', [{ upn: TOBIN, at: '2026-11-12T15:00:00Z', errorCode }])],
    });
    expect(by(signIn(0)).items.map(({ key }) => key)).toEqual([`${TOBIN}/entra`]);
    expect(by(signIn(50_057)).state).toBe('pass');
    // The entry is not relied on for the projects either.
    expect(by(chat, done, { tasks: ['projects'] })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('since then the person was active in Claude'),
    });
  });

  it('passes when every task has its day, and says so with counts', () => {
    expect(decide({ journal: journal(done), readings: gone })).toMatchObject({
      state: 'pass',
      reason: '1 person who left: 5 tasks done, none open.',
    });
  });

  it('does not blame what a part of the members leaves open about someone it does not list', () => {
    const half = { complete: false };
    const of = (email: string) => [reading('members', [{ email, name: 'Ana Ruiz' }], half)];
    const run = (members: ReturnType<typeof of>, fromParts: readonly Kind[]) =>
      runRule(
        offboardingTasks,
        { tasks: ['connectors' as const, 'projects' as const] },
        { journal: journal(), readings: { members, roster: [reading('roster', [staff()])] } },
        { fromParts },
      );
    for (const parts of [[], offboardingTasks.failsFromPart ?? []]) {
      expect(run(of('ana@alder.example.org'), parts).state).not.toBe('fail');
      // If a part lists the account at any time, there was something to remove.
      expect(run(of(TOBIN), parts).state).toBe('fail');
    }
  });

  it('names tasks that were done after their due day', () => {
    expect(
      decide({ journal: journal({ ...done, connectorsRevoked: '2026-11-20' }), readings: gone }).reason,
    ).toContain('1 of them was done after the due day');
  });

  it('lists each overdue task with the person and the days late', () => {
    const outcome = decide({
      journal: journal({ entraDisabled: '2026-11-01', claudeRemoved: '2026-11-01' }),
      readings: gone,
    });
    expect(outcome.state).toBe('fail');
    expect(outcome.items.map((item) => item.key)).toEqual([
      `${TOBIN}/mfa`,
      `${TOBIN}/connectors`,
      `${TOBIN}/projects`,
    ]);
    expect(outcome.items.map((item) => item.detail)).toEqual([
      'No record that it was done (due on Nov 1, 2026, 23 days ago).',
      'No record that it was done (due on Nov 8, 2026, 16 days ago).',
      'No record that it was done (due on Nov 15, 2026, 9 days ago).',
    ]);
  });

  it('is pending up to and on the due day, and overdue the day after', () => {
    const entry = journal({ ...done, projectsHandedOver: undefined });
    const at = (today: string) =>
      decide({
        today,
        journal: entry,
        readings: {
          members: [reading('members', [{ email: 'ana@alder.example.org' }], { observedOn: '2026-11-14' })],
          roster: [reading('roster', [staff(), tobin()], { observedOn: '2026-11-14' })],
        },
      });
    expect(at('2026-11-15')).toMatchObject({ state: 'pending', due: '2026-11-15' });
    expect(at('2026-11-16').state).toBe('fail');
  });

  it('is pending for someone whose last day is still ahead', () => {
    const readings = people([TOBIN], [tobin({ status: 'active', endsOn: '2026-12-31' })]);
    expect(
      decide({ journal: { offboardings: [{ email: TOBIN, lastDay: '2026-12-31' }] }, readings }),
    ).toMatchObject({ state: 'pending', due: '2026-12-31' });
  });

  it('does not believe a removal that a later members file contradicts', () => {
    const outcome = decide({
      journal: journal(done),
      readings: people([TOBIN, 'ana@alder.example.org'], [staff(), tobin()]),
    });
    expect(outcome.state).toBe('fail');
    expect(outcome.items[0]).toMatchObject({
      key: `${TOBIN}/claude`,
      detail: expect.stringContaining(
        'The journal says Claude seat removed on Nov 1, 2026, but the members file still lists the account on Nov 24, 2026',
      ),
    });
  });

  it('accepts a removal on the day of the members file or later', () => {
    const readings = people([TOBIN, 'ana@alder.example.org'], [staff(), tobin({ endsOn: '2026-11-24' })]);
    const entry = {
      offboardings: [{ ...done, email: TOBIN, lastDay: '2026-11-24', claudeRemoved: '2026-11-24' }],
    };
    expect(decide({ journal: entry, readings }).state).toBe('pass');
  });

  it('does not believe a disabled Entra account that the file shows enabled, and takes a disabled one as proof', () => {
    const users = (enabled: boolean) => ({
      entra_users: [reading('entra_users', [{ upn: TOBIN, enabled }])],
    });
    expect(decide({ journal: journal(done), readings: { ...gone, ...users(true) } })).toMatchObject({
      state: 'fail',
      items: [{ key: `${TOBIN}/entra` }],
    });
    expect(
      decide({
        journal: journal({ ...done, entraDisabled: undefined }),
        readings: { ...gone, ...users(false) },
      }).state,
    ).toBe('pass');
  });

  it('counts a leaver without an offboarding entry as unproven', () => {
    const outcome = decide({ journal: { offboardings: [] }, readings: people([TOBIN], [staff(), tobin()]) });
    expect(outcome.state).toBe('fail');
    expect(outcome.items).toHaveLength(5);
    expect(outcome.reason).toContain(
      '1 of 1 person who left has overdue tasks: Tobin Achterberg (Claude seat still held, no record of Entra account disabled',
    );
  });

  it('finds a leaver of an earlier members file whose seat is gone', () => {
    const readings = {
      ...gone,
      members: [
        reading('members', [{ email: TOBIN }], { observedOn: '2026-10-01', file: 'old.csv' }),
        ...gone.members,
      ],
    };
    const outcome = decide({ journal: { offboardings: [] }, readings });
    expect(outcome.items.map((item) => item.key)).toEqual([
      `${TOBIN}/entra`,
      `${TOBIN}/mfa`,
      `${TOBIN}/connectors`,
      `${TOBIN}/projects`,
    ]);
  });

  it('without a journal fails only for what a file shows, and says what is not known', () => {
    const outcome = decide({ readings: people([TOBIN], [staff(), tobin()]) });
    expect(outcome.items.map((item) => item.key)).toEqual([`${TOBIN}/claude`]);
    expect(outcome.reason).toContain('Which other tasks were done is not known');
    expect(decide({ readings: gone }).state).toBe('cannot_read');
  });

  it('cannot pass without roster or members, or on stale ones', () => {
    expect(decide({ journal: journal(done), readings: { members: gone.members } }).state).toBe('cannot_read');
    expect(decide({ journal: journal(done), readings: people([], [staff()], '2026-09-01') }).state).toBe(
      'cannot_read',
    );
    expect(decide({ journal: {}, readings: gone })).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('“offboardings”') },
    });
  });

  it('still reports overdue tasks of the journal without a roster', () => {
    expect(decide({ journal: journal() }).state).toBe('fail');
  });

  it('passes with nobody leaving', () => {
    expect(
      decide({ journal: { offboardings: [] }, readings: people(['ana@alder.example.org'], [staff()]) }),
    ).toMatchObject({ state: 'pass' });
  });

  it('does not pursue someone who came back after the last day', () => {
    const readings = people([TOBIN], [tobin({ status: 'active', endsOn: null, startsOn: '2026-11-10' })]);
    expect(decide({ journal: journal(done), readings }).state).toBe('pass');
  });

  it('asks if only a similar name connects an account with a leaver', () => {
    const readings = {
      members: [reading('members', [{ email: 'tachterberg@alder.example.org', name: 'Tobin Achterberg' }])],
      roster: [reading('roster', [tobin()])],
    };
    expect(decide({ journal: { offboardings: [] }, readings })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('resembles a person who has left'),
    });
    const notYet = { ...readings, roster: [reading('roster', [tobin({ endsOn: '2026-12-31' })])] };
    expect(decide({ journal: { offboardings: [] }, readings: notYet }).reason).not.toContain('who has left');
  });

  it('asks about the seat of a person who may have moved to another of our employers', () => {
    const next = staff({
      name: 'Tobin Achterberg',
      emails: ['tobin@birch.example.org'],
      startsOn: '2026-11-02',
    });
    const readings = people([TOBIN, 'ana@alder.example.org'], [staff(), tobin(), next]);
    expect(decide({ journal: { offboardings: [] }, readings })).toMatchObject({
      state: 'cannot_read',
      ask: { of: 'charter', field: 'people.same' },
      items: [{ key: TOBIN }],
    });
  });

  it('judges only the tasks it is given', () => {
    expect(
      decide(
        { journal: journal({ projectsHandedOver: '2026-11-10' }), readings: gone },
        { tasks: ['projects'] },
      ).state,
    ).toBe('pass');
  });
});
// Guide: G2.2-12 G5.5-05 G6.6-00 G6.6-01 G6.6-02 G6.6-03 G6.6-04 G6.6-05 G7.1-02
