import { describe, expect, it } from 'vitest';
import { type Given, reading, runRule } from '../testing/build.ts';
import { attested } from './attested.ts';
import { policies, policy, principals } from './microsoft/testing.ts';

const OWNER = 'it@alder.example.org';
const HOW_TO_LOOK = 'See who is Primary Owner.';

describe('a note that denies what had to be seen', () => {
  const BLOCKED = 'Upload a file of made-up data; it must be blocked.';
  const ON = 'Open Connector domain restriction and see that it is on.';
  const OFF = 'Open Claude in Chrome and see that it is off.';
  const NOT_ALWAYS = 'See that the default for new tools is not Always allow.';
  it.each([
    ['Upload was not blocked', BLOCKED, 'cannot_read'],
    ['It wasn’t blocked on the Mac', BLOCKED, 'cannot_read'],
    ['Blocked, tried twice', BLOCKED, 'pass'],
    ['Nothing went through', BLOCKED, 'pass'],
    ['Is off', ON, 'cannot_read'],
    ['Is not on', ON, 'cannot_read'],
    ['Switched on by Kim', ON, 'pass'],
    ['Still enabled for the board', OFF, 'cannot_read'],
    ['Not off yet', OFF, 'cannot_read'],
    ['Turned off for everyone', OFF, 'pass'],
    ['No browser is enabled', OFF, 'pass'],
    ['Not Always allow', NOT_ALWAYS, 'pass'],
  ])('%s; %s: %s', (note, look, state) => {
    const attestations = [{ control: 'CLA-ACC-01', holds: true, seen: '2026-11-20', by: 'Kim Osei', note }];
    const given = { attestations };
    expect(runRule(attested, { look, days: 90 }, given)).toMatchObject({
      state,
      reason: expect.stringContaining(note),
    });
  });
});

describe('a statement that only the account owner can make', () => {
  const run = (attestations: NonNullable<Given['attestations']>, charter: NonNullable<Given['charter']>) =>
    runRule(
      attested,
      { look: HOW_TO_LOOK, days: 90, by: 'account_owner' as const },
      { attestations, charter },
    );
  const by = (author: string, more: object = {}) => ({
    control: 'CLA-ACC-01',
    holds: true,
    seen: '2026-11-20',
    by: author,
    ...more,
  });

  it.each([OWNER, `Kim Osei (${OWNER})`, 'IT@Alder.example.org'])('counts from %s', (author) => {
    expect(run([by(author)], { accountOwner: OWNER }).state).toBe('pass');
  });

  it.each(['Noor Vasquez (noor@alder.example.org)', 'Kim Osei', `${OWNER} (noor@alder.example.org)`])(
    'does not count from %s, and names the person whose statement would',
    (author) => {
      const o = run([by(author)], { accountOwner: OWNER });
      expect(o.state).toBe('cannot_read');
      expect(o.reason).toContain(OWNER);
    },
  );

  it('does not count if the charter names no owner, whoever makes it', () => {
    for (const charter of [{}, undefined]) {
      const o = runRule(
        attested,
        { look: HOW_TO_LOOK, days: 90, by: 'account_owner' as const, against: ['accountOwner' as const] },
        { attestations: [by(OWNER)], ...(charter === undefined ? {} : { charter }) },
      );
      expect(o.state).toBe('cannot_read');
      expect(o.ask?.text).toContain('accountOwner');
    }
  });

  it('is overruled by anyone who saw later that it does not hold', () => {
    const o = run([by('Noor Vasquez', { holds: false, seen: '2026-11-22' }), by(OWNER)], {
      accountOwner: OWNER,
    });
    expect(o.state).toBe('fail');
  });
});

it('does not count for another Claude organization than the charter named that day', () => {
  const [ours, theirs] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
  const run = (then: string) =>
    runRule(
      attested,
      { look: HOW_TO_LOOK, days: 90, covers: 'organization' as const },
      {
        attestations: [{ control: 'CLA-ACC-01', holds: true, seen: '2026-11-10' }],
        charter: { claudeOrganization: ours },
        charterVersions: [
          { storedOn: '2026-11-20', value: { claudeOrganization: ours } },
          { storedOn: '2026-01-01', value: { claudeOrganization: then } },
        ],
      },
    );
  expect(run(ours).state).toBe('pass');
  expect(run(theirs)).toMatchObject({ state: 'cannot_read', code: 'attested.other_organization' });
});

