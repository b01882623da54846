import { describe, expect, it } from 'vitest';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { CONNECTOR_CLIENT, CONNECTOR_SERVER } from './apps.ts';
import { policyRequires } from './policy-requires.ts';
import {
  BREAK_GLASS,
  CHARTER,
  emergencyGroup,
  entraUsers,
  PAYROLL,
  policies,
  policy,
  principals,
  SSO_ID,
} from './testing.ts';

const mfa = policyRequires.params.parse({ require: ['mfa'] });
const risk = policyRequires.params.parse({ require: ['risk_medium', 'risk_high'] });
const session = policyRequires.params.parse({
  require: ['session_control'],
  apps: 'sign_in',
  alsoAttested: { look: 'Open the portal.', days: 90 },
});
const members = [
  reading('members', [
    { email: 'ada@alder.example.org', name: 'Ada Stone' },
    { email: 'bo@alder.example.org', name: 'Bo Reyes' },
  ]),
];

function run(rows: readonly object[], parts: Partial<Given> = {}, params = mfa) {
  return runRule(
    policyRequires,
    params,
    {
      charter: CHARTER,
      ...parts,
      readings: {
        ca_policies: policies(...rows),
        service_principals: principals(),
        members,
        entra_groups: emergencyGroup(),
        entra_users: entraUsers(
          { id: 'u-ada', upn: 'ada@alder.example.org' },
          { id: 'u-bo', upn: 'bo@alder.example.org' },
        ),
        ...parts.readings,
      },
    },
    { control: { id: 'CLA-M365-11' } },
  );
}

