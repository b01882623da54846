import { describe, expect, it } from 'vitest';
import type { Capability } from '../../model/capability.ts';
import { GLOBAL_ADMINISTRATOR } from '../../model/entra-roles.ts';
import { reading, runRule } from '../../testing/build.ts';
import { licenseHeld } from './license-held.ts';
import { securityDefaults } from './security-defaults.ts';
import { policies, policy } from './testing.ts';

const p1: Capability = {
  id: 'microsoft.conditional_access',
  title: 'Conditional Access',
  means: 'Rules for sign-in.',
  guideRows: [],
  guide: null,
  vendor: { asOf: '2026-01-26', status: 'adds', says: 'x', cells: {}, sources: [] },
  grantedBy: { m365: ['business_premium', 'e3', 'e5'] },
};
type Tier = 'business_premium' | 'business_basic_standard' | undefined;

function run(on: boolean | null, m365: Tier, rows: readonly object[] | null) {
  return runRule(
    securityDefaults,
    {},
    {
      ...(m365 ? { profile: { m365 } } : {}),
      catalogue: { capabilities: [p1] },
      readings: {
        security_defaults: [reading('security_defaults', [{ enabled: on }])],
        ...(rows ? { ca_policies: policies(...rows) } : {}),
      },
    },
  );
}
const granting = (controls: string[]) =>
  policy({ grant: { operator: 'OR', controls, authenticationStrength: null } });
const blocking = granting(['block']);
const managed = granting(['compliantDevice']);
const waiting = policy({ state: 'enabledForReportingButNotEnforced' });

describe('security-defaults', () => {
  it.each([
    ['on without P1', true, 'business_basic_standard', null, 'pass'],
    ['off without P1', false, 'business_basic_standard', null, 'fail'],
    ['off without P1, policies left from before', false, 'business_basic_standard', [policy()], 'fail'],
    ['off with a policy that is on', false, 'business_premium', [policy()], 'pass'],
    ['off with a policy that only blocks', false, 'business_premium', [blocking], 'fail'],
    ['off with a policy that asks for a managed device', false, 'business_premium', [managed], 'pass'],
    ['off with policies that block and that ask', false, 'business_premium', [blocking, policy()], 'pass'],
    ['on with a policy that is on', true, 'business_premium', [policy()], 'fail'],
    ['off with report-only only', false, 'business_premium', [waiting], 'fail'],
    ['on with report-only only', true, 'business_premium', [waiting], 'pass'],
    ['off with P1, policies unread', false, 'business_premium', null, 'cannot_read'],
    [
      'off with a policy of unknown state',
      false,
      'business_premium',
      [policy({ state: null })],
      'cannot_read',
    ],
    ['not told', null, 'business_premium', [policy()], 'cannot_read'],
    ['license unknown', true, undefined, [policy()], 'cannot_read'],
  ] as const)('%s', (_, on, tier, rows, state) => {
    expect(run(on, tier, rows).state).toBe(state);
  });

  it.each([
    ['guests', { includeUsers: ['GuestsOrExternalUsers'] }],
    ['people with a role', { includeUsers: [], includeRoles: [GLOBAL_ADMINISTRATOR] }],
    ['a sign-in at risk', { signInRiskLevels: ['high'] }],
    ['one way of signing in', { otherConditions: ['authenticationFlows'], flows: ['deviceCodeFlow'] }],
    ['the admin portals', { includeApplications: ['MicrosoftAdminPortals'] }],
  ] as const)('fails where the only policy that asks is for %s', (_, parts) => {
    const few = policy(parts as object);
    expect(run(false, 'business_premium', [few])).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('nothing takes their place for staff'),
    });
    expect(run(false, 'business_premium', [few, policy()]).state).toBe('pass');
    expect(run(false, 'business_premium', [few, policy({ name: 'Other', state: null })]).state).toBe(
      'cannot_read',
    );
  });

  it.each([
    ['a group', { includeUsers: [], includeGroups: ['g1'] }],
    ['all applications', { includeApplications: ['All'] }],
    ['Office 365', { includeApplications: ['Office365'] }],
    ['an application that may be Claude', { includeApplications: ['5ea5e100-0000-4000-8000-0000000000aa'] }],
  ] as const)('passes where a policy asks for %s', (_, parts) => {
    expect(run(false, 'business_premium', [policy(parts as object)]).state).toBe('pass');
  });

  it('cannot read without the file', () => {
    expect(
      runRule(
        securityDefaults,
        {},
        { profile: { m365: 'business_premium' }, catalogue: { capabilities: [p1] } },
      ).state,
    ).toBe('cannot_read');
  });
});

