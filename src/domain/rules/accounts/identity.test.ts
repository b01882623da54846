import { describe, expect, it } from 'vitest';
import { isOffered } from '../../model/offered.ts';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { domainCaptureDecided } from './domain-capture.ts';
import { dana, files, keys, kim, members, noor, roster, staffOf } from './fixtures.ts';
import { directorySync, ssoRequired } from './identity.ts';
import { jitLeavers } from './jit-leavers.ts';

const settings = (values: Record<string, unknown>) => ({
  settings: [
    reading(
      'settings',
      Object.entries(values).map(([name, value]) => ({ name, value })),
      { observedOn: '2026-11-20' },
    ),
  ],
});
const enterprise = { claudePlan: 'enterprise' as const };

describe('single sign-on is required', () => {
  const run = (values: Record<string, unknown>) =>
    runRule(ssoRequired, {}, { profile: enterprise, readings: settings(values) });
  it('passes only when it is required, not when it is set up', () => {
    expect(run({ sso_claude_ai_enforced: true }).state).toBe('pass');
    expect(run({ sso_claude_ai_enforced: true, sso_enabled: true }).state).toBe('pass');
    expect(run({ sso_claude_ai_enforced: true, sso_enabled: 'disabled' }).state).toBe('cannot_read');
    const o = run({ sso_claude_ai_enforced: false, sso_enabled: true });
    expect(o.state).toBe('fail');
    expect(o.reason).toContain('set up but not required');
  });
  it.each([
    [{}],
    [{ sso_enabled: true }],
    [{ sso_claude_ai_enforced: null }],
    [{ sso_claude_ai_enforced: 'true' }],
  ])('cannot read %o', (values) => {
    expect(run(values).state).toBe('cannot_read');
  });
  it('cannot read an old file', () => {
    expect(
      runRule(
        ssoRequired,
        {},
        { profile: enterprise, readings: settings({ sso_claude_ai_enforced: true }), today: '2027-02-01' },
      ).state,
    ).toBe('cannot_read');
  });
  it('does not pass if someone of ours signed in another way after the settings were read', () => {
    const decide = (type: string, actorEmail: string, at: string) =>
      runRule(
        ssoRequired,
        {},
        {
          readings: {
            settings: [
              reading('settings', [{ name: 'sso_claude_ai_enforced', value: true }], {
                observedOn: '2026-11-20',
              }),
            ],
            activities: [reading('activities', [{ type, actorEmail, at }])],
          },
        },
      );
    const later = '2026-11-22T15:00:00Z';
    expect(decide('magic_link_login_succeeded', kim.email, later)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('signed in by mail link on Nov 22, 2026'),
    });
    expect(decide('social_login_succeeded', kim.email, later).state).toBe('cannot_read');
    expect(decide('magic_link_login_succeeded', kim.email, '2026-11-18T15:00:00Z').state).toBe('pass');
    expect(decide('magic_link_login_failed', kim.email, later).state).toBe('pass');
    expect(decide('magic_link_login_succeeded', 'kim@gmail.com', later).state).toBe('pass');
  });
  it('cannot read two values for one setting', () => {
    const rows = [
      { name: 'sso_claude_ai_enforced', value: true },
      { name: 'sso_claude_ai_enforced', value: false },
    ];
    expect(runRule(ssoRequired, {}, { readings: { settings: [reading('settings', rows)] } }).state).toBe(
      'cannot_read',
    );
  });
});

