import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assessing } from './assessing.ts';
import { csv } from './support.ts';

/** Evidence that looks right by itself, beside something that says otherwise. */

const ORG = '5a3b1e00-2222-4333-8444-555555555555';
const ROSTER = csv(
  'Full name,Work email,Status,Start date,Last day',
  'Ann,ann@alder.example.org,Active,2020-01-06,',
  'Bo,bo@alder.example.org,Active,2020-01-06,',
);
const ENTERPRISE = { claudePlan: 'enterprise' as const, m365: 'e5' as const };

/** A feed with an event on each day from August 20 on, and these. */
function feed(...events: readonly [at: string, type: string, fields: object][]): string {
  const days = Array.from({ length: 96 }, (_, at) =>
    new Date(Date.UTC(2026, 7, 20 + at, 16)).toISOString().replace('.000', ''),
  );
  const made = (id: string, created_at: string, type: string, fields: object) => ({
    id,
    created_at,
    type,
    organization_id: 'org_01',
    organization_uuid: ORG,
    actor: {
      type: 'user_actor',
      email_address: `${id.length % 2 === 0 ? 'ann' : 'bo'}@alder.example.org`,
      user_id: 'user_01',
    },
    ...fields,
  });
  const data = [
    ...days.map((day, at) =>
      made(`activity_${at}`, day, at % 2 === 0 ? 'sso_login_succeeded' : 'claude_chat_created', {}),
    ),
    ...events.map(([at, type, fields], index) => made(`activity_x${index}`, at, type, fields)),
  ].sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
  return JSON.stringify({ data, has_more: false, first_id: data[0]?.id, last_id: data.at(-1)?.id });
}

const audit = (at: string, state: string) =>
  JSON.stringify({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#auditLogs/directoryAudits',
    value: [
      {
        id: 'Directory_1',
        activityDateTime: at,
        activityDisplayName: 'Update conditional access policy',
        category: 'Policy',
        result: 'success',
        initiatedBy: { app: null, user: { id: 'u1', userPrincipalName: 'bo@alder.example.org' } },
        targetResources: [
          {
            id: '5a3b1e00-0000-4000-8000-000000007001',
            displayName: 'MFA for Claude',
            type: 'Policy',
            modifiedProperties: [
              {
                displayName: 'ConditionalAccessPolicy',
                oldValue: '{"state":"enabled"}',
                newValue: JSON.stringify({ state }),
              },
            ],
          },
        ],
      },
    ],
  });

const imis = (mcp_server_id: string) => ({ mcp_server_id, mcp_server_name: 'iMIS' });
const table = (...lines: string[]) => csv('Connector,Action,Permission,Enabled', ...lines);
const ASANA = [
  'Asana,Read tasks,Always allow,yes',
  'Asana,Create tasks,Needs approval,yes',
  'Asana,All other actions,Blocked,yes',
];
const IMIS = ['iMIS,Read member records,Always allow,yes', 'iMIS,All other actions,Blocked,yes'];
const REVIEW = { on: '2026-08-22', by: 'Ann', vendorContact: 'Ana at ASI' };
const charter = (more: object = {}) => ({
  claudeOrganization: ORG,
  version: 1,
  approvedBy: ['Ann'],
  inForceSince: '2026-08-20',
  connectors: [
    { name: 'Asana', sensitivity: 'low', actions: { 'Read tasks': 'allow', '*': 'blocked' } },
    {
      name: 'iMIS',
      kind: 'custom',
      isAms: true,
      actions: { 'Read member records': 'allow', '*': 'blocked' },
      securityReview: REVIEW,
    },
  ],
  ...more,
});

describe('permissions that a later table has wider, without an event', () => {
  const journal =
    'reviews:\n  - { kind: quarterly, on: 2026-10-05, by: Ann, areas: [connectors, permission_changes] }\n';
  const run = (asked: string) =>
    assessing({
      files: {
        'staff.csv': ROSTER,
        'journal.yaml': journal,
        'activities-2026-11-23.json': feed(),
        'connectors-2026-10-01.csv': table(...ASANA),
        'connectors-2026-11-20.csv': table(...ASANA).replace(
          'Create tasks,Needs approval',
          `Create tasks,${asked}`,
        ),
      },
      charter: charter(),
      profile: ENTERPRISE,
    });

  it('are widened without an approval', async () => {
    expect((await run('Needs approval')).verdict('CLA-CON-14')).toMatchObject({ state: 'pass' });
    const { verdict } = await run('Always allow');
    expect(verdict('CLA-CON-14')).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('Create tasks'),
    });
  });
});