describe('license-held', () => {
  const held = (m365: Tier) =>
    runRule(
      licenseHeld,
      { capability: p1.id, meaning: 'So rules can be made.' },
      { ...(m365 ? { profile: { m365 } } : {}), catalogue: { capabilities: [p1] } },
    );

  it('passes, fails or cannot tell by what the profile states', () => {
    expect(held('business_premium')).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('So rules can be made.'),
    });
    expect(held('business_basic_standard').state).toBe('fail');
    expect(held(undefined).state).toBe('cannot_read');
  });
  it('does not count a license that only some people have as licensed', () => {
    const held = (consumedUnits: number | null, staffCount?: number, roster: readonly object[] = []) =>
      runRule(
        licenseHeld,
        { capability: 'microsoft.conditional_access', meaning: 'So rules can be made.' },
        {
          profile: staffCount === undefined ? {} : { staffCount },
          readings: {
            ...(roster.length > 0 ? { roster: [reading('roster', roster)] } : {}),
            subscribed_skus: [
              reading('subscribed_skus', [
                {
                  partNumber: 'SPB',
                  capabilityStatus: 'Enabled',
                  enabledUnits: 65,
                  consumedUnits,
                  servicePlans: [{ id: null, name: 'AAD_PREMIUM', provisioningStatus: 'Success' }],
                },
              ]),
            ],
          },
          catalogue: { capabilities: [{ ...p1, grantedBy: { servicePlans: ['AAD_PREMIUM'] } }] },
        },
      );
    expect(held(61, 61).state).toBe('pass');
    expect(held(20, 61)).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('assigned to 20 of 61 people'),
    });
    expect(held(0, 61).state).toBe('fail');
    // The staff count is not known, or the file does not count, so nothing can be compared.
    expect(held(20).state).toBe('pass');
    expect(held(null, 61).state).toBe('pass');
    // At least five work here, whatever the status of the others.
    const unsure = { code: 'unread_status' as const, column: 'State', text: 'Q' };
    const roster = Array.from({ length: 9 }, (_, n) => ({
      name: `Person ${n}`,
      emails: [`p${n}@alder.example.org`],
      ...(n < 5 ? { status: 'active' } : { unsure }),
    }));
    expect(held(4, undefined, roster).state).toBe('fail');
    expect(held(5, undefined, roster).state).toBe('pass');
  });

  it('chooses none of two licenses files of one day, and lets the profile settle nothing either', () => {
    const file = (name: string, plans: string[], consumedUnits: number) =>
      reading(
        'subscribed_skus',
        [
          {
            partNumber: name,
            capabilityStatus: 'Enabled',
            enabledUnits: 65,
            consumedUnits,
            servicePlans: plans.map((plan) => ({ id: null, name: plan, provisioningStatus: 'Success' })),
          },
        ],
        { file: `${name}.json` },
      );
    const of = (...files: ReturnType<typeof file>[]) =>
      runRule(
        licenseHeld,
        { capability: p1.id, meaning: 'So rules can be made.' },
        {
          profile: { staffCount: 40, m365: 'business_premium' },
          readings: { subscribed_skus: files },
          catalogue: { capabilities: [{ ...p1, grantedBy: { servicePlans: ['AAD_PREMIUM'] } }] },
        },
      );
    const premium = file('SPB', ['AAD_PREMIUM'], 61);
    expect(of(premium, file('O365', ['EXCHANGE'], 61))).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('SPB.json and O365.json'),
      ask: { field: 'subscribed_skus', detail: 'one_tenant' },
    });
    expect(of(premium, file('E3', ['AAD_PREMIUM'], 50)).state).toBe('pass');
    // According to one file too few have it, and it is not known which file counts; if too few have it in both, it
    // fails.
    expect(of(premium, file('E3', ['AAD_PREMIUM'], 12))).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('12 people according to the file with the fewest, and to 73 if each'),
      ask: { field: 'subscribed_skus', detail: 'one_tenant' },
    });
    // After a merger, half of the staff are in each tenant.
    expect(of(file('SPB', ['AAD_PREMIUM'], 20), file('E3', ['AAD_PREMIUM'], 22)).state).toBe('cannot_read');
    expect(of(file('SPB', ['AAD_PREMIUM'], 20), file('E3', ['AAD_PREMIUM'], 12)).state).toBe('fail');
    expect(of(file('O1', ['EXCHANGE'], 61), file('O2', ['TEAMS'], 61)).state).toBe('fail');
  });
});
// Guide: G1.2-00 G1.2-01 G1.2-10 G1.2-12 G6-00 G6.2-00 G6.2-03 GB-03
