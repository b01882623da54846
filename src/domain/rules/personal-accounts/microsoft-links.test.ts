import { describe, expect, it } from 'vitest';
import type {
  AppAssignmentRow,
  EntraGroupRow,
  EntraUserRow,
  Kind,
  PermissionGrantRow,
} from '../../model/kinds.ts';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { at, dana, keys, kim, members, noor } from '../accounts/fixtures.ts';
import { microsoftLinks } from './microsoft-links.ts';

const CLIENT = {
  appId: '08ad6f98-a4f8-4635-bb8d-f1a3044760f0',
  id: 'sp-client',
  name: 'M365 MCP Client for Claude',
};
const SERVER = {
  appId: '07c030f6-5743-41b7-ba00-0a6e85f37c17',
  id: 'sp-server',
  name: 'M365 MCP Server for Claude',
};
const ZOOM = { appId: 'cccccccc-0000-4000-8000-000000000003', id: 'sp-zoom', name: 'Zoom' };
const OTHER = { appId: '00000003-0000-0000-c000-000000000000', id: 'sp-graph', name: 'Microsoft Graph' };
const users: readonly Partial<EntraUserRow>[] = [
  { id: 'u-dana', upn: at('d.whitlock'), mail: dana.email, name: dana.name },
  { id: 'u-kim', upn: kim.email, name: kim.name },
  { id: 'u-noor', upn: noor.email, name: noor.name },
];

interface Parts {
  readonly apps?: readonly object[];
  readonly grants?: readonly Partial<PermissionGrantRow>[];
  readonly assignments?: readonly Partial<AppAssignmentRow>[];
  readonly groups?: readonly Partial<EntraGroupRow>[];
  readonly people?: Parameters<typeof members>[0];
  readonly leaveOut?: 'members' | 'entra_users' | 'permission_grants' | 'service_principals';
  readonly observedOn?: string;
  readonly fromParts?: readonly Kind[];
  readonly saved?: { readonly mappedByHand: boolean };
}
function run(p: Parts) {
  const options = { observedOn: p.observedOn ?? '2026-11-22' };
  const readings: Record<string, unknown> = {
    service_principals: [reading('service_principals', p.apps ?? [OTHER, CLIENT, SERVER], options)],
    permission_grants: [
      reading('permission_grants', p.grants ?? [], { mappedByHand: true, ...options, ...p.saved }),
    ],
    entra_users: [reading('entra_users', users, options)],
    members: members(p.people ?? [dana, kim]),
    ...(p.assignments ? { app_assignments: [reading('app_assignments', p.assignments, options)] } : {}),
    ...(p.groups ? { entra_groups: [reading('entra_groups', p.groups, options)] } : {}),
  };
  if (p.leaveOut) delete readings[p.leaveOut];
  const { fromParts } = p;
  return runRule(microsoftLinks, {}, { readings } as Given, {
    freshDays: 31,
    ...(fromParts ? { fromParts } : {}),
  });
}
const grant = (principalId: string, clientId = 'sp-server') => ({
  clientId,
  consentType: 'Principal' as const,
  principalId,
});
const forAll = { clientId: 'sp-server', consentType: 'AllPrincipals' as const };

