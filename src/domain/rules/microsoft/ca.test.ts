import { describe, expect, it } from 'vitest';
import { reading } from '../../testing/build.ts';
import { evaluate } from './ca.ts';
import { concernsPeople, REQUIREMENTS, reaches } from './ca-policy.ts';
import { Directory } from './directory.ts';
import { GROUP, groups, input, is, policy, SSO, STAFF, seat } from './testing-ca.ts';

describe('target', () => {
  it('matches the application by id in any case, and All unless it is excluded', () => {
    expect(reaches(policy({ includeApplications: [SSO.toUpperCase()] }), SSO)).toBe('named');
    expect(reaches(policy({ includeApplications: ['All'] }), SSO)).toBe('all');
    expect(
      reaches(policy({ includeApplications: ['All'], excludeApplications: [SSO.toUpperCase()] }), SSO),
    ).toBe('excluded');
  });

  it('does not find Claude in Office365, admin portals or None', () => {
    for (const name of ['Office365', 'MicrosoftAdminPortals', 'None'])
      expect(is([policy({ includeApplications: [name] })])).toBe('gap');
  });

  it('passes for a policy on all users, platforms and places', () => {
    expect(is([policy()])).toBe('covered');
    expect(is([])).toBe('gap');
    expect(is([policy({ state: 'disabled' })])).toBe('gap');
  });

  it('speaks of people when only kinds of guests are named', () => {
    const guests = policy({ includeUsers: [], otherConditions: ['users.includeGuestsOrExternalUsers'] });
    expect(concernsPeople(guests)).toBe(true);
    expect(is([guests])).toBe('gap');
  });

  it('does not speak of people when only agents are named', () => {
    expect(concernsPeople(policy({ includeUsers: ['None'], otherConditions: ['agents'] }))).toBe(false);
  });
});

describe('grant', () => {
  const grant = (operator: 'AND' | 'OR', controls: string[], authenticationStrength: string | null = null) =>
    policy({ grant: { operator, controls, authenticationStrength } });

  it('accepts MFA joined by AND, and refuses an OR with something weaker', () => {
    expect(is([grant('AND', ['mfa', 'compliantDevice'])])).toBe('covered');
    expect(is([grant('OR', ['mfa', 'compliantDevice'])])).toBe('gap');
    expect(is([grant('OR', ['block'])])).toBe('blocked');
    expect(is([policy({ grant: null })])).toBe('gap');
    expect(is([grant('OR', [])])).toBe('gap');
  });

  it('treats terms of use and custom controls as alternatives', () => {
    const terms = grant('OR', ['mfa', 'termsOfUse:t1', 'customAuthenticationFactor:f1']);
    const found = evaluate(SSO, REQUIREMENTS.mfa, input([terms]));
    expect(found.is === 'gap' && found.near[0]?.why).toContain('so terms of use or a custom control alone');
    expect(is([grant('AND', ['mfa', 'termsOfUse:t1'])])).toBe('covered');
  });

  it('accepts a built-in strength, and cannot tell what a custom strength accepts', () => {
    expect(is([grant('OR', [], 'Phishing-resistant MFA')])).toBe('covered');
    expect(is([grant('OR', [], '00000000-0000-0000-0000-000000000002')])).toBe('covered');
    expect(is([grant('OR', [], 'Our own methods')])).toBe('unknown');
  });

  it('accepts a compliant device alone or joined by AND, never with an alternative', () => {
    expect(is([grant('OR', ['compliantDevice'])], {}, 'compliant_device')).toBe('covered');
    expect(is([grant('AND', ['compliantDevice', 'mfa'])], {}, 'compliant_device')).toBe('covered');
    expect(is([grant('OR', ['compliantDevice', 'mfa'])], {}, 'compliant_device')).toBe('gap');
    expect(is([grant('OR', ['compliantDevice', 'domainJoinedDevice'])], {}, 'compliant_device')).toBe('gap');
    const found = evaluate(
      SSO,
      REQUIREMENTS.compliant_device,
      input([grant('OR', ['compliantDevice', 'mfa'])]),
    );
    expect(found.is === 'gap' && found.near[0]?.why).toContain('so MFA alone is enough');
  });

  it('asks for step-up again every time, at medium and high risk', () => {
    const step = (signInRiskLevels: string[], signInFrequency: string | null) =>
      policy({ signInRiskLevels, session: { cloudAppSecurity: null, signInFrequency } });
    expect(is([step(['medium', 'high'], 'everyTime')], {}, 'risk_medium')).toBe('covered');
    expect(is([step(['high'], 'everyTime')], {}, 'risk_medium')).toBe('gap');
    expect(is([step(['high'], 'everyTime')], {}, 'risk_high')).toBe('covered');
    expect(is([step(['medium', 'high'], null)], {}, 'risk_high')).toBe('gap');
    expect(
      is(
        [
          policy({
            signInRiskLevels: ['high'],
            grant: { operator: 'OR', controls: ['block'], authenticationStrength: null },
          }),
        ],
        {},
        'risk_high',
      ),
    ).toBe('covered');
    expect(is([policy({ signInRiskLevels: ['high'] })])).toBe('gap');
  });

  it('accepts session control only with a custom policy', () => {
    const session = (cloudAppSecurity: string | null) =>
      policy({
        grant: null,
        clientAppTypes: ['browser'],
        session: { cloudAppSecurity, signInFrequency: null },
      });
    expect(is([session('mcasConfigured')], {}, 'session_control')).toBe('covered');
    expect(is([session('monitorOnly')], {}, 'session_control')).toBe('gap');
    expect(is([session(null)], {}, 'session_control')).toBe('gap');
  });
});

