import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GLOBAL_ADMINISTRATOR } from '../model/entra-roles.ts';
import type { EntraRoleRow } from '../model/kinds.ts';
import { Directory } from '../rules/microsoft/directory.ts';
import { acts, policyOf, policyParts, SIGN_INS, type SignIn } from '../rules/microsoft/testing/sign-ins.ts';
import { policy, SSO, seat } from '../rules/microsoft/testing-ca.ts';
import { APP, input } from '../rules/microsoft/testing-tenant.ts';
import { reading } from '../testing/build.ts';
import { cases } from '../testing/cases.ts';
import { evaluateEveryone, peopleWhoCanSignIn } from './everyone.ts';
import { placesOf } from './places.ts';
import { unknownMembers } from './unknown-members.ts';
import { type Circumstances, WhatIf } from './what-if.ts';

const USUAL: Circumstances = {
  application: APP,
  platform: 'windows',
  client: 'browser',
  device: 'unknown',
  signInRisk: 'none',
  userRisk: 'none',
  flow: 'none',
  insiderRisk: 'none',
  locations: [],
  perhaps: [],
  trusted: false,
};

function circumstances(s: SignIn): Circumstances {
  return {
    ...USUAL,
    platform: s.platform as Circumstances['platform'],
    client: s.client as Circumstances['client'],
    device: s.compliant === null ? 'unknown' : s.compliant ? 'compliant' : 'not_compliant',
    locations: s.at.filter((id) => id !== 'AllTrusted'),
    trusted: s.at.includes('AllTrusted'),
  };
}

it('leaves open whether a platform that none of ours is may be one that a policy names', () => {
  const answer = (platforms: object) => {
    const given = { ...USUAL, application: SSO, platform: 'unknown' as const };
    return new WhatIf([policy(platforms)], given, new Directory(null, null)).of(seat(1)).policies[0]?.is;
  };
  expect(answer({ includePlatforms: ['all'], excludePlatforms: ['chromeOS'] })).toBe('unknown');
  expect(answer({ includePlatforms: ['chromeOS'] })).toBe('unknown');
  expect(answer({ includePlatforms: ['all'], excludePlatforms: ['linux'] })).toBe('yes');
  expect(answer({ includePlatforms: ['windows'] })).toBe('no');
});

it('names the groups that were not read, with the policies that depend on them', () => {
  const groups = [
    { id: 'g-known', name: 'Known', members: ['user-1'] },
    { id: 'g-bare', name: 'Pilots', members: null },
    { id: 'g-cut', name: 'Cut', members: Array.from({ length: 20 }, (_, n) => `user-${n}`) },
  ];
  const mfa = (name: string, own: object) => policy({ name, ...own });
  const given = [
    mfa('One', { includeUsers: [], includeGroups: ['g-bare', 'g-known'], excludeGroups: [] }),
    mfa('Two', { excludeGroups: ['G-BARE', 'g-gone', 'g-cut'] }),
    // Everyone is in it, so that its group adds nobody; and one that is off.
    mfa('Three', { includeGroups: ['g-bare'], excludeGroups: [] }),
    mfa('Four', { state: 'disabled', excludeGroups: ['g-bare'] }),
  ];
  const found = unknownMembers(
    given,
    { ...USUAL, application: SSO },
    new Directory(reading('entra_groups', groups).rows, null),
  );
  expect(found).toEqual([
    { kind: 'group', id: 'g-bare', name: 'Pilots', why: 'no_members', policies: ['One', 'Two'] },
    { kind: 'group', id: 'g-gone', name: 'g-gone', why: 'not_listed', policies: ['Two'] },
    { kind: 'group', id: 'g-cut', name: 'Cut', why: 'some_members', policies: ['Two'] },
  ]);
  expect(
    unknownMembers(given.slice(0, 1), { ...USUAL, application: SSO }, new Directory(null, null)).map(
      ({ why }) => why,
    ),
  ).toEqual(['no_list', 'no_list']);
});

const READER = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451';
const SYNC = 'd29b2b05-8046-44ba-8758-1e26182fcf32';

/** Users 1 to 3, a group with the second, and these assignments of the role of Global Administrators; null: no list. */
function directoryWith(assignments: readonly Partial<EntraRoleRow>[] | null): Directory {
  const users = [1, 2, 3].map((n) => ({ id: `user-${n}`, upn: `user-${n}@alder.example.org` }));
  const groups = [
    { id: 'g-admins', name: 'Admins', members: ['user-2'] },
    { id: 'g-bare', name: 'Bare', members: null },
  ];
  const roles = assignments?.map((one) => ({
    principalType: 'user' as const,
    scope: '/',
    role: GLOBAL_ADMINISTRATOR,
    ...one,
  }));
  return new Directory(
    reading('entra_groups', groups).rows,
    reading('entra_users', users).rows,
    roles === undefined ? null : reading('entra_roles', roles).rows,
  );
}