describe('who linked Microsoft 365', () => {
  it('passes when each person with a grant holds a seat, under any address, and says what is not visible', () => {
    const o = run({ grants: [grant('U-DANA'), grant('u-kim', 'SP-CLIENT'), grant('u-noor', 'sp-graph')] });
    expect(o.state).toBe('pass');
    expect(o.reason).toContain('2 people linked');
    expect(o.reason).toContain('from which Claude account');
  });
  it('fails naming who holds no seat, or only an open invitation', () => {
    const o = run({
      grants: [grant('u-noor'), grant('u-kim')],
      people: [dana, { ...kim, status: 'invited' }],
    });
    expect(o.state).toBe('fail');
    expect(keys(o).sort()).toEqual([kim.email, noor.email]);
    expect(o.reason).toContain('Noor Vasquez (linked, and holds no seat)');
  });
  it('passes when the applications or their grants do not exist', () => {
    expect(run({ apps: [OTHER, ZOOM] }).state).toBe('pass');
    expect(run({ grants: [grant('u-noor', 'sp-graph')] }).state).toBe('pass');
  });
  it('passes on a list of all grants only, and fails by what a filtered one holds', () => {
    const saved = { mappedByHand: false };
    const app = (id: string) => ({ appId: `${id}-0000-4000-8000-000000000003`, id: `sp-${id}`, name: id });
    const apps = [OTHER, CLIENT, SERVER, app('explorer'), app('zoom')];
    const wide = { clientId: 'sp-explorer', consentType: 'AllPrincipals' as const, resourceId: 'sp-graph' };
    const own = { ...grant('u-kim', 'sp-zoom'), resourceId: 'sp-graph' };
    const whole = [grant('u-dana'), grant('u-kim'), wide, own];
    expect(run({ apps, saved, grants: whole }).state).toBe('pass');
    expect(run({ apps, saved, grants: [wide, own] }).state).toBe('pass');
    const filtered: readonly (readonly [string, readonly Partial<PermissionGrantRow>[]])[] = [
      ['one application', [own, { ...own, principalId: 'u-dana' }]],
      ['one application', [{ ...wide, clientId: 'sp-zoom' }, own]],
      ['Claude’s applications', [grant('u-dana'), grant('u-kim', 'sp-client')]],
      ['one person', [own, { ...own, clientId: 'sp-explorer' }]],
      ['not Microsoft Graph', [wide, own].map((row) => ({ ...row, resourceId: 'sp-zoom' }))],
      ['none for the whole organization', [grant('u-dana'), own]],
      ['none of a person', [wide, { ...wide, clientId: 'sp-zoom' }]],
    ];
    for (const [why, grants] of filtered) {
      const o = run({ apps, saved, grants });
      expect([o.state, o.reason]).toEqual(['cannot_read', expect.stringContaining(why)]);
      // A person who chose the kind of file stated that it is complete.
      expect(run({ apps, grants }).state).toBe('pass');
    }
    const found = run({
      apps,
      saved,
      grants: [grant('u-noor')],
      fromParts: microsoftLinks.failsFromPart ?? [],
    });
    expect([found.state, keys(found)]).toEqual(['fail', [noor.email]]);
  });
  it('does not pass on files that are empty, missing or old', () => {
    expect(run({ apps: [] }).state).toBe('cannot_read');
    expect(run({ grants: [] }).state).toBe('cannot_read');
    for (const leaveOut of ['service_principals', 'permission_grants', 'entra_users', 'members'] as const)
      expect(run({ grants: [grant('u-kim')], leaveOut }).state).toBe('cannot_read');
    expect(run({ grants: [grant('u-kim')], observedOn: '2026-10-01' }).state).toBe('cannot_read');
  });
  it('cannot tell whose an unknown grant is', () => {
    expect(run({ grants: [grant('u-gone'), grant('u-kim')] }).state).toBe('cannot_read');
    expect(run({ grants: [{ clientId: 'sp-server', consentType: null, principalId: 'u-kim' }] }).state).toBe(
      'cannot_read',
    );
    expect(run({ apps: [{ ...SERVER, id: null }] }).state).toBe('cannot_read');
    expect(run({ grants: [grant('u-gone'), grant('u-noor')] }).state).toBe('fail');
  });
});

describe('seats and lists that prove nothing', () => {
  it('does not count a suspended member as a seat holder', () => {
    const suspended = { ...kim, status: 'suspended' as const };
    expect(keys(run({ grants: [grant('u-kim')], people: [dana, suspended] }))).toEqual([kim.email]);
  });
  it('does not take an application for missing from a list that looks filtered by name', () => {
    for (const apps of [[OTHER], [OTHER, { appId: 'aaaaaaaa-0000-4000-8000-0000000000a1', name: 'Claude' }]])
      expect(run({ apps })).toMatchObject({ state: 'cannot_read', ask: { detail: 'unfiltered' } });
  });
  it('does not treat a list without the consented application as complete', () => {
    const without = (journal: object) =>
      runRule(
        microsoftLinks,
        {},
        {
          journal: { ...journal },
          readings: { service_principals: [reading('service_principals', [OTHER, ZOOM])] },
        },
      ).state;
    expect(without({})).toBe('pass');
    expect(without({ connectorConsent: { on: '2026-09-01', by: 'Kim Osei' } })).toBe('cannot_read');
  });
});