describe('directory sync', () => {
  it('fails if a leaver still holds a seat, even if the setting is on', () => {
    const left = { emails: [kim.email], name: kim.name, status: 'left' as const, endsOn: '2026-10-01' };
    const o = runRule(
      directorySync,
      {},
      {
        profile: enterprise,
        readings: {
          ...settings({ directory_sync_enabled: true, sso_provisioning_mode: 'scim_advanced' }),
          ...files([dana, kim], [...staffOf(dana), left]),
        },
      },
    );
    expect([o.state, o.reason]).toEqual(['fail', expect.stringContaining('Kim Osei')]);
  });
  it('does not clear a leaver’s seat if they may have moved to another of our employers', () => {
    const left = { emails: [kim.email], name: kim.name, status: 'left' as const, endsOn: '2026-11-01' };
    const next = { emails: ['kim@birch.example.org'], name: kim.name, startsOn: '2026-11-02' };
    const by = (people?: object) =>
      runRule(
        directorySync,
        {},
        {
          profile: enterprise,
          charter: people === undefined ? {} : { people },
          readings: {
            ...settings({ directory_sync_enabled: true, sso_provisioning_mode: 'scim_advanced' }),
            ...files([dana, kim], [...staffOf(dana), left, next]),
          },
        },
      );
    const pair = [kim.email, 'kim@birch.example.org'];
    expect(by()).toMatchObject({ state: 'cannot_read', ask: { of: 'charter', field: 'people.same' } });
    expect(by({ different: [pair] }).state).toBe('fail');
    expect(by({ same: [pair] }).state).toBe('pass');
  });
  const run = (values: Record<string, unknown>) =>
    runRule(directorySync, {}, { profile: enterprise, readings: settings(values) });
  it.each(['scim_permissive', 'scim_advanced'])(
    'passes with %s, and only beside lists of who left',
    (mode) => {
      const values = { directory_sync_enabled: true, sso_provisioning_mode: mode };
      const beside = (readings: Given['readings'] & object) =>
        runRule(directorySync, {}, { profile: enterprise, readings: { ...settings(values), ...readings } });
      const { members: list, roster: staff } = files([dana, kim], staffOf(dana, kim));
      expect(beside({ members: list, roster: staff }).state).toBe('pass');
      // The setting alone is no proof.
      for (const lacking of [{}, { members: list }, { roster: staff }])
        expect(beside(lacking)).toMatchObject({
          state: 'cannot_read',
          code: 'accounts.identity.sync_not_compared',
          ask: { of: 'source' },
        });
    },
  );
  it('cannot tell what it removes while single sign-on is switched off', () => {
    const by = (sso_enabled: unknown) =>
      runRule(
        directorySync,
        {},
        {
          profile: enterprise,
          readings: {
            ...settings({
              directory_sync_enabled: true,
              sso_provisioning_mode: 'scim_advanced',
              sso_enabled,
            }),
            ...files([dana, kim], staffOf(dana, kim)),
          },
        },
      );
    expect(by(true).state).toBe('pass');
    expect(by(null).state).toBe('pass');
    // A statement from before these settings does not settle it.
    expect(by(false)).toMatchObject({
      state: 'cannot_read',
      code: 'accounts.identity.sync_without_sso',
      changedOn: '2026-11-20',
    });
    expect(by('disabled').state).toBe('cannot_read');
  });
  it.each(['jit_permissive', 'jit_advanced', 'login_only'])('fails with %s', (mode) => {
    expect(run({ directory_sync_enabled: true, sso_provisioning_mode: mode }).state).toBe('fail');
  });
  it('fails when it is off and cannot read what is missing or new', () => {
    expect(run({ directory_sync_enabled: false, sso_provisioning_mode: 'scim_advanced' }).state).toBe('fail');
    expect(run({ directory_sync_enabled: true }).state).toBe('cannot_read');
    expect(run({ directory_sync_enabled: true, sso_provisioning_mode: 'scim_next' }).state).toBe(
      'cannot_read',
    );
    expect(run({}).state).toBe('cannot_read');
  });
});