it('does not count for a domain if a lookup of that day or later finds no record', () => {
  const run = (observedOn: string, txt: string[]) =>
    runRule(
      attested,
      { look: HOW_TO_LOOK, days: 90, covers: 'domains' as const },
      {
        profile: { domains: ['alder.example.org', 'alder-fund.example.org'] },
        attestations: [
          {
            control: 'CLA-ACC-01',
            holds: true,
            seen: '2026-11-20',
            by: 'Kim Osei',
            domains: ['alder.example.org', 'alder-fund.example.org'],
          },
        ],
        readings: {
          dns: [
            reading('dns', [{ domain: 'alder-fund.example.org', outcome: 'answer', txt, expected: null }], {
              observedOn,
            }),
          ],
        },
      },
    );
  expect(run('2026-11-22', ['v=spf1 -all'])).toMatchObject({
    state: 'cannot_read',
    reason: expect.stringContaining('alder-fund.example.org'),
  });
  expect(run('2026-11-22', ['anthropic-domain-verification-a1=']).state).toBe('cannot_read');
  expect(run('2026-11-22', ['anthropic-domain-verification-a1=xyz']).state).toBe('pass');
  expect(run('2026-11-12', ['v=spf1 -all']).state).toBe('pass');
});

it('does not count from a shared mailbox without a role in the charter', () => {
  const run = (charter: NonNullable<Given['charter']>) =>
    runRule(
      attested,
      { look: HOW_TO_LOOK, days: 90 },
      { attestations: [{ control: 'CLA-ACC-01', holds: true, seen: '2026-11-20', by: OWNER }], charter },
    ).state;
  expect(run({})).toBe('cannot_read');
  expect(run({ accountOwner: OWNER })).toBe('pass');
});

it.each(['Board office', 'IT', 'Executive Director'])(
  'does not count from “%s”, even if the charter names it',
  (by) => {
    const run = (charter: NonNullable<Given['charter']>) =>
      runRule(
        attested,
        { look: HOW_TO_LOOK, days: 90 },
        { attestations: [{ control: 'CLA-ACC-01', holds: true, seen: '2026-11-20', by }], charter },
      );
    expect(run({})).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('an office or a role'),
    });
    expect(run({ governanceOwner: { name: by } }).state).toBe('cannot_read');
  },
);

it('does not outlive a change of a Conditional Access policy, on any plan', () => {
  const run = (at: string, activity = 'Update conditional access policy') =>
    runRule(
      attested,
      { look: HOW_TO_LOOK, days: 90, undone: { settings: {}, events: [], accessPolicies: true as const } },
      {
        attestations: [
          { control: 'CLA-ACC-01', holds: true, seen: '2026-11-20', by: 'noor@alder.example.org' },
        ],
        readings: {
          directory_audits: [
            reading('directory_audits', [{ at, activity, succeeded: true, actor: null, targets: [] }]),
          ],
        },
      },
    );
  expect(run('2026-11-19T10:00:00Z').state).toBe('pass');
  expect(run('2026-11-21T10:00:00Z').state).toBe('cannot_read');
  expect(run('2026-11-21T10:00:00Z').reason).toContain('a Conditional Access policy was changed');
  expect(run('2026-11-21T10:00:00Z', 'Delete named location').state).toBe('cannot_read');
  expect(run('2026-11-21T10:00:00Z', 'Add named location').state).toBe('pass');
});

it('does not count for policies if a file of that day or later shows security defaults on', () => {
  const run = (enabled: boolean, observedOn: string) =>
    runRule(
      attested,
      { look: HOW_TO_LOOK, days: 90, undone: { settings: {}, events: [], accessPolicies: true as const } },
      {
        attestations: [
          { control: 'CLA-ACC-01', holds: true, seen: '2026-11-20', by: 'noor@alder.example.org' },
        ],
        readings: { security_defaults: [reading('security_defaults', [{ enabled }], { observedOn })] },
      },
    );
  expect(run(true, '2026-11-22')).toMatchObject({
    state: 'cannot_read',
    reason: expect.stringContaining('security defaults were seen to be on (Nov 22, 2026)'),
  });
  expect(run(false, '2026-11-22').state).toBe('pass');
  expect(run(true, '2026-11-19').state).toBe('pass');
});