describe('policy-requires', () => {
  it('can fail on part of the applications, but never pass', () => {
    const part = (without: readonly ('server' | 'client' | 'sign_in')[] = []) =>
      principals({ without: ['graph', ...without] }).map((one) => ({ ...one, complete: false }));
    const by = (row: object, service_principals = part()) =>
      run([policy(row)], { readings: { service_principals } }).state;
    expect(by({ includeApplications: [SSO_ID, CONNECTOR_SERVER.appId] })).toBe('fail');
    expect(by({})).toBe('cannot_read');
    expect(by({ includeApplications: [SSO_ID] }, part(['client']))).toBe('fail');
    expect(by({ includeApplications: [SSO_ID] }, part(['sign_in']))).toBe('fail');
    expect(by({ includeApplications: [SSO_ID] }, part(['server', 'client']))).toBe('cannot_read');
    expect(by({}, part(['client']))).toBe('cannot_read');
    expect(by({}, part(['sign_in']))).toBe('cannot_read');
  });

  it('passes, naming policy, applications and who is left out on purpose', () => {
    const found = run([policy()]);
    expect(found.state).toBe('pass');
    expect(found.reason).toContain('“Require MFA for Claude” requires MFA of everyone at Claude');
    expect(found.reason).toContain('Break glass');
    expect(found.evidence[0]).toMatchObject({ kind: 'ca_policies', row: 2 });
    expect(found.evidence.filter((e) => e.kind === 'service_principals')).toHaveLength(3);
  });

  it('does not pass on policies that were changed or deleted after they were read', () => {
    const since = (activity: string, at: string, succeeded: boolean | null = true) =>
      run([policy()], {
        readings: {
          directory_audits: [
            reading('directory_audits', [
              { at, activity, succeeded, actor: 'ann@alder.example.org', targets: [named] },
            ]),
          ],
          ca_policies: policies(policy()).map((one) => ({ ...one, observedOn: '2026-11-10' })),
        },
      });
    const named = { id: null, type: 'Policy', name: 'Require MFA for Claude', changed: [] };
    const changed = since('Update conditional access policy', '2026-11-12T10:00:00Z');
    expect(changed).toMatchObject({ state: 'cannot_read', changedOn: '2026-11-12' });
    expect(changed.reason).toContain('Require MFA for Claude was changed by ann@alder.example.org');
    expect(since('Delete conditional access policy', '2026-11-12T10:00:00Z').state).toBe('cannot_read');
    expect(since('Add conditional access policy', '2026-11-12T10:00:00Z').state).toBe('pass');
    expect(since('Update conditional access policy', '2026-11-12T10:00:00Z', false).state).toBe('pass');
    expect(since('Update conditional access policy', '2026-11-10T10:00:00Z').state).toBe('pass');
  });

  it('does not pass on policies whose locations or groups were changed after they were read', () => {
    const since = (activity: string, targets: readonly object[], own: object = {}, more: object = {}) =>
      run([policy(own)], {
        readings: {
          directory_audits: [
            reading('directory_audits', [
              {
                at: '2026-11-12T10:00:00Z',
                activity,
                succeeded: true,
                actor: 'ann@alder.example.org',
                targets: targets.map((one) => ({ id: null, type: null, name: null, changed: [], ...one })),
              },
            ]),
          ],
          ca_policies: policies(policy(own)).map((one) => ({ ...one, observedOn: '2026-11-10' })),
          entra_groups: emergencyGroup().map((one) => ({ ...one, observedOn: '2026-11-10' })),
          ...more,
        },
      });
    const bo = { id: 'u-bo', type: 'User', name: 'bo@alder.example.org' };
    const group = { id: BREAK_GLASS.toUpperCase(), type: 'Group', name: 'Break glass' };
    const added = since('Add member to group', [bo, group]);
    expect(added).toMatchObject({ state: 'cannot_read', changedOn: '2026-11-12' });
    expect(added.reason).toContain('bo@alder.example.org was added to Break glass by ann@alder.example.org');
    expect(since('Remove member from group', [bo, group]).state).toBe('cannot_read');
    expect(since('Add member to group', [bo, { ...group, id: 'g-other' }]).state).toBe('pass');
    // A change to a group's membership rule, or one that the log does not describe.
    const updated = (name: string) =>
      since('Update group', [{ ...group, changed: [{ name, from: '"a"', to: '"b"' }] }]);
    expect(updated('MembershipRule').reason).toContain('the membership rule of Break glass was changed');
    expect(updated('Description').state).toBe('pass');
    expect(since('Update group', [group]).state).toBe('cannot_read');
    expect(since('Delete group', [group]).reason).toContain('Break glass was deleted by');
    // A group nested in the excluded group.
    const inner = {
      entra_groups: [
        reading(
          'entra_groups',
          [
            { id: BREAK_GLASS, name: 'Break glass', members: ['root-1'], nested: ['g-inner'] },
            { id: 'g-inner', name: 'Inner', members: null },
          ],
          { observedOn: '2026-11-10' },
        ),
      ],
    };
    const toInner = [bo, { ...group, id: 'g-inner', name: null }];
    expect(since('Add member to group', toInner, {}, inner).reason).toContain('was added to Inner by');
    expect(since('Add member to group', toInner).state).toBe('pass');
    // People who were in the group when it was read later are already counted.
    const read = (observedOn: string) => ({
      entra_groups: [
        reading('entra_groups', [{ id: BREAK_GLASS, name: 'Break glass', members: ['root-1'] }], {
          observedOn,
        }),
      ],
    });
    expect(since('Add member to group', [bo, group], {}, read('2026-11-13')).state).toBe('pass');
    expect(since('Add member to group', [bo, group], {}, read('2026-11-11')).state).toBe('cannot_read');
    const office = { id: 'l-office', type: 'Policy', name: 'Office' };
    const uses = { includeLocations: ['All', 'l-office'] };
    expect(since('Update named location', [office]).state).toBe('pass');
    expect(since('Update named location', [office], uses)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('the named location Office was changed by ann@alder.example.org'),
    });
  });

  it('fails for the connector even if claude.ai is covered', () => {
    const found = run([policy({ includeApplications: [SSO_ID] })]);
    expect(found).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('M365 MCP Server for Claude'),
    });
    expect(found.reason).not.toContain('at Claude,');
  });

  it('says that no policy sees claude.ai without a sign-in application, whatever “All resources” asks', () => {
    const all = policy({ includeApplications: ['All'] });
    const found = run([all], {
      charter: { ssoRequired: true, entra: { emergencyAccess: { groups: [BREAK_GLASS] } } },
      readings: { service_principals: principals({ without: ['sign_in'], more: [PAYROLL] }) },
    });
    expect(found).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('a policy on “All resources” does not reach it either'),
    });
    expect(found.reason).toContain('At the Microsoft 365 connector it holds.');
  });

  it('names who is left out even while the charter does not name the sign-in application', () => {
    const found = run([policy({ excludeGroups: [BREAK_GLASS, 'bbbbbbbb-0000-4000-8000-0000000000f9'] })], {
      charter: { entra: { emergencyAccess: { groups: [BREAK_GLASS], users: [] } } },
    });
    expect(found).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('Left out without an approval'),
      items: [{ key: expect.stringContaining('0000000000f9') }],
    });
    expect(found.ask?.text).toContain('entra.ssoAppId');
  });

  it('fails while Claude lets people bypass Entra', () => {
    expect(run([policy()], { charter: { ...CHARTER, ssoRequired: false } })).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('bypass Entra'),
    });
    expect(
      run([policy()], {
        readings: { settings: [reading('settings', [{ name: 'sso_claude_ai_enforced', value: false }])] },
      }).state,
    ).toBe('fail');
    expect(
      run([policy()], {
        readings: { settings: [reading('settings', [{ name: 'sso_claude_ai_enforced', value: true }])] },
      }).state,
    ).toBe('pass');
  });

  it('does not pass where single sign-on was ended on the day of the settings', () => {
    const ended = (type: string) =>
      run([policy()], {
        profile: { claudePlan: 'enterprise' },
        readings: {
          settings: [
            reading('settings', [{ name: 'sso_claude_ai_enforced', value: true }], {
              observedOn: '2026-11-20',
            }),
          ],
          activities: [reading('activities', [{ type, at: '2026-11-20T18:00:00Z', detail: {} }])],
        },
      }).state;
    expect(ended('org_sso_connection_deactivated')).not.toBe('pass');
    expect(ended('org_sso_connection_activated')).toBe('pass');
  });

  it('goes by the linked organization that bypasses Entra or could not be read', () => {
    const of = (organization: string, value: unknown) => ({
      organization,
      name: 'sso_claude_ai_enforced',
      value,
    });
    const state = (...rows: object[]) =>
      run([policy()], {
        charter: { entra: CHARTER.entra },
        readings: { settings: [reading('settings', rows)] },
      }).state;
    expect(state(of('a', true), of('b', true))).toBe('pass');
    expect(state(of('a', true), of('b', false))).toBe('fail');
    expect(
      state(of('a', true), { organization: 'b', name: 'settings', type: 'unreadable', value: 'x' }),
    ).toBe('cannot_read');
  });

  it('cannot read while it is not known whether Claude lets people bypass Entra', () => {
    expect(run([policy()], { charter: { entra: CHARTER.entra } })).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('ssoRequired') },
    });
    expect(run([], { charter: { entra: CHARTER.entra } }).state).toBe('fail');
  });

  it('asks which application signs people in', () => {
    expect(
      run([policy()], {
        charter: { ssoRequired: true, entra: { emergencyAccess: { groups: [BREAK_GLASS] } } },
      }),
    ).toMatchObject({ state: 'cannot_read', ask: { text: expect.stringContaining('entra.ssoAppId') } });
  });

  it('fails where no policy asks anyone, whichever application signs people in', () => {
    const charter = { ssoRequired: true, entra: { emergencyAccess: { groups: [BREAK_GLASS] } } };
    const service_principals = principals({ without: ['server', 'client'] });
    const device = policy({
      grant: { operator: 'OR', controls: ['compliantDevice'], authenticationStrength: null },
    });
    expect(run([device], { charter, readings: { service_principals } })).toMatchObject({
      state: 'fail',
      code: 'microsoft.policy_requires.none_asks',
    });
    expect(run([policy()], { charter, readings: { service_principals } }).state).toBe('cannot_read');
  });

  it('explains a policy whose OR defeats it', () => {
    expect(
      run([
        policy({
          grant: { operator: 'OR', controls: ['mfa', 'compliantDevice'], authenticationStrength: null },
        }),
      ]),
    ).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining(
        'asks for MFA or a compliant device, so a compliant device alone is enough',
      ),
    });
  });

  it('reads emergency access by name through the groups file', () => {
    const charter = {
      ssoRequired: true,
      entra: { ssoAppId: SSO_ID, emergencyAccess: { groups: ['Break glass'] } },
    };
    const entra_groups = [
      reading('entra_groups', [{ id: BREAK_GLASS, name: 'Break Glass', members: ['root-1'] }]),
    ];
    expect(run([policy()], { charter, readings: { entra_groups } }).state).toBe('pass');
    expect(run([policy()], { charter, readings: { entra_groups: [] } }).state).toBe('cannot_read');
  });

  it('does not pass with an emergency group, named by its id, whose members are unknown', () => {
    const listing = (...rows: object[]) =>
      run([policy()], { readings: { entra_groups: rows.length > 0 ? [reading('entra_groups', rows)] : [] } });
    const other = { id: 'g-other', name: 'Other', members: ['u-1'] };
    for (const found of [listing(), listing(other), listing({ ...other, id: BREAK_GLASS, members: null })])
      expect(found).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining('Named as emergency access, and'),
        ask: { text: expect.stringContaining('Add the Entra groups and users files') },
        items: [{ key: BREAK_GLASS }],
      });
    expect(listing(other, { ...other, id: BREAK_GLASS }).state).toBe('pass');
  });

  it('says that the members file is missing where only that hides whether an excluded group holds seats', () => {
    const other = 'bbbbbbbb-0000-4000-8000-0000000000f9';
    const found = run([policy({ excludeGroups: [BREAK_GLASS, other] })], {
      readings: {
        members: [],
        entra_groups: [
          reading('entra_groups', [
            { id: BREAK_GLASS, name: 'Break glass', members: ['root-1'] },
            { id: other, name: 'Field', members: ['u-1'] },
          ]),
        ],
      },
    });
    const field = found.items.find(({ key }) => key === other);
    expect(field?.detail).toContain('No current members file shows whether anyone in it holds a Claude seat');
  });

  it('does not pass while it is unknown whether emergency access holds a Claude seat', () => {
    const two = [policy(), policy({ name: 'Second', includeApplications: ['All'] })];
    for (const rows of [[policy()], two]) {
      expect(run(rows).state).toBe('pass');
      expect(run(rows, { readings: { members: [] } })).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining('no current members file shows whether it holds a Claude seat'),
        ask: { field: 'members' },
      });
      expect(run(rows, { readings: { entra_users: [] } })).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining('may hold a Claude seat'),
        ask: { field: 'entra_groups' },
      });
      const bo = entraUsers({ id: 'u-bo', upn: 'bo@alder.example.org' });
      const inside = [reading('entra_groups', [{ id: BREAK_GLASS, name: 'Break glass', members: ['u-bo'] }])];
      expect(run(rows, { readings: { entra_users: bo, entra_groups: inside } })).toMatchObject({
        state: 'fail',
        reason: expect.stringContaining('Bo Reyes'),
      });
      // Addresses show whose account it is, even next to a seat that the users file lacks.
      expect(run(rows, { readings: { entra_users: bo } }).state).toBe('pass');
    }
    const user = { id: 'aaaaaaaa-0000-4000-8000-0000000000b1', upn: 'ada@alder.example.org' };
    const charter = { ssoRequired: true, entra: { ssoAppId: SSO_ID, emergencyAccess: { users: [user.id] } } };
    const out = [policy({ excludeUsers: [user.id], excludeGroups: [] })];
    expect(run(out, { charter, readings: { entra_users: [] } }).state).toBe('cannot_read');
    expect(run(out, { charter, readings: { entra_users: entraUsers(user) } }).state).toBe('fail');
  });

  it('needs no list of groups for emergency accounts that the charter and the policy name', () => {
    const users = ['aaaaaaaa-0000-4000-8000-0000000000b1', 'aaaaaaaa-0000-4000-8000-0000000000b2'];
    const charter = { ssoRequired: true, entra: { ssoAppId: SSO_ID, emergencyAccess: { users } } };
    const out = policy({ excludeUsers: users, excludeGroups: [] });
    expect(run([out], { charter, readings: { entra_groups: [] } }).state).toBe('pass');
  });

  it('accepts a group with only emergency accounts as emergency access', () => {
    const charter = {
      ssoRequired: true,
      entra: { ssoAppId: SSO_ID, emergencyAccess: { users: ['root@alder.example.org'] } },
    };
    const entra_users = [
      reading('entra_users', [{ id: 'root-1', upn: 'root@alder.example.org', name: 'Root' }]),
    ];
    const groups = (list: string[]) => [
      reading('entra_groups', [{ id: BREAK_GLASS, name: 'Left out', members: list }]),
    ];
    expect(
      run([policy()], { charter, readings: { entra_users, entra_groups: groups(['root-1']) } }).state,
    ).toBe('pass');
    expect(
      run([policy()], { charter, readings: { entra_users, entra_groups: groups(['root-1', 'user-9']) } })
        .state,
    ).not.toBe('pass');
  });

  it('names seat holders whom a group leaves out', () => {
    const entra_users = [
      reading('entra_users', [
        { id: 'u-ada', upn: 'ada@alder.example.org' },
        { id: 'u-bo', upn: 'bo@alder.example.org' },
      ]),
    ];
    const entra_groups = [
      reading('entra_groups', [
        ...(emergencyGroup()[0]?.rows ?? []),
        { id: 'g-board', name: 'Board', members: ['u-ada'] },
      ]),
    ];
    const found = run([policy({ excludeGroups: [BREAK_GLASS, 'g-board'] })], {
      readings: { entra_users, entra_groups },
    });
    expect(found).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('Ada Stone'),
      items: [{ key: 'g-board', label: 'Board' }],
    });
    const scoped = run([policy({ includeUsers: [], includeGroups: ['g-board'], excludeGroups: [] })], {
      readings: { entra_users, entra_groups },
    });
    expect(scoped).toMatchObject({ state: 'fail', items: [{ key: 'bo@alder.example.org' }] });
  });

  it('is pending in report-only, then fails as overdue', () => {
    expect(run([policy({ state: 'enabledForReportingButNotEnforced' })])).toMatchObject({
      state: 'pending',
      due: '2026-12-08',
    });
    expect(
      run([policy({ state: 'enabledForReportingButNotEnforced', createdAt: '2026-10-01T00:00:00Z' })]),
    ).toMatchObject({ state: 'fail', reason: expect.stringContaining('report-only is not enforcement') });
  });

  it('cannot read without policies, with old ones, or without applications', () => {
    expect(runRule(policyRequires, mfa, { charter: CHARTER }).state).toBe('cannot_read');
    expect(
      run([policy()], {
        readings: { ca_policies: policies(policy()).map((r) => ({ ...r, observedOn: '2026-05-01' })) },
      }).state,
    ).toBe('cannot_read');
    expect(run([policy()], { readings: { service_principals: [] } }).state).toBe('cannot_read');
  });

  it('adds up one policy for medium and one for high risk', () => {
    const step = (level: string) =>
      policy({
        name: `Risk ${level}`,
        signInRiskLevels: [level],
        session: { cloudAppSecurity: null, signInFrequency: 'everyTime' },
      });
    expect(run([step('medium'), step('high')], {}, risk).state).toBe('pass');
    expect(run([step('high')], {}, risk)).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('medium sign-in risk'),
    });
  });

  it('passes session control only with a current statement about the portal', () => {
    const routed = policy({
      name: 'Route',
      grant: null,
      clientAppTypes: ['browser'],
      session: { cloudAppSecurity: 'mcasConfigured', signInFrequency: null },
    });
    expect(run([routed], {}, session)).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('Open the portal.') },
    });
    const seen = (holds: boolean) => ({
      attestations: [{ control: 'CLA-M365-11', holds, seen: '2026-11-20' }],
    });
    expect(run([routed], seen(true), session).state).toBe('pass');
    expect(run([routed], seen(false), session).state).toBe('fail');
    expect(run([policy()], seen(true), session).state).toBe('fail');
    const event = {
      id: 'e1',
      at: '2026-11-23T09:00:00Z',
      action: 'LogonSucceeded',
      app: 'Claude',
      source: 'Defender for Cloud Apps session control',
    };
    const cited = (row: object) =>
      run(
        [routed],
        { ...seen(true), readings: { cloud_app_events: [reading('cloud_app_events', [row])] } },
        policyRequires.params.parse({ ...session, sessionDays: 31 }),
      ).evidence.some(({ kind }) => kind === 'cloud_app_events');
    expect(cited(event)).toBe(true);
    expect(cited({ ...event, app: 'Dropbox' })).toBe(false);
    expect(cited({ ...event, source: 'App connector' })).toBe(false);
    expect(cited({ ...event, at: '2026-09-23T09:00:00Z' })).toBe(false);
    // 31 days back in New York, where it is four hours earlier.
    expect(cited({ ...event, at: '2026-10-24T04:01:00Z' })).toBe(true);
    expect(cited({ ...event, at: '2026-10-24T03:59:00Z' })).toBe(false);
  });

  it('does not count a block of everyone as MFA, and names the blocking policy', () => {
    const block = { operator: 'OR' as const, controls: ['block'], authenticationStrength: null };
    const shut = run([policy({ name: 'Block Claude', grant: block })]);
    expect(shut).toMatchObject({ state: 'fail', items: [{ label: 'Block Claude' }] });
    expect(shut.reason).toMatch(/^“Block Claude” blocks everyone at Claude/);
    // A connector that is blocked for everyone needs no MFA.
    const connector = policy({
      name: 'No connector',
      grant: block,
      includeApplications: [CONNECTOR_SERVER.appId, CONNECTOR_CLIENT.appId],
    });
    expect(run([policy({ includeApplications: [SSO_ID] }), connector])).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('“No connector” blocks everyone at M365 MCP Server for Claude'),
    });
  });

  it('names the policies that decide, and leaves out those that add nothing', () => {
    const idle = Array.from({ length: 6 }, (_, n) =>
      policy({ name: `Windows ${n}`, includePlatforms: ['windows'] }),
    );
    const found = run([...idle, policy({ name: 'Everyone' })]);
    expect(found.reason).toMatch(/^“Everyone” requires MFA of everyone/);
    expect(found.evidence.filter((e) => e.kind === 'ca_policies')).toHaveLength(1);
    const near = run([
      policy({ name: 'Off', state: 'disabled' }),
      policy({ name: 'Narrow', includePlatforms: ['windows'] }),
    ]);
    expect(near.reason.indexOf('“Narrow”')).toBeLessThan(near.reason.indexOf('“Off”'));
  });
});
// Guide: G1.2-02 G1.2-05 G1.2-06 G1.2-11 G3.2-03 G4.1-05 G4.3-00 G4.3-01 G4.3-02 G4.4-03 G4.4-08 G5.4-00
// Guide: G5.4-03 G6.1-08 G6.2-01 G6.2-02 G6.2-03 G6.2-04 G6.2-05 G6.2-06 G6.2-08 G6.3-00 G6.3-02 G6.3-03
// Guide: G6.3-04 G6.3-05 G6.3-06 G6.4-00 G6.4-01 G6.4-02 G6.4-03 G6.4-04 G6.4-05 G6.4-06 G6.4-07 G6.4-08
// Guide: G6.4-09 G6.5-00 G6.5-01 G6.5-02 G6.5-03 G6.5-04 G6.5-05 G6.5-06 GA-10 GA-11 GA-12 GB-03 GB-04