/** Whether a policy applies to users 1, 2 and 3. */
function appliesTo(directory: Directory, users: Parameters<typeof policy>[0]): string {
  const whatIf = new WhatIf([policy({ includeApplications: ['All'], ...users })], USUAL, directory);
  return [1, 2, 3]
    .map((n) => {
      const key = `user-${n}@alder.example.org`;
      const keys = new Set([`user-${n}`, key]);
      return whatIf.of({ key, name: key, keys, known: true, guest: false }).policies[0]?.is;
    })
    .join(' ');
}

describe('a policy that names a role', () => {
  const forAdmins = {
    includeUsers: [],
    includeGroups: [],
    includeRoles: [GLOBAL_ADMINISTRATOR.toUpperCase()],
  };
  const notForAdmins = { includeUsers: ['All'], excludeRoles: [GLOBAL_ADMINISTRATOR] };

  it.each<[string, Parameters<typeof directoryWith>[0], string, string]>([
    ['no list', null, 'unknown unknown unknown', 'unknown unknown unknown'],
    ['nobody', [], 'no no no', 'yes yes yes'],
    ['a person', [{ principal: 'user-1' }], 'yes no no', 'no yes yes'],
    ['a group', [{ principal: 'g-admins', principalType: 'group' }], 'no yes no', 'yes no yes'],
    [
      'someone, without what they are',
      [{ principal: 'g-admins', principalType: null }],
      'no yes no',
      'yes no yes',
    ],
    [
      'a group of which no one knows who is in it',
      [{ principal: 'user-1' }, { principal: 'g-bare', principalType: 'group' }],
      'yes unknown unknown',
      'no unknown unknown',
    ],
    [
      'a group that no list has',
      [{ principal: 'g-gone', principalType: 'group' }],
      'unknown unknown unknown',
      'unknown unknown unknown',
    ],
    [
      'someone whom no list has',
      [{ principal: 'stranger', principalType: null }],
      'unknown unknown unknown',
      'unknown unknown unknown',
    ],
    ['a program', [{ principal: 'sp-1', principalType: 'other' }], 'no no no', 'yes yes yes'],
    [
      'a person in one administrative unit',
      [{ principal: 'user-1', scope: '/administrativeUnits/1' }],
      'no no no',
      'yes yes yes',
    ],
    [
      'a person, no one knows where',
      [{ principal: 'user-1', scope: null }],
      'yes unknown unknown',
      'no unknown unknown',
    ],
  ])('applies to the people who hold it: %s', (_, assignments, into, out) => {
    const directory = directoryWith(assignments);
    expect(appliesTo(directory, forAdmins)).toBe(into);
    expect(appliesTo(directory, notForAdmins)).toBe(out);
  });

  it('names the roles that were not read, except those of synchronization accounts', () => {
    const given = [
      policy({ name: 'Out', excludeRoles: [SYNC, GLOBAL_ADMINISTRATOR], excludeGroups: [] }),
      policy({ name: 'In', includeUsers: [], includeGroups: [], includeRoles: [READER], excludeGroups: [] }),
    ];
    const unknown = (directory: Directory) =>
      unknownMembers(given, { ...USUAL, application: SSO }, directory).map(({ kind, name, why }) => [
        kind,
        name,
        why,
      ]);
    expect(unknown(directoryWith(null))).toEqual([
      ['role', 'Global Administrator', 'no_list'],
      ['role', 'Global Reader', 'no_list'],
    ]);
    expect(unknown(directoryWith([{ principal: 'g-bare', principalType: 'group' }]))).toEqual([
      ['role', 'Global Administrator', 'some_members'],
    ]);
  });
});