describe('consent for the whole organization', () => {
  const locked = [OTHER, { ...CLIENT, assignmentRequired: true }, { ...SERVER, assignmentRequired: true }];
  const assign = (principalId: string, principalType: string | null = 'User') => [
    { resourceId: 'sp-client', principalId, principalType },
    { resourceId: 'sp-server', principalId, principalType },
  ];
  it('hides who linked while assignment is not required or not known', () => {
    const o = run({
      grants: [forAll],
      apps: [
        { ...CLIENT, assignmentRequired: true },
        { ...SERVER, assignmentRequired: false },
      ],
    });
    expect(o.state).toBe('cannot_read');
    expect(o.reason).toContain('every employee may link');
    expect(run({ grants: [forAll] }).state).toBe('cannot_read');
    expect(run({ grants: [forAll], apps: [{ ...SERVER, assignmentRequired: true }] }).state).toBe(
      'cannot_read',
    );
  });
  it('passes when only seat holders may link', () => {
    const o = run({ grants: [forAll], apps: locked, assignments: [...assign('u-dana'), ...assign('u-kim')] });
    expect(o.state).toBe('pass');
    expect(o.reason).toContain('all 2 of them hold a seat');
  });
  it('counts people assigned to both applications only', () => {
    const half = [
      ...assign('u-dana'),
      { resourceId: 'sp-server', principalId: 'u-noor', principalType: 'User' },
    ];
    expect(run({ grants: [forAll], apps: locked, assignments: half }).state).toBe('pass');
  });
  it('names people who may link without a seat', () => {
    const o = run({
      grants: [forAll],
      apps: locked,
      assignments: [...assign('u-dana'), ...assign('u-noor')],
    });
    expect(o.state).toBe('cannot_read');
    expect(keys(o)).toEqual([noor.email]);
  });
  it('looks into groups, and cannot tell without their members', () => {
    const assignments = assign('g-1', 'Group');
    expect(run({ grants: [forAll], apps: locked, assignments }).state).toBe('cannot_read');
    expect(
      run({
        grants: [forAll],
        apps: locked,
        assignments,
        groups: [{ id: 'g-1', name: 'Claude', members: null }],
      }).state,
    ).toBe('cannot_read');
    expect(
      run({
        grants: [forAll],
        apps: locked,
        assignments,
        groups: [{ id: 'g-1', name: 'Claude', members: ['u-dana', kim.email] }],
      }).state,
    ).toBe('pass');
    expect(
      run({
        grants: [forAll],
        apps: locked,
        assignments,
        groups: [{ id: 'g-1', name: 'Claude', members: ['u-dana', 'u-noor'] }],
      }).state,
    ).toBe('cannot_read');
  });
  it('needs the assignments of both applications', () => {
    expect(run({ grants: [forAll], apps: locked }).state).toBe('cannot_read');
    expect(
      run({
        grants: [forAll],
        apps: locked,
        assignments: [{ resourceId: 'sp-server', principalId: 'u-dana', principalType: 'User' }],
      }).state,
    ).toBe('cannot_read');
  });
  it('asks who else is assigned where a file lists the applications of one person', () => {
    const assignments = [
      ...assign('u-dana'),
      ...assign('u-dana').map((row) => ({ ...row, resourceId: 'sp-graph' })),
    ];
    const o = run({ grants: [forAll], apps: locked, assignments });
    expect([o.state, o.reason]).toEqual(['cannot_read', expect.stringContaining('not who else')]);
    expect(run({ grants: [forAll], apps: locked, assignments: assign('u-dana') }).state).toBe('pass');
  });
  it('still fails for a person whose own grant exists', () => {
    expect(
      run({ grants: [forAll, grant('u-noor')], apps: locked, assignments: assign('u-dana') }).state,
    ).toBe('fail');
  });
});
// Guide: G3.2-00 G4-01