it('does not outlive a change of who holds a role, or is in a group, that policies for Claude use', () => {
  const ROLE = '62e90394-69f5-4237-9190-012177145e10';
  const run = (activity: string, own: object, was = false, template = ROLE) => {
    const value = `"${template}"`;
    const changed = [
      {
        name: 'Role.DisplayName',
        ...(was ? { from: '"Global Administrator"', to: null } : { to: '"Global Administrator"' }),
      },
      { name: 'Role.TemplateId', ...(was ? { from: value, to: null } : { to: value }) },
    ];
    return runRule(
      attested,
      { look: HOW_TO_LOOK, days: 90, undone: { settings: {}, events: [], accessPolicies: true as const } },
      {
        attestations: [
          { control: 'CLA-ACC-01', holds: true, seen: '2026-11-20', by: 'noor@alder.example.org' },
        ],
        readings: {
          service_principals: principals(),
          ca_policies: policies(policy(own)),
          directory_audits: [
            reading('directory_audits', [
              {
                at: '2026-11-21T10:00:00Z',
                activity,
                category: 'RoleManagement',
                succeeded: true,
                actor: 'ann@alder.example.org',
                targets: [
                  { id: 'u-bo', type: 'User', name: 'bo@alder.example.org', changed },
                  { id: 'role-object', type: 'Role', name: null, changed: [] },
                ],
              },
            ]),
          ],
        },
      },
    );
  };
  const out = { excludeRoles: [ROLE] };
  expect(run('Add member to role', out)).toMatchObject({
    state: 'cannot_read',
    reason: expect.stringContaining(
      'bo@alder.example.org was added to the role Global Administrator by ann@alder.example.org',
    ),
  });
  expect(run('Remove member from role', { includeUsers: [], includeRoles: [ROLE] }, true)).toMatchObject({
    state: 'cannot_read',
    reason: expect.stringContaining('was removed from the role Global Administrator'),
  });
  // Adding people to a policy's scope asks more of them.
  expect(run('Add member to role', { includeUsers: [], includeRoles: [ROLE] }).state).toBe('pass');
  expect(run('Add member to role', {}).state).toBe('pass');
  expect(run('Add member to role', out, false, 'fe930be7-5e62-47db-91af-98c3a49a38b1').state).toBe('pass');
});

it('counts only with a file if the control asks for one, but fails without', () => {
  const run = (more: object) =>
    runRule(
      attested,
      { look: HOW_TO_LOOK, days: 90, file: true },
      {
        attestations: [
          {
            control: 'CLA-ACC-01',
            holds: true,
            seen: '2026-11-20',
            by: 'kim.osei@alder.example.org',
            ...more,
          },
        ],
      },
    );
  expect(run({})).toMatchObject({ state: 'cannot_read', code: 'attested.no_file' });
  expect(run({ file: 'policy.pdf', fileFound: true }).state).toBe('pass');
  expect(run({ holds: false }).state).toBe('fail');
});

describe('a statement that compares with the charter', () => {
  const run = (holds: boolean, charter: NonNullable<Given['charter']>) =>
    runRule(
      attested,
      { look: 'See only names of the charter.', days: 90, against: ['connectors' as const] },
      {
        attestations: [
          { control: 'CLA-ACC-01', holds, seen: '2026-11-20', by: 'kim.osei@alder.example.org' },
        ],
        charter,
      },
    ).state;
  it('does not count if a name or an endpoint in the charter is still to be filled in', () => {
    const [named, open] = [[{ name: 'Asana', actions: {} }], [{ name: 'TBD', actions: {} }]];
    expect([run(true, { connectors: named }), run(true, { connectors: open })]).toEqual([
      'pass',
      'cannot_read',
    ]);
    const sent = (endpoint: string) =>
      runRule(
        attested,
        { look: HOW_TO_LOOK, days: 90, against: ['telemetry' as const] },
        {
          attestations: [
            { control: 'CLA-ACC-01', holds: true, seen: '2026-11-20', by: 'kim.osei@alder.example.org' },
          ],
          charter: { telemetry: { endpoint, since: '2026-09-15' } },
        },
      ).state;
    expect([sent('https://otel.alder.example.org'), sent('to be decided')]).toEqual(['pass', 'cannot_read']);
  });
  it('outlives new versions of the charter that do not change what it is compared with', () => {
    const asana = (permission: 'allow' | 'ask', reviewed?: string) => [
      {
        name: 'Asana',
        actions: { read: permission },
        ...(reviewed === undefined ? {} : { sourceReviewed: reviewed }),
      },
    ];
    const at = (earlier: 'allow' | 'ask') =>
      runRule(
        attested,
        { look: HOW_TO_LOOK, days: 90, against: ['connectors' as const] },
        {
          attestations: [
            { control: 'CLA-ACC-01', holds: true, seen: '2026-11-10', by: 'kim@alder.example.org' },
          ],
          charter: { inForceSince: '2026-11-20', connectors: asana('allow', '2026-11-19') },
          charterVersions: [
            {
              storedOn: '2026-11-20',
              value: { inForceSince: '2026-11-20', connectors: asana('allow', '2026-11-19') },
            },
            { storedOn: '2026-09-01', value: { inForceSince: '2026-09-01', connectors: asana(earlier) } },
          ],
        },
      ).state;
    expect([at('allow'), at('ask')]).toEqual(['pass', 'cannot_read']);
  });
  it('does not pass while the charter is silent, but can still fail', () => {
    expect(run(true, {})).toBe('cannot_read');
    expect(run(false, {})).toBe('fail');
    expect(run(true, { connectors: [] })).toBe('pass');
  });
});
// Guide: G2.2-01