describe('leavers with just-in-time sign-in', () => {
  const left = { emails: [kim.email], name: kim.name, endsOn: '2026-11-10' };
  const jit = { provisioning: 'jit' };
  const users = (enabled: boolean | null, observedOn = '2026-11-20') => [
    reading(
      'entra_users',
      [
        { id: '1', upn: dana.email, enabled: true },
        { id: '2', upn: kim.email, enabled },
      ],
      { observedOn },
    ),
  ];
  const run = (people: Parameters<typeof members>[0], more: Given = {}) =>
    runRule(
      jitLeavers,
      {},
      {
        charter: jit,
        ...more,
        readings: {
          members: members(people),
          roster: roster([...staffOf(dana, noor), left]),
          ...more.readings,
        },
      },
    );
  it('passes when the leaver is gone in Claude and disabled or deleted in Entra', () => {
    expect(run([dana, noor], { readings: { entra_users: users(false) } }).state).toBe('pass');
    // Disabled on leave, and perhaps enabled again until the last day.
    expect(run([dana, noor], { readings: { entra_users: users(false, '2026-11-05') } })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('before the last day Nov 10, 2026'),
    });
    const deleted = (...people: (typeof dana)[]) => ({
      entra_users: [
        reading(
          'entra_users',
          people.map(({ email }, at) => ({ id: `${at}`, upn: email, enabled: true })),
        ),
      ],
    });
    expect(run([dana, noor], { readings: deleted(dana, noor) }).state).toBe('pass');
    // A list that lacks current staff may lack the leaver's account too.
    expect(run([dana, noor], { readings: deleted(dana) })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('does not hold all current staff either'),
    });
  });
  it('fails when only one of the two places is closed', () => {
    const seat = run([dana, noor, kim], { readings: { entra_users: users(false) } });
    expect(seat.state).toBe('fail');
    expect(seat.reason).toContain('still holds a seat');
    const door = run([dana, noor], { readings: { entra_users: users(true) } });
    expect(keys(door)).toEqual([kim.email]);
    expect(door.reason).toContain('still enabled');
  });
  it('fails while one of two accounts is left, whichever the events show removed', () => {
    const second = { ...kim, email: 'kim.osei@alder.example.org' };
    const both = roster([...staffOf(dana, noor), { ...left, emails: [kim.email, second.email] }]);
    const after = (...gone: string[]) => {
      const events = gone.map((email) => ({
        type: 'org_user_deleted',
        at: '2026-11-22T15:00:00Z',
        detail: { deleted_user_email: email },
      }));
      const activities = [
        reading('activities', events, { covers: { from: '2026-10-01', to: '2026-11-24' } }),
      ];
      return run([dana, noor, kim, second], {
        readings: { entra_users: users(false), roster: both, activities },
      }).state;
    };
    for (const gone of [kim.email, second.email]) expect(after(gone)).toBe('fail');
    expect(after(kim.email, second.email)).toBe('pass');
  });
  it('cannot tell from an Entra file that is older than the last day, or gives no state', () => {
    expect(run([dana, noor], { readings: { entra_users: users(true, '2026-11-09') } }).state).toBe(
      'cannot_read',
    );
    expect(run([dana, noor], { readings: { entra_users: users(null) } }).state).toBe('cannot_read');
  });
  it('accepts the journal without an Entra file, and cannot tell without both', () => {
    expect(run([dana, noor]).state).toBe('cannot_read');
    const journal = {
      offboardings: [
        { email: kim.email, lastDay: '2026-11-10', entraDisabled: '2026-11-10', claudeRemoved: '2026-11-10' },
      ],
    };
    expect(run([dana, noor], { journal }).state).toBe('pass');
    expect(
      run([dana, noor], {
        journal: { offboardings: [{ email: kim.email, lastDay: '2026-11-10', claudeRemoved: '2026-11-10' }] },
      }).state,
    ).toBe('cannot_read');
  });
  it('asks for the journal, not for an Entra file, if the profile states no Microsoft 365', () => {
    const asked = (profile: NonNullable<Given['profile']>) => run([dana, noor], { profile }).ask;
    expect(asked({ m365: [] })).toMatchObject({ of: 'journal', field: 'offboardings' });
    expect(asked({ m365: 'e3' })).toMatchObject({ of: 'source', field: 'entra_users' });
    expect(isOffered('entra_users', { claudePlan: 'team', m365: [] })).toBe(false);
    expect(isOffered('entra_users', { claudePlan: 'team' })).toBe(true);
  });
  it('leaves out someone who was hired again', () => {
    const [back] = staffOf(kim);
    const again = roster([...staffOf(dana, noor), { ...back, startsOn: '2026-11-16' }, left]);
    const o = run([dana, noor, kim], {
      journal: { offboardings: [] },
      readings: { roster: again, entra_users: users(true) },
    });
    expect(o.state).toBe('pass');
  });
  it('does not take a roster without leavers for proof', () => {
    const present = roster(staffOf(dana, noor));
    expect(run([dana, noor], { readings: { roster: present } }).state).toBe('cannot_read');
    expect(run([dana, noor], { journal: { offboardings: [] }, readings: { roster: present } }).state).toBe(
      'pass',
    );
  });
  it('applies by the settings first, then by the charter, else asks', () => {
    expect(run([dana, noor], { charter: { provisioning: 'invite' } }).state).toBe('not_applicable');
    expect(run([dana, noor], { readings: settings({ sso_provisioning_mode: 'scim_advanced' }) }).state).toBe(
      'not_applicable',
    );
    expect(
      run([dana, noor], {
        charter: { provisioning: 'invite' },
        readings: settings({ sso_provisioning_mode: 'jit_permissive' }),
      }).state,
    ).toBe('cannot_read');
    expect(run([dana, noor], { charter: {} }).ask?.text).toContain('provisioning');
  });
});