describe('conditions', () => {
  it.each([
    ['platform', { includePlatforms: ['windows'] }],
    ['platform left out', { includePlatforms: ['all'], excludePlatforms: ['linux'] }],
    [
      'every named platform, which leaves the unknown',
      { includePlatforms: ['android', 'iOS', 'windows', 'windowsPhone', 'macOS', 'linux'] },
    ],
    [
      'a platform that is not among ours, left out',
      { includePlatforms: ['all'], excludePlatforms: ['chromeOS'] },
    ],
    ['location', { includeLocations: ['loc'] }],
    ['trusted locations left out', { includeLocations: ['All'], excludeLocations: ['AllTrusted'] }],
    ['clients', { clientAppTypes: ['browser'] }],
    ['no client stated', { clientAppTypes: [] }],
    ['sign-in risk', { signInRiskLevels: ['low'] }],
    ['user risk', { userRiskLevels: ['high'] }],
    ['something not interpreted', { otherConditions: ['devices'] }],
  ])('never counts a policy narrowed by %s', (_, parts) => {
    expect(is([policy(parts)])).toBe('gap');
    const found = evaluate(SSO, REQUIREMENTS.mfa, input([policy(parts)]));
    expect(found.is === 'gap' && found.near[0]?.why.length).toBeGreaterThan(0);
  });

  it('adds policies up over platforms, clients and places', () => {
    expect(
      is([
        policy({ excludePlatforms: ['linux'], includePlatforms: ['all'] }),
        policy({ includePlatforms: ['linux', 'windows'] }),
      ]),
    ).toBe('covered');
    expect(
      is([
        policy({ clientAppTypes: ['browser'] }),
        policy({ clientAppTypes: ['mobileAppsAndDesktopClients'] }),
      ]),
    ).toBe('covered');
    expect(
      is([
        policy({ includeLocations: ['All'], excludeLocations: ['a'] }),
        policy({ includeLocations: ['a'] }),
      ]),
    ).toBe('covered');
  });

  it('lets the connector’s own range be left out of MFA, never of a device requirement', () => {
    const left = { includeLocations: ['All'], excludeLocations: ['egress'] };
    const isEgress = (id: string) => id === 'egress';
    expect(is([policy(left)], { isEgress })).toBe('covered');
    expect(
      is(
        [
          policy({
            ...left,
            grant: { operator: 'OR', controls: ['compliantDevice'], authenticationStrength: null },
          }),
        ],
        { isEgress },
        'compliant_device',
      ),
    ).toBe('gap');
  });
});