describe('What If', () => {
  it('never says that a policy applies, or does not, if the tenant would decide otherwise', () => {
    let decided = 0;
    let open = 0;
    const wrong: unknown[] = [];
    const given = input([]);
    const people = peopleWhoCanSignIn(given.seats, null);
    fc.assert(
      fc.property(
        fc.array(policyParts, { minLength: 1, maxLength: 4 }),
        fc.array(fc.constantFrom(...SIGN_INS), { minLength: 20, maxLength: 20 }),
        (parts, signIns) => {
          const policies = parts.map(policyOf);
          for (const s of signIns) {
            const person = people.find(({ name }) => name === s.person.id);
            if (person === undefined) throw new Error('nobody');
            const whatIf = new WhatIf(policies, circumstances(s), given.directory);
            const answer = whatIf.of(person);
            for (const one of answer.policies) {
              if (one.is === 'unknown') open += 1;
              else decided += 1;
              const right =
                one.is === 'unknown' ? one.reasons.length > 0 : (one.is === 'yes') === acts(one.policy, s);
              if (!right) wrong.push({ policy: one.policy, is: one.is, s });
            }
            // The short way for many people comes to the same.
            if (whatIf.outcome(person) !== answer.outcome) wrong.push({ policies, s });
          }
          expect(wrong).toEqual([]);
        },
      ),
      { numRuns: cases(300) },
    );
    expect(decided).toBeGreaterThan(open);
    expect(open).toBeGreaterThan(0);
  });

  it('gives the outcome: blocked, asked, free or unknown', () => {
    const given = input([]);
    const [person] = peopleWhoCanSignIn(given.seats, null);
    const of = (parts: Parameters<typeof policy>[0], device: Circumstances['device'] = 'unknown') => {
      const one = policy({ includeApplications: ['All'], ...parts });
      return new WhatIf([one], { ...USUAL, device }, given.directory).of(person ?? fail()).outcome;
    };
    const grant = (operator: 'AND' | 'OR', ...controls: string[]) => ({
      grant: { operator, controls, authenticationStrength: null },
    });
    expect(of(grant('OR', 'mfa'))).toBe('asked');
    expect(of(grant('OR', 'block'))).toBe('blocked');
    expect(of(grant('OR', 'compliantDevice'), 'not_compliant')).toBe('blocked');
    expect(of(grant('OR', 'compliantDevice'), 'compliant')).toBe('free');
    expect(of(grant('OR', 'compliantDevice'))).toBe('unknown');
    expect(of(grant('OR', 'compliantDevice', 'mfa'), 'not_compliant')).toBe('asked');
    expect(of(grant('AND', 'compliantDevice', 'mfa'), 'not_compliant')).toBe('blocked');
    expect(of({ ...grant('OR', 'block'), otherConditions: ['authenticationFlows'] })).toBe('unknown');
    expect(of({ ...grant('OR', 'block'), state: 'enabledForReportingButNotEnforced' })).toBe('free');
    expect(of({ ...grant('OR', 'block'), includeRoles: ['some-role'], includeUsers: [] })).toBe('unknown');
    // What may also ask for more changes nothing for someone who is asked already.
    const both = [
      policy({ includeApplications: ['All'], ...grant('OR', 'mfa') }),
      policy({
        includeApplications: ['All'],
        ...grant('OR', 'mfa'),
        otherConditions: ['authenticationFlows'],
      }),
    ];
    expect(new WhatIf(both, USUAL, given.directory).of(person ?? fail()).outcome).toBe('asked');
  });

  it('distinguishes a flow, insider risk and a user at risk from the usual sign-in', () => {
    const given = input([]);
    const [person] = peopleWhoCanSignIn(given.seats, null);
    const of = (parts: Parameters<typeof policy>[0], more: Partial<Circumstances> = {}) => {
      const one = policy({ includeApplications: ['All'], ...parts });
      return new WhatIf([one], { ...USUAL, ...more }, given.directory).of(person ?? fail()).policies[0];
    };
    // The device code flow is blocked in most tenants, which says nothing of a sign-in in a browser.
    const flows = { flows: ['deviceCodeFlow'], otherConditions: ['authenticationFlows'] };
    expect(of(flows)).toMatchObject({ is: 'no', reasons: ['flow'] });
    expect(of(flows, { flow: 'deviceCodeFlow' })).toMatchObject({ is: 'yes' });
    expect(of(flows, { flow: 'unknown' })).toMatchObject({ is: 'unknown', reasons: ['flow'] });
    expect(of({ ...flows, flows: ['unknownFutureValue'] })).toMatchObject({ is: 'unknown' });
    expect(of({ otherConditions: ['authenticationFlows'] })).toMatchObject({ reasons: ['condition'] });
    const insider = { insiderRisk: ['moderate', 'elevated'], otherConditions: ['insiderRiskLevels'] };
    expect(of(insider)).toMatchObject({ is: 'no', reasons: ['insider_risk'] });
    expect(of(insider, { insiderRisk: 'elevated' })).toMatchObject({ is: 'yes' });
  });

  it('does not assume that an address in one named location is outside all others', () => {
    const location = (id: string, ranges: string[], trusted: boolean | null = false) => ({
      id,
      ranges,
      trusted,
    });
    const { rows } = reading('named_locations', [
      location('office', ['198.51.100.0/26']),
      location('campus', ['198.51.100.0/24'], true),
      location('floor', ['198.51.100.32/27']),
      location('branch', ['203.0.113.0/24']),
      location('home countries', [], null),
      location('branch by IPv6', ['2001:db8::/48']),
    ]);
    const [office, , , , home] = rows;
    expect(placesOf(office?.ranges ?? [], rows, office ?? null)).toEqual({
      locations: ['office', 'campus'],
      perhaps: ['floor', 'home countries'],
      trusted: true,
    });
    expect(placesOf(['203.0.113.9'], rows, null)).toMatchObject({ locations: ['branch'], trusted: false });
    expect(placesOf([], rows, home ?? null)).toMatchObject({ locations: ['home countries'], trusted: null });
    // Everywhere but at home is blocked, and whether the office is at home no file says.
    const given = input([]);
    const [person] = peopleWhoCanSignIn(given.seats, null);
    const abroad = policy({
      includeApplications: ['All'],
      includeLocations: ['All'],
      excludeLocations: ['home countries'],
      grant: { operator: 'OR', controls: ['block'], authenticationStrength: null },
    });
    const at = (more: Partial<Circumstances>) =>
      new WhatIf([abroad], { ...USUAL, ...more }, given.directory).of(person ?? fail()).outcome;
    expect(at(placesOf(office?.ranges ?? [], rows, office ?? null))).toBe('unknown');
    expect(at(placesOf([], rows, home ?? null))).toBe('free');
    expect(at({ locations: [], perhaps: [] })).toBe('blocked');
  });

  it('finds members of groups by any of their ids and addresses, including shared ones', () => {
    const key = fc.constantFrom('a', 'b', 'a@x.example', 'b@x.example', 'all@x.example');
    const users = fc.array(fc.record({ id: fc.option(key), upn: key, aliases: fc.array(key) }), {
      maxLength: 4,
    });
    const members = fc.array(fc.oneof(key, fc.constantFrom('group-1', 'stranger', 's@x.example')));
    fc.assert(
      fc.property(users, fc.array(members, { minLength: 2, maxLength: 2 }), (rows, lists) => {
        const known = reading('entra_users', rows).rows;
        const groups = lists.map((one, n) => ({ id: `group-${n}`, name: `Group ${n}`, members: one }));
        const directory = new Directory(reading('entra_groups', groups).rows, known);
        const one = policy({ includeApplications: ['All'], includeUsers: [], includeGroups: ['group-0'] });
        const whatIf = new WhatIf([one], USUAL, directory);
        for (const person of peopleWhoCanSignIn(null, known))
          expect(whatIf.of(person).policies[0]?.is).toBe(directory.inGroup(person, 'group-0'));
      }),
    );
  });

  it('counts everybody once, seat or not, and leaves out accounts that are off', () => {
    const given = input([policy({ includeApplications: ['All'] })]);
    const users = [
      { id: 'user-9', upn: 'nine@alder.example.org', enabled: true },
      { id: 'user-8', upn: 'eight@alder.example.org', enabled: false },
      { id: 'user-1', upn: 'user-1@alder.example.org', enabled: true },
    ].map((one) => ({
      file: 'users.json',
      row: 1,
      mail: null,
      aliases: [],
      name: null,
      employeeId: null,
      userType: 'Member' as const,
      skuIds: [],
      ...one,
    }));
    const people = peopleWhoCanSignIn(given.seats, users);
    expect(people.map(({ key }) => key)).toEqual([
      'user-1@alder.example.org',
      'user-2@alder.example.org',
      'user-3@alder.example.org',
      'nine@alder.example.org',
    ]);
    const counted = evaluateEveryone(people, given.policies, USUAL, given.directory);
    expect(counted).toMatchObject({ outcomes: { free: 0, asked: 4, blocked: 0, unknown: 0 }, doubts: [] });
  });

  it('names the policies that leave people undecided, and which parts of them are unknown', () => {
    const all = { includeApplications: ['All'] };
    const block = { operator: 'OR', controls: ['block'], authenticationStrength: null } as const;
    const given = input([
      policy({ ...all, name: 'MFA' }),
      policy({
        ...all,
        name: 'Codes',
        grant: block,
        flows: ['deviceCodeFlow'],
        otherConditions: ['authenticationFlows'],
      }),
      policy({ ...all, name: 'Admins', grant: block, includeUsers: ['user-1'], includeRoles: ['a-role'] }),
      policy({
        ...all,
        name: 'Joined',
        grant: { ...block, controls: ['domainJoinedDevice'] },
        includeUsers: ['user-2'],
      }),
      policy({ ...all, name: 'Named', grant: block, includeLocations: ['a-place'], state: 'disabled' }),
    ]);
    const people = peopleWhoCanSignIn(given.seats, null);
    const counted = evaluateEveryone(people, given.policies, { ...USUAL, flow: 'unknown' }, given.directory);
    expect(counted.outcomes).toMatchObject({ blocked: 1, unknown: 2 });
    expect(counted.doubts).toEqual(
      [
        { policy: 'Codes', reasons: ['flow'], people: 2 },
        { policy: 'Joined', reasons: [], people: 1 },
        { policy: 'Admins', reasons: ['person'], people: 2 },
      ].sort((a, b) => b.people - a.people),
    );
  });
});

function fail(): never {
  throw new Error('nobody');
}