describe('a custom server that was removed and added again', () => {
  const run = (on: string) =>
    assessing({
      files: {
        'staff.csv': ROSTER,
        'activities-2026-11-23.json': feed(
          ['2026-11-05T12:00:00Z', 'mcp_server_deleted', imis('mcpsrv_1')],
          ['2026-11-05T12:05:00Z', 'mcp_server_created', imis('mcpsrv_2')],
        ),
        'connectors-2026-09-01.csv': table(...IMIS),
        'connectors-2026-11-20.csv': table(...IMIS),
      },
      charter: {
        ...charter(),
        connectors: charter().connectors.map((one) =>
          one.name === 'iMIS' ? { ...one, securityReview: { ...REVIEW, on } } : one,
        ),
      },
      profile: ENTERPRISE,
    });

  it('needs a review from before it was added again, and after the earlier one was on', async () => {
    expect((await run('2026-08-22')).verdict('CLA-CON-21').state).toBe('cannot_read');
    expect((await run('2026-11-04')).verdict('CLA-CON-21').state).toBe('pass');
    expect((await run('2026-11-10')).verdict('CLA-CON-21').state).toBe('fail');
  });
});

describe('a charter that contradicts a name or a statement', () => {
  it('does not classify an action as a read that deletes or sends by its name', async () => {
    const podio = (effect: string) => ({
      name: 'Podio',
      sensitivity: 'low',
      actions: { delete_item: 'allow', '*': 'blocked' },
      effects: { delete_item: effect },
      actionsClassified: '2026-11-01',
    });
    const run = (effect: string) =>
      assessing({
        files: {
          'connectors.csv': table(
            'Podio,delete_item,Always allow,yes',
            'Podio,All other actions,Blocked,yes',
          ),
        },
        charter: { connectors: [podio(effect)] },
      });
    const { verdict } = await run('read');
    expect(verdict('CLA-CON-02')).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('delete_item'),
    });
    expect(verdict('CLA-CON-10').state).toBe('cannot_read');
    const right = await run('delete');
    expect(right.verdict('CLA-CON-02').state).toBe('pass');
    expect(right.verdict('CLA-CON-10').state).toBe('fail');
  });

  it('does not say that someone saw allowed what the statement calls off', async () => {
    const run = async (allowed: boolean) =>
      (
        await assessing({
          files: {
            'staff.csv': ROSTER,
            'attestations.yaml':
              'attestations:\n  - { control: CLA-CON-28, holds: true, seen: 2026-11-20, by: Ann, note: It is off. }\n',
          },
          charter: { claudeInChromeAllowed: allowed },
        })
      ).verdict('CLA-CON-28');
    expect(await run(false)).toMatchObject({ state: 'pass', reason: expect.stringContaining('Ann saw') });
    const allowed = await run(true);
    expect(allowed.state).toBe('pass');
    expect(allowed.reason).not.toContain('Ann');
  });

  it('does not take the consultation of one vendor for that of another system', async () => {
    const run = async (...more: string[]) =>
      (
        await assessing({
          files: { 'connectors.csv': table(...IMIS, ...more) },
          charter: charter({
            ams: {
              name: 'iMIS',
              methods: ['custom_mcp'],
              vendorConsulted: { on: '2026-08-05', contact: 'Ana at ASI', outcome: 'Read only.' },
            },
          }),
        })
      ).verdict('CLA-CON-23');
    expect((await run()).state).toBe('pass');
    const two = await run(
      'Fonteva,Read member records,Always allow,yes',
      'Fonteva,All other actions,Blocked,yes',
    );
    expect(two).toMatchObject({ state: 'cannot_read', reason: expect.stringContaining('Fonteva') });
  });

  it('does not count the clauses of a policy or agreement that is not in force', async () => {
    const run = (policy: object) =>
      assessing({
        files: {},
        charter: {
          policy: { version: '1.0', published: '2026-09-01', clauses: ['no_member_data'], ...policy },
        },
      });
    expect((await run({})).verdict('CLA-POL-06').reason).toContain('contains the clause');
    for (const policy of [{ published: '2027-01-01' }, { version: '1.0 draft' }])
      expect((await run(policy)).verdict('CLA-POL-06').reason).not.toContain('contains the clause');
    const later = await run({ employmentAgreementClause: '2027-01-01' });
    expect(later.verdict('CLA-SHA-07').reason).not.toContain('since Jan 1, 2027');
  });
});

describe('usage analytics of a part', () => {
  const line = (name: string, more: object) => ({
    connector_name: name,
    connector_display_name: null,
    distinct_user_count: 2,
    read_call_count: 5,
    write_call_count: 0,
    unclassified_call_count: 0,
    ...more,
  });
  const run = async (first: object, second: object = first) => {
    const days = Array.from({ length: 31 }, (_, at) =>
      new Date(Date.UTC(2026, 9, 24 + at)).toISOString().slice(0, 10),
    );
    const pages = days.map((date) => ({
      date,
      data: [line('asana', first), line('imis', second)],
      has_more: false,
    }));
    const { verdict } = await assessing({
      files: { 'connectors-use.json': JSON.stringify(pages) },
      charter: charter(),
      profile: ENTERPRISE,
    });
    return ['CLA-CON-30', 'CLA-VIS-09'].map((control) => verdict(control).state);
  };

  it('does not pass if every line is of one product, group or user', async () => {
    expect(await run({})).toEqual(['pass', 'pass']);
    expect(await run({ product: 'chat' }, { product: 'cowork' })).toEqual(['pass', 'pass']);
    for (const filter of [
      { product: 'chat' },
      { rbac_group_id: 'rbac_group_01' },
      { user: { id: 'user_01', email_address: 'ann@alder.example.org', type: 'user_actor' } },
    ])
      expect((await run(filter))[0]).toBe('cannot_read');
  });
});