describe('people', () => {
  const approved = {
    emergencyStated: true,
    emergency: new Set([GROUP]),
    unresolved: [],
    inForce: new Set<string>(),
    ended: new Map<string, string>(),
  };
  const glass = groups([{ id: GROUP, name: 'Break glass', members: ['user-9'] }]);

  it('allows only emergency access and approved exclusions', () => {
    const out = policy({ excludeGroups: [GROUP] });
    expect(is([out], { approved, directory: glass })).toBe('covered');
    const lets = { ...approved, emergency: new Set<string>(), inForce: new Set([GROUP]) };
    expect(is([out], { approved: lets, directory: glass })).toBe('covered');
  });

  it('cannot tell a hole from emergency access if the charter names none', () => {
    expect(
      is([policy({ excludeGroups: [GROUP] })], {
        approved: { ...approved, emergencyStated: false, emergency: new Set() },
      }),
    ).toBe('unknown');
  });

  it('fails if an excluded group has seat holders, and cannot read if its members are not given', () => {
    const out = policy({ excludeGroups: [STAFF] });
    const found = evaluate(
      SSO,
      REQUIREMENTS.mfa,
      input([out], { approved, directory: groups([{ id: STAFF, name: 'Board', members: ['user-1'] }]) }),
    );
    expect(found.is).toBe('gap');
    expect(found.is === 'gap' && found.holes[0]?.detail).toContain('Member 1');
    expect(is([out], { approved, directory: groups([{ id: STAFF, name: 'Board', members: null }]) })).toBe(
      'unknown',
    );
    expect(is([out], { approved })).toBe('unknown');
    expect(
      is([out], { approved, directory: groups([{ id: STAFF, name: 'Robots', members: ['user-9'] }]) }),
    ).toBe('gap');
  });

  it('fails an ended approval and an emergency group that holds seats', () => {
    const directory = groups([
      { id: STAFF, name: 'Board', members: ['user-9'] },
      { id: GROUP, name: 'Break glass', members: ['user-1'] },
    ]);
    expect(
      is([policy({ excludeGroups: [STAFF] })], {
        directory,
        approved: { ...approved, ended: new Map([[STAFF, '2026-11-01']]) },
      }),
    ).toBe('gap');
    expect(is([policy({ excludeGroups: [GROUP] })], { directory, approved })).toBe('gap');
  });

  it('closes a hole with a policy that includes the same group', () => {
    const all = policy({ excludeGroups: [STAFF, GROUP] });
    expect(
      is([all, policy({ includeUsers: [], includeGroups: [STAFF], excludeGroups: [GROUP] })], {
        approved,
        directory: glass,
      }),
    ).toBe('covered');
    expect(
      is([all, policy({ includeUsers: [], includeGroups: [STAFF], excludeGroups: ['other'] })], { approved }),
    ).toBe('unknown');
  });

  it.each([
    ['no list of groups', new Directory(null, null)],
    ['a list without the group', groups([{ id: 'g-other', name: 'Other', members: ['user-9'] }])],
    ['a group without its members', groups([{ id: GROUP, name: 'Break glass', members: null }])],
  ])('cannot tell with an emergency group whose members are unknown: %s', (_, directory) => {
    const users = [{ id: STAFF, name: 'Staff', members: ['user-1', 'user-2'] }];
    const more = new Directory(
      reading('entra_groups', [
        ...directory.allGroups().flatMap((id) => directory.groupRow(id) ?? []),
        ...users,
      ]).rows,
      null,
    );
    const out = policy({ excludeGroups: [GROUP] });
    expect(is([out], { approved, directory })).toBe('unknown');
    expect(is([out], { approved, directory, seats: null })).toBe('unknown');
    // Nor does it close a gap of another policy, or certainly open one.
    const all = policy({ excludeGroups: [STAFF] });
    const staff = policy({ includeUsers: [], includeGroups: [STAFF], excludeGroups: [GROUP] });
    expect(is([all, staff], { approved, directory: more })).toBe('unknown');
    expect(is([all, out], { approved, directory: more })).toBe('unknown');
    expect(is([staff], { approved, directory: more })).toBe('unknown');
    expect(is([all], { approved, directory: more })).toBe('gap');
    // Nor does an approval, which may exclude everyone.
    const lets = { ...approved, emergency: new Set<string>(), inForce: new Set([GROUP]) };
    expect(is([out], { approved: lets, directory })).toBe('unknown');
  });

  it('holds nothing of everyone where an approval lets out most of them', () => {
    const lets = { ...approved, inForce: new Set([STAFF]) };
    const seats = [seat(1), seat(2), seat(3), seat(4)];
    const but = (people: number[], parts: Parameters<typeof policy>[0] = {}) => ({
      directory: groups([{ id: STAFF, name: 'Field staff', members: people.map((n) => `user-${n}`) }]),
      policies: [policy({ excludeGroups: [STAFF], ...parts })],
    });
    const of = ({ directory, policies }: ReturnType<typeof but>, more: ReturnType<typeof policy>[] = []) =>
      evaluate(SSO, REQUIREMENTS.mfa, input([...policies, ...more], { approved: lets, directory, seats }));
    expect(of(but([1, 2])).is).toBe('covered');
    const larger = of(but([1, 2, 3]));
    expect(larger).toMatchObject({
      is: 'gap',
      holes: [{ label: 'Field staff', detail: expect.stringContaining('3 of 4 seat holders') }],
    });
    // Including people by name and then excluding them has the same effect.
    expect(of(but([1, 2, 3], { includeUsers: seats.map((_, n) => `user-${n + 1}`) })).is).toBe('gap');
    // A person whom another policy asks is not exempt.
    expect(of(but([1, 2, 3]), [policy({ includeUsers: ['user-1'] })]).is).toBe('covered');
    expect(is(but([1]).policies, { approved: lets, directory: but([1]).directory, seats: null })).toBe(
      'unknown',
    );
  });

  it('finds that policies for roles and guests ask no one else', () => {
    const roles = policy({ includeUsers: [], includeRoles: ['role-1'] });
    const guests = policy({ includeUsers: ['GuestsOrExternalUsers'] });
    const many = [1, 2, 3, 4, 5, 6].map((n) => ({ ...seat(n), guest: null }));
    for (const policies of [[roles], [guests], [roles, guests]]) {
      expect(is(policies, { seats: many })).toBe('gap');
      // So few may all be administrators or guests.
      expect(is(policies, { seats: many.slice(0, 3) })).toBe('unknown');
    }
    // With a list of role holders, few are enough.
    const held = new Directory(
      null,
      reading('entra_users', [{ id: 'user-1', upn: 'm1@alder.example.org' }]).rows,
      reading('entra_roles', [{ role: 'role-1', principal: 'user-1', principalType: 'user', scope: '/' }])
        .rows,
    );
    expect(is([roles], { seats: [seat(1), seat(2)], directory: held })).toBe('gap');
    expect(is([roles], { seats: [seat(1)], directory: held })).toBe('unknown');
    // If others are included by name, roles may cover the rest.
    expect(is([roles, policy({ includeUsers: ['user-1'] })], { seats: many })).toBe('unknown');
  });

  it('accepts a group as scope only if every seat holder is in it', () => {
    const scoped = policy({ includeUsers: [], includeGroups: [STAFF] });
    const of = (members: string[] | null) => ({
      directory: groups([{ id: STAFF, name: 'Claude users', members }]),
    });
    expect(is([scoped], of(['user-1', 'user-2']))).toBe('covered');
    expect(is([scoped], of(['user-1']))).toBe('gap');
    expect(is([scoped], of(null))).toBe('unknown');
    expect(is([scoped], { ...of(['user-1', 'user-2']), seats: null })).toBe('unknown');
    expect(is([scoped], { ...of(['user-1', 'user-2']), seats: [] })).toBe('unknown');
    expect(is([scoped], { ...of(['user-1', 'x']), seats: [seat(1), seat(2, false)] })).toBe('unknown');
  });

  it('treats a list of exactly 20 members as possibly truncated', () => {
    const twenty = ['user-1', ...Array.from({ length: 19 }, (_, n) => `other-${n}`)];
    expect(
      is([policy({ includeUsers: [], includeGroups: [STAFF] })], {
        directory: groups([{ id: STAFF, name: 'Claude users', members: twenty }]),
      }),
    ).toBe('unknown');
  });

  it('follows nested groups and survives a cycle', () => {
    const directory = groups([
      { id: STAFF, name: 'Outer', members: ['inner', 'user-1'] },
      { id: 'inner', name: 'Inner', members: ['user-2', STAFF] },
    ]);
    expect(is([policy({ includeUsers: [], includeGroups: [STAFF] })], { directory })).toBe('covered');
  });

  it('fails for a seat holder with an excluded role, and never passes because nobody has it now', () => {
    const left = [policy({ excludeRoles: ['role'] })];
    const held = (principal: string | null) => {
      const rows =
        principal === null ? [] : [{ role: 'role', principal, principalType: 'user' as const, scope: '/' }];
      const directory = new Directory(null, null, reading('entra_roles', rows).rows);
      return is(left, { directory });
    };
    expect(held('user-1')).toBe('gap');
    // Someone may activate it temporarily.
    expect(held('stranger')).toBe('unknown');
    expect(held(null)).toBe('unknown');
  });

  it('cannot read a role as scope', () => {
    expect(is([policy({ includeUsers: [], includeRoles: ['role'] })])).toBe('unknown');
    expect(is([policy({ includeUsers: ['GuestsOrExternalUsers'] })])).toBe('gap');
  });
});
// Guide: G6.2-03 G6.2-05 G6.2-06 G6.3-06 G6.4-05 G6.5-03 G6.5-04 G6.5-05