describe('domain capture is decided', () => {
  const decision = { capture: false, on: '2026-10-01', by: 'Dana Whitlock', approvedBy: 'Noor Vasquez' };
  const claim = {
    activities: [
      reading('activities', [
        { type: 'domain_claim_initiated', at: '2026-11-01T10:00:00Z', actorName: 'Kim Osei' },
      ]),
    ],
  };
  const run = (parts: Given) => runRule(domainCaptureDecided, {}, parts);
  it('passes with a decision of two people, either way', () => {
    expect(run({ charter: { domainCapture: decision } }).state).toBe('pass');
    expect(run({ charter: { domainCapture: { ...decision, capture: true } }, readings: claim }).state).toBe(
      'pass',
    );
  });
  it('says if the claim was started before the decision', () => {
    const by = (on: string) =>
      run({ charter: { domainCapture: { ...decision, capture: true, on } }, readings: claim }).reason;
    expect(by('2026-11-05')).toContain('on Nov 1, 2026 by Kim Osei, before that decision.');
    expect(by('2026-10-01')).not.toContain('before that decision');
  });
  it('fails for one person alone, and for a claim against or without the decision', () => {
    expect(run({ charter: { domainCapture: { ...decision, approvedBy: 'dana whitlock ' } } }).state).toBe(
      'fail',
    );
    expect(run({ charter: { domainCapture: decision }, readings: claim }).state).toBe('fail');
    const o = run({ charter: {}, readings: claim });
    expect(o.state).toBe('fail');
    expect(o.reason).toContain('Kim Osei');
  });
  it('asks about a typed decision of someone whom no list knows', () => {
    const of = (people: readonly (typeof dana)[]) =>
      run({
        typed: true,
        charter: { domainCapture: decision },
        readings: { roster: roster(staffOf(...people)) },
      });
    expect(of([dana, noor]).state).toBe('pass');
    expect(of([dana, kim])).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('Noor Vasquez is neither on the roster nor a member'),
    });
  });
  it('asks if nothing is decided, and does not count a decision dated in the future', () => {
    expect(run({ charter: {} }).ask?.text).toContain('domainCapture');
    expect(run({}).state).toBe('cannot_read');
    expect(run({ charter: { domainCapture: { ...decision, on: '2026-12-01' } } }).state).toBe('cannot_read');
  });
});
// Guide: G1.1-06 G1.1-07 G1.1-08 G1.1-14 G2.2-11 G2.2-12 G4.1-02 G6.6-00 G6.6-01 G6.6-03 GB-07 GB-08