describe('a policy that was set to report-only after the list of policies was saved', () => {
  const policies = readFileSync(
    new URL('../../catalogue/imports/samples/ca_policies.json', import.meta.url),
    'utf8',
  );
  const run = async (at: string, state: string) =>
    (
      await assessing({
        files: { 'policies-2026-11-18.json': policies, 'audit-2026-11-23.json': audit(at, state) },
        profile: ENTERPRISE,
      })
    ).verdict('CLA-M365-21').state;

  it('is asked about', async () => {
    const [reports, on] = ['enabledForReportingButNotEnforced', 'enabled'];
    expect(await run('2026-11-20T14:05:00Z', on)).toBe('pass');
    expect(await run('2026-11-10T14:05:00Z', reports)).toBe('pass');
    expect(await run('2026-11-20T14:05:00Z', reports)).toBe('cannot_read');
  });
});

describe('members and groups that a file names in another form', () => {
  const group = (roles: unknown) =>
    JSON.stringify({
      data: [
        {
          id: 'rbac_group_01',
          name: 'Everyone',
          source_type: 'scim',
          roles,
          members: [
            { user_id: 'user_1', email: 'ann@alder.example.org' },
            { user_id: 'user_2', email: 'bo@alder.example.org' },
          ],
        },
      ],
      has_more: false,
    });
  const role = JSON.stringify({
    data: [
      {
        id: 'rbac_role_01',
        name: 'All connectors',
        organization_uuid: ORG,
        permissions: [{ type: 'rbac_role_permission', resource: { type: 'all_connectors' }, action: 'use' }],
      },
    ],
    has_more: false,
  });
  const MEMBERS = csv(
    'Name,Email,Role,Seat Tier,Status',
    'Ann,ann@alder.example.org,Primary Owner,Standard,Active',
    'Bo,bo@alder.example.org,User,Standard,Active',
  );

  it('reads the roles of a group as ids or as objects, and never drops what it cannot read', async () => {
    const run = async (roles: unknown) =>
      (
        await assessing({
          files: { 'members.csv': MEMBERS, 'roles.json': role, 'groups.json': group(roles) },
          profile: ENTERPRISE,
        })
      ).verdict('CLA-CON-27').state;
    expect(await run(['rbac_role_01'])).toBe('fail');
    expect(await run([{ id: 'rbac_role_01', name: 'All connectors' }])).toBe('fail');
    expect(await run([{ title: 'All connectors' }])).toBe('cannot_read');
  });

  it('takes “None” in the column of seats for no seat', async () => {
    const person = (id: string, upn: string) => ({
      id: `5a3b1e00-0000-4000-8000-00000000010${id}`,
      displayName: upn,
      userPrincipalName: upn,
      mail: upn,
      accountEnabled: true,
      userType: 'Member',
    });
    const of = (what: string, value: object[]) =>
      JSON.stringify({ '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#${what}`, value });
    const app = (id: string, appId: string, displayName: string) => ({
      id: `5a3b1e00-0000-4000-8000-00000000500${id}`,
      appId,
      displayName,
      accountEnabled: true,
      appRoleAssignmentRequired: true,
    });
    const grant = (id: string, client: string, user: string, resource: string) => ({
      id,
      clientId: `5a3b1e00-0000-4000-8000-00000000500${client}`,
      consentType: 'Principal',
      principalId: `5a3b1e00-0000-4000-8000-00000000010${user}`,
      resourceId: `5a3b1e00-0000-4000-8000-00000000500${resource}`,
      scope: 'User.Read',
    });
    const run = async (seat: string) =>
      (
        await assessing({
          files: {
            'members.csv': MEMBERS.replace('User,Standard', `User,${seat}`),
            'users.json': of('users', [
              person('1', 'ann@alder.example.org'),
              person('2', 'bo@alder.example.org'),
            ]),
            'apps.json': of('servicePrincipals', [
              app('1', '08ad6f98-a4f8-4635-bb8d-f1a3044760f0', 'M365 MCP Client for Claude'),
              app('2', '07c030f6-5743-41b7-ba00-0a6e85f37c17', 'M365 MCP Server for Claude'),
              app('3', 'de8bc8b5-d9f9-48b1-a8ad-b748da725064', 'Graph Explorer'),
              app('4', '00000003-0000-0000-c000-000000000000', 'Microsoft Graph'),
            ]),
            'grants.json': of('oauth2PermissionGrants', [
              { ...grant('g1', '3', '1', '4'), consentType: 'AllPrincipals', principalId: null },
              grant('g2', '2', '2', '4'),
              grant('g3', '1', '2', '2'),
              grant('g4', '3', '1', '4'),
            ]),
          },
          profile: ENTERPRISE,
        })
      ).verdict('CLA-SHA-05').state;
    expect(await run('Standard')).toBe('pass');
    for (const seat of ['None', 'Unassigned', 'Keiner', 'Aucun', 'Removed'])
      expect(await run(seat)).toBe('fail');
  });
});
