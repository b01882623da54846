import { describe, expect, it } from 'vitest';
import type { Capability } from '../model/capability.ts';
import type { Control } from '../model/catalogue.ts';
import type { Verdict } from '../model/verdict.ts';
import { CONNECTOR_SERVER } from '../rules/microsoft/apps.ts';
import { type Given, given, reading } from '../testing/build.ts';
import { decide } from './decide.ts';

const SSO: Control = {
  id: 'CLA-ACC-14',
  version: 1,
  title: 'Sign-in goes through our identity provider',
  action: 'Require sign-in through our identity provider',
  board: { wrong: 'A thing that matters is not so' },
  area: 'accounts',
  severity: 'high',
  concerns: 'it_admin',
  why: 'One door to guard.',
  guide: [],
  needs: [],
  checks: [
    {
      rule: 'setting',
      reads: ['settings'],
      freshDays: 30,
      with: {
        name: 'sso_claude_ai_enforced',
        oneOf: [true],
        right: 'Sign-in is required.',
        wrong: 'Sign-in is not required.',
      },
    },
    { rule: 'attested', reads: ['attestations'], with: { look: 'Look at Identity settings.', days: 90 } },
  ],
  remediation: { minutes: 10, who: 'An Owner', steps: [{ do: 'Require it' }] },
  facts: [],
  sources: [],
};

function verdict(parts: Given, control: Partial<Control> = {}): Verdict {
  const only = decide(
    given({ ...parts, catalogue: { ...parts.catalogue, controls: [{ ...SSO, ...control }] } }),
  )[0];
  if (!only) throw new Error('The catalogue of this test holds one control.');
  return only;
}

const enterprise = { claudePlan: 'enterprise' as const };
const settings = (value: unknown, observedOn = '2026-11-20') => [
  reading('settings', [{ name: 'sso_claude_ai_enforced', value }], { observedOn }),
];
const saw = (holds: boolean, seen: string) => ({ control: 'CLA-ACC-14', holds, seen });

describe('decide', () => {
  it('uses the first check that can decide and cites the row', () => {
    const v = verdict({
      profile: enterprise,
      readings: { settings: settings(true) },
      attestations: [saw(true, '2026-11-01')],
    });
    expect(v).toMatchObject({
      state: 'pass',
      rule: 'setting',
      reason: 'Sign-in is required.',
      goodUntil: '2026-12-20',
    });
    expect(v.evidence).toMatchObject([
      { kind: 'settings', file: 'settings.csv', row: 2, observedOn: '2026-11-20' },
    ]);
  });

  it('takes the worst of the linked organizations, and unread ones never pass', () => {
    const of = (organization: string, value: unknown) => ({
      organization,
      organizationName: `Chapter ${organization}`,
      name: 'sso_claude_ai_enforced',
      value,
    });
    const decided = (...rows: object[]) =>
      verdict({
        profile: enterprise,
        readings: { settings: [reading('settings', rows, { observedOn: '2026-11-20' })] },
      });
    const good = decided(of('a', true), of('b', true));
    expect(good).toMatchObject({
      state: 'pass',
      reason: 'Sign-in is required. So it is in all 2 linked organizations.',
    });
    expect(good.evidence.map(({ row }) => row)).toEqual([2, 3]);
    expect(decided(of('a', true), of('b', false))).toMatchObject({
      state: 'fail',
      reason: 'Sign-in is not required. So it is in Chapter b.',
    });
    const own = 'aaaaaaaa-0000-4000-8000-0000000000a1';
    const theirs = { ...of('aaaaaaaa-0000-4000-8000-0000000000b1', false), organizationName: 'Chapter b' };
    const named = verdict({
      profile: enterprise,
      charter: { claudeOrganization: own },
      readings: { settings: [reading('settings', [of(own, true), theirs], { observedOn: '2026-11-20' })] },
    });
    expect(named).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('if Chapter b is not ours, leave its file out'),
    });
    const unread = { ...of('b', 'Anthropic does not offer them.'), name: 'settings', type: 'unreadable' };
    expect(decided(of('a', true), unread)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('The settings of Chapter b could not be read'),
    });
    expect(decided(of('a', false), unread).state).toBe('fail');
    expect(decided(of('a', true), { ...of('b', true), name: 'sso_enabled' }).state).toBe('cannot_read');
  });

  it('never passes on a missing, stale or future reading', () => {
    expect(verdict({ profile: enterprise }).state).toBe('cannot_read');
    const stale = verdict({ profile: enterprise, readings: { settings: settings(true, '2026-09-08') } });
    expect(stale.state).toBe('cannot_read');
    expect(stale.reason).toContain('The settings file is 77 days old. It is valid for 30 days.');
    expect(verdict({ profile: enterprise, readings: { settings: settings(true, '2026-11-25') } }).state).toBe(
      'cannot_read',
    );
  });

  it('falls back to a statement if the source cannot decide', () => {
    expect(verdict({ attestations: [saw(true, '2026-11-01')] })).toMatchObject({
      state: 'pass',
      rule: 'attested',
    });
    expect(verdict({ attestations: [saw(true, '2026-08-01')] }).reason).toContain('expired on Oct 30, 2026');
  });

  it('reports what each failing check found, so that an exception for one leaves the others open', () => {
    const found = verdict(
      {
        charter: {
          owners: [],
          admins: [],
          exceptions: [
            {
              control: 'CLA-ACC-14',
              items: ['eve@elsewhere.example'],
              reason: 'Leaves soon',
              owner: 'Dana Whitlock',
              until: '2026-12-31',
            },
          ],
        },
        readings: {
          members: [
            reading('members', [
              { email: 'eve@elsewhere.example', role: 'user' },
              { email: 'dana@alder.example.org', role: 'primary_owner' },
            ]),
          ],
        },
      },
      {
        checks: [
          { rule: 'seat-domains', reads: ['members', 'profile', 'charter'], with: {} },
          { rule: 'approved-admins', reads: ['members', 'charter'], with: {} },
        ],
      },
    );
    expect(found).toMatchObject({
      state: 'fail',
      items: [{ key: 'eve@elsewhere.example' }, { key: 'dana@alder.example.org' }],
    });
  });

  it('lets a newer failing statement overrule a passing file, never the reverse', () => {
    const contradicted = verdict({
      profile: enterprise,
      readings: { settings: settings(true) },
      attestations: [saw(false, '2026-11-23')],
    });
    expect(contradicted.state).toBe('fail');
    expect(contradicted.reason).toContain('Another source disagrees');
    expect(
      verdict({
        profile: enterprise,
        readings: { settings: settings(true) },
        attestations: [saw(false, '2026-11-01')],
      }).state,
    ).toBe('pass');
    expect(
      verdict({
        profile: enterprise,
        readings: { settings: settings(false) },
        attestations: [saw(true, '2026-11-23')],
      }).state,
    ).toBe('fail');
  });

  it('does not send a Team client looking for a file that only Enterprise has', () => {
    const v = verdict({});
    expect(v.reason).toBe('No one has attested to it.');
    expect(v.question).not.toContain('Enterprise');
    expect(verdict({ profile: enterprise }).reason).toContain('The settings file has not been provided.');
  });

  it('refuses to choose between two different readings of one day', () => {
    const two = [
      ...settings(true),
      reading('settings', [{ name: 'sso_claude_ai_enforced', value: false }], {
        observedOn: '2026-11-20',
        file: 'copy.json',
      }),
    ];
    const v = verdict({ profile: enterprise, readings: { settings: two } });
    expect(v.state).toBe('cannot_read');
    expect(v.reason).toContain('settings.csv and copy.json');
    const older = reading('settings', [{ name: 'sso_claude_ai_enforced', value: false }], {
      observedOn: '2026-11-01',
      file: 'old.json',
    });
    expect(verdict({ profile: enterprise, readings: { settings: [older, ...settings(true)] } }).state).toBe(
      'pass',
    );
  });

  it('does not treat one page of several as the whole', () => {
    const page = reading('settings', [{ name: 'sso_claude_ai_enforced', value: true }], { complete: false });
    expect(verdict({ profile: enterprise, readings: { settings: [page] } })).toMatchObject({
      state: 'cannot_read',
    });
  });

  it('names what is not licensed before it reads anything, and keeps an unknown license unknown', () => {
    const capability: Capability = {
      id: 'claude.scim',
      title: 'Directory sync',
      means: 'Leavers lose their seat by themselves.',
      guideRows: [],
      guide: null,
      vendor: {
        asOf: '2026-08-22',
        status: 'agrees',
        says: 'Enterprise only.',
        cells: {},
        sources: [{ title: 'x', url: 'https://support.claude.com/en/articles/1', read: '2026-08-22' }],
      },
      grantedBy: { claudePlans: ['enterprise'] },
    };
    const control = {
      needs: ['claude.scim'],
      unlicensed: { state: 'not_licensed' as const, instead: 'On Team, remove by hand.' },
    };
    const v = verdict(
      { catalogue: { capabilities: [capability] }, attestations: [saw(true, '2026-11-20')] },
      control,
    );
    expect(v).toMatchObject({ state: 'not_licensed' });
    expect(v.reason).toBe(
      'Directory sync requires Claude Enterprise; this client is on Claude Team. On Team, remove by hand.',
    );
    const microsoft: Capability = {
      ...capability,
      id: 'microsoft.intune',
      grantedBy: { servicePlans: ['INTUNE_A'] },
    };
    expect(verdict({ catalogue: { capabilities: [microsoft] } }, { needs: ['microsoft.intune'] }).state).toBe(
      'cannot_read',
    );
    // What is certainly missing decides, also behind what is not known.
    expect(
      verdict(
        { catalogue: { capabilities: [microsoft, capability] } },
        { needs: ['microsoft.intune', 'claude.scim'] },
      ).state,
    ).toBe('not_licensed');
  });

  it('says when a control does not apply, and asks when it cannot know', () => {
    expect(verdict({}, { appliesWhen: { plan: ['enterprise'] } }).state).toBe('not_applicable');
    const asks = verdict(
      { attestations: [saw(true, '2026-11-20')] },
      { appliesWhen: { charter: 'ssoRequired', is: true } },
    );
    expect(asks).toMatchObject({ state: 'cannot_read', question: 'State “ssoRequired” in the charter.' });
    expect(
      verdict({ charter: { ssoRequired: false } }, { appliesWhen: { charter: 'ssoRequired', is: true } })
        .state,
    ).toBe('not_applicable');
  });

  it('applies to a part of the Microsoft 365 connector that someone consented to, whatever the charter approves', () => {
    const sites = {
      scope: 'Sites.Read.All',
      kind: 'read' as const,
      lets: 'read',
      for: ['microsoft365_sharepoint'],
    };
    const people = {
      ...sites,
      scope: 'User.ReadBasic.All',
      for: ['microsoft365_sharepoint', 'microsoft365_teams'],
    };
    const connectorScopes = { asOf: '2026-08-22', scopes: [sites, people], sources: [] };
    const granted = (scopes: string[], clientId = 'sp-server', listed: { complete?: boolean } = {}) =>
      verdict(
        {
          profile: enterprise,
          charter: { connectors: [] },
          catalogue: { connectorScopes },
          readings: {
            settings: settings(true),
            service_principals: [
              reading(
                'service_principals',
                [{ id: 'SP-Server', appId: CONNECTOR_SERVER.appId, name: 'Server' }],
                listed,
              ),
            ],
            permission_grants: [reading('permission_grants', [{ id: 'g', clientId, scopes }])],
          },
        },
        { appliesWhen: { connector: 'microsoft365_sharepoint' } },
      ).state;
    expect(granted(['User.Read', 'sites.read.all'])).toBe('pass');
    expect(granted(['User.Read', 'User.ReadBasic.All'])).toBe('not_applicable');
    expect(granted(['Sites.Read.All'], 'sp-other')).toBe('not_applicable');
    // An incomplete list of applications shows those that exist, too.
    expect(granted(['Sites.Read.All'], 'sp-server', { complete: false })).toBe('pass');
  });

  it('lets a check that always counts fail, but never pass, if the control does not apply', () => {
    const elsewhere = {
      appliesWhen: { plan: ['team' as const] },
      checks: SSO.checks.slice(0, 1).map((check) => ({ ...check, always: true as const })),
    };
    const by = (value: boolean) =>
      verdict({ profile: enterprise, readings: { settings: settings(value) } }, elsewhere);
    expect(by(false).state).toBe('fail');
    expect(by(true).state).toBe('not_applicable');
    const perhaps = (value: boolean) =>
      verdict(
        { profile: enterprise, readings: { settings: settings(value) } },
        { ...elsewhere, appliesWhen: { has: 'm365' as const } },
      );
    expect(perhaps(false).state).toBe('fail');
    expect(perhaps(true)).toMatchObject({ state: 'cannot_read', code: 'applies.not_in_profile' });
  });

  it('lets a check that always counts fail whatever is known of the license', () => {
    const capability = (grantedBy: Capability['grantedBy']): Capability => ({
      id: 'microsoft.intune',
      title: 'Device management',
      means: 'Devices are managed.',
      guideRows: [],
      guide: null,
      vendor: { asOf: '2026-08-22', status: 'agrees', says: 'Extra.', cells: {}, sources: [] },
      grantedBy,
    });
    const control = {
      needs: ['microsoft.intune'],
      checks: SSO.checks.slice(0, 1).map((check) => ({ ...check, always: true as const })),
    };
    const by = (value: boolean, grantedBy: Capability['grantedBy']) =>
      verdict(
        {
          profile: enterprise,
          catalogue: { capabilities: [capability(grantedBy)] },
          readings: { settings: settings(value) },
        },
        control,
      ).state;
    expect(by(false, { servicePlans: ['INTUNE_A'] })).toBe('fail');
    expect(by(true, { servicePlans: ['INTUNE_A'] })).toBe('cannot_read');
    expect(by(false, { claudePlans: ['team'] })).toBe('fail');
    expect(by(true, { claudePlans: ['team'] })).toBe('not_licensed');
  });

  it('replays a past day from the readings of that day', () => {
    const readings = { settings: [...settings(false, '2026-06-01'), ...settings(true, '2026-11-20')] };
    expect(verdict({ profile: enterprise, readings, today: '2026-06-10' }).state).toBe('fail');
    expect(verdict({ profile: enterprise, readings }).state).toBe('pass');
  });
});

describe('exceptions', () => {
  const failing: Given = { profile: enterprise, readings: { settings: settings(false) } };
  const exception = (more: object) => ({
    charter: {
      exceptions: [
        {
          control: 'CLA-ACC-14',
          reason: 'the identity provider moves in March',
          owner: 'Mara Ellingsworth',
          until: '2027-01-31',
          ...more,
        },
      ],
    },
  });

  it('accepts a failing control through the last day and no longer', () => {
    expect(verdict({ ...failing, ...exception({}) })).toMatchObject({
      state: 'accepted',
      exception: { owner: 'Mara Ellingsworth', until: '2027-01-31' },
    });
    const ended = verdict({ ...failing, ...exception({ until: '2026-11-23' }) });
    expect(ended.state).toBe('fail');
    expect(ended.reason).toContain('ended on Nov 23, 2026');
    expect(verdict({ ...failing, ...exception({ from: '2026-12-01' }) }).state).toBe('fail');
  });

  it('needs a second person for a critical control', () => {
    expect(verdict({ ...failing, ...exception({}) }, { severity: 'critical' })).toMatchObject({
      state: 'fail',
    });
    expect(
      verdict({ ...failing, ...exception({ approvedBy: 'Mara Ellingsworth' }) }, { severity: 'critical' })
        .state,
    ).toBe('fail');
    expect(
      verdict({ ...failing, ...exception({ approvedBy: 'Ragnar Lindqvist' }) }, { severity: 'critical' })
        .state,
    ).toBe('accepted');
  });

  it('never hides what cannot be read', () => {
    for (const approvedBy of ['Board office', 'info@alder.example.org', 'Executive Committee'])
      expect(verdict({ ...failing, ...exception({ approvedBy }) }, { severity: 'critical' }).state).toBe(
        'fail',
      );
    expect(verdict({ ...failing, ...exception({ owner: 'Board office' }) })).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('an office or a role'),
    });
    expect(verdict({ profile: enterprise, ...exception({}) }).state).toBe('cannot_read');
  });
});
// Guide: G0-01 G1.1-09 G1.2-05 G2.2-09 G4.1-06 G4.4-03 G4.4-08 G5.3-06 G5.4-00 G5.4-02 G5.4-03 G5.4-04
// Guide: G5.5-03 GA-12 GB-05
