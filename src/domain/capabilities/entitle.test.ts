import { describe, expect, it } from 'vitest';
import { EvaluationState } from '../decide/context.ts';
import type { Capability } from '../model/capability.ts';
import type { Licenses } from '../model/licenses.ts';
import { type Given, given, reading } from '../testing/build.ts';
import { assignedUnits, holdings } from './holdings.ts';

const sources = [{ title: 'Article', url: 'https://support.claude.com/en/articles/1', read: '2026-08-22' }];
const capability = (id: string, grantedBy: Capability['grantedBy'], toGet?: string): Capability => ({
  id,
  title: id,
  means: 'It is under test.',
  guideRows: [],
  guide: null,
  vendor: { asOf: '2026-08-22', status: 'agrees', says: 'As documented.', cells: {}, sources },
  grantedBy,
  ...(toGet ? { toGet } : {}),
});

const licenses: Licenses = {
  keyCapabilities: [],
  uploads: [],
  tracks: [],
  servicePlans: [
    { name: 'AAD_PREMIUM', id: '41781fb2-bc02-4b7c-bd55-b576c07bb09d', means: 'Conditional Access' },
    {
      name: 'ADALLOM_S_STANDALONE',
      id: '2e2ddb96-6af9-4b1d-a3f0-d6ecfd22edb2',
      means: 'Defender for Cloud Apps',
    },
    { name: 'ADALLOM_S_DISCOVERY', id: '932ad362-64a8-4783-9106-97849a1a30b9', means: 'Discovery only' },
  ],
  tiers: {
    business_basic_standard: {
      name: 'Microsoft 365 Business Basic or Standard',
      servicePlans: [],
      price: null,
    },
    business_premium: {
      name: 'Microsoft 365 Business Premium',
      servicePlans: ['AAD_PREMIUM', 'ADALLOM_S_DISCOVERY'],
      price: null,
    },
    e3: { name: 'Microsoft 365 E3', servicePlans: ['AAD_PREMIUM', 'ADALLOM_S_DISCOVERY'], price: null },
    e5: { name: 'Microsoft 365 E5', servicePlans: ['AAD_PREMIUM', 'ADALLOM_S_STANDALONE'], price: null },
  },
  skus: [
    {
      partNumber: 'O365_BUSINESS_PREMIUM',
      skuId: 'f245ecc8-75af-4f8e-b61f-27d8114de5f3',
      name: 'Microsoft 365 Business Standard',
      tier: 'business_standard',
      servicePlans: [],
      confirmed: true,
    },
    {
      partNumber: 'SPB',
      skuId: 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46',
      name: 'Microsoft 365 Business Premium',
      tier: 'business_premium',
      servicePlans: ['AAD_PREMIUM', 'ADALLOM_S_DISCOVERY'],
      confirmed: true,
    },
  ],
  addOns: [
    {
      id: 'entra_p1',
      name: 'Microsoft Entra ID P1',
      aliases: ['Azure AD Premium P1'],
      servicePlans: ['AAD_PREMIUM'],
      price: null,
    },
  ],
  claudePlans: [],
  sources,
};

const capabilities = [
  capability('microsoft.conditional_access', { servicePlans: ['AAD_PREMIUM'] }, 'Entra ID P1 brings it.'),
  capability('microsoft.defender_cloud_apps', { servicePlans: ['ADALLOM_S_STANDALONE'] }),
  capability('claude.sso', { claudePlans: ['team', 'enterprise'] }),
  capability('claude.tenant_restrictions', { claudePlans: ['enterprise'] }),
  capability('network.header_injection', { swg: true, alsoNeeds: ['claude.tenant_restrictions'] }),
  capability('goal.require_mfa', { anyone: true, alsoNeeds: ['microsoft.conditional_access', 'claude.sso'] }),
];

const shared = (parts: Given) =>
  new EvaluationState(given({ ...parts, catalogue: { capabilities, licenses } }));
const has = (parts: Given, id: string) => shared(parts).capability(id).has;
const sku = (partNumber: string, more: object = {}) => ({
  partNumber,
  capabilityStatus: 'Enabled',
  enabledUnits: 60,
  ...more,
});

describe('what a client holds', () => {
  it('follows the vendor: Business Premium has Conditional Access and not the full Defender for Cloud Apps', () => {
    const premium: Given = { profile: { m365: 'business_premium' } };
    expect(has(premium, 'microsoft.conditional_access')).toBe('yes');
    expect(has(premium, 'microsoft.defender_cloud_apps')).toBe('no');
    expect(has({ profile: { m365: 'e5' } }, 'microsoft.defender_cloud_apps')).toBe('yes');
  });

  it('reads Business Standard behind its misleading part number, and adds add-ons by any of their names', () => {
    const standard: Given = { profile: { m365: ['O365_BUSINESS_PREMIUM'] } };
    expect(has(standard, 'microsoft.conditional_access')).toBe('no');
    expect(shared(standard).capability('microsoft.conditional_access').reason).toContain(
      'Entra ID P1 brings it.',
    );
    for (const addOns of [['entra_p1'], ['Azure AD Premium P1'], ['Microsoft Entra ID P1']]) {
      expect(
        has({ profile: { m365: ['O365_BUSINESS_PREMIUM'], addOns } }, 'microsoft.conditional_access'),
      ).toBe('yes');
    }
  });

  it('leaves unknown what nobody has stated', () => {
    expect(has({}, 'microsoft.conditional_access')).toBe('unknown');
    expect(has({ profile: { m365: ['NEW_SKU_2027'] } }, 'microsoft.conditional_access')).toBe('unknown');
    expect(
      has(
        { profile: { m365: 'business_basic_standard', addOns: ['Something new'] } },
        'microsoft.conditional_access',
      ),
    ).toBe('unknown');
    expect(has({}, 'network.header_injection')).toBe('no');
    expect(has({ profile: { claudePlan: 'enterprise' } }, 'network.header_injection')).toBe('unknown');
    expect(has({ profile: { claudePlan: 'enterprise', swg: 'zscaler' } }, 'network.header_injection')).toBe(
      'yes',
    );
  });

  it('prefers the licenses file over the profile and detects by service plan', () => {
    const plans = [
      { id: '41781fb2-bc02-4b7c-bd55-b576c07bb09d', name: 'whatever', provisioningStatus: 'Success' },
    ];
    const readings = {
      subscribed_skus: [reading('subscribed_skus', [sku('UNHEARD_OF', { servicePlans: plans })])],
    };
    expect(
      has({ profile: { m365: 'business_basic_standard' }, readings }, 'microsoft.conditional_access'),
    ).toBe('yes');
    expect(has({ profile: { m365: 'e5' }, readings }, 'microsoft.defender_cloud_apps')).toBe('no');
  });

  it('counts no suspended, empty or switched-off license, and one in its grace period, which works as before', () => {
    const by = (row: object) =>
      has(
        { readings: { subscribed_skus: [reading('subscribed_skus', [sku('SPB', row)])] } },
        'microsoft.conditional_access',
      );
    expect(by({})).toBe('yes');
    expect(by({ capabilityStatus: 'Suspended' })).toBe('no');
    expect(by({ enabledUnits: 0 })).toBe('no');
    expect(by({ capabilityStatus: 'Warning' })).toBe('yes');
    expect(by({ capabilityStatus: 'Warning', enabledUnits: 0 })).toBe('yes');
    expect(by({ capabilityStatus: 'LockedOut' })).toBe('no');
    expect(by({ capabilityStatus: null })).toBe('yes');
    expect(by({ capabilityStatus: null, enabledUnits: null })).toBe('unknown');
    const off = [{ id: null, name: 'AAD_PREMIUM', provisioningStatus: 'Disabled' }];
    expect(by({ servicePlans: off })).toBe('no');
  });

  const from = (...rows: object[]) => ({
    readings: { subscribed_skus: [reading('subscribed_skus', rows)] },
  });
  const words = (parts: Given) => {
    const input = given({ ...parts, catalogue: { capabilities, licenses } });
    return holdings(input, (days) => new EvaluationState(input).read('subscribed_skus', days));
  };

  it('keeps an unknown SKU, shows its part number and guesses nothing about it', () => {
    const unknown = from(sku('SPB'), sku('CONTOSO_BUNDLE_9', { skuId: '0000-never-heard-of' }));
    const held = words(unknown);
    expect(held.words).toContain('CONTOSO_BUNDLE_9');
    expect(held.doubts).toEqual([
      'The license “CONTOSO_BUNDLE_9” is not known to Bylaw, and the file does not list what it includes.',
    ]);
    // What is certain stays certain; only what the unknown license could include is unknown.
    expect(has(unknown, 'microsoft.conditional_access')).toBe('yes');
    expect(has(unknown, 'microsoft.defender_cloud_apps')).toBe('unknown');
  });

  it('adds up mixed SKUs, and counts a trial by its service plans while it runs', () => {
    const trial = (more: object) =>
      sku('SOME_TRIAL_VIRAL', {
        servicePlans: [{ id: null, name: 'ADALLOM_S_STANDALONE', provisioningStatus: 'Success' }],
        ...more,
      });
    const mixed = (more: object) => from(sku('O365_BUSINESS_PREMIUM'), sku('SPB'), trial(more));
    expect(words(mixed({})).words).toMatch(
      /^Microsoft 365 Business Standard, Microsoft 365 Business Premium and SOME_TRIAL_VIRAL/,
    );
    expect(has(mixed({}), 'microsoft.conditional_access')).toBe('yes');
    expect(has(mixed({}), 'microsoft.defender_cloud_apps')).toBe('yes');
    expect(has(mixed({ capabilityStatus: 'Warning' }), 'microsoft.defender_cloud_apps')).toBe('yes');
    for (const over of ['Suspended', 'Deleted', 'LockedOut'])
      expect(has(mixed({ capabilityStatus: over }), 'microsoft.defender_cloud_apps'), over).toBe('no');
    expect(has(mixed({ enabledUnits: 0 }), 'microsoft.defender_cloud_apps')).toBe('no');
  });

  it('counts how many people have a license across all SKUs that carry it, and knows when it cannot', () => {
    const assigned = (...rows: object[]) => {
      const input = given({ ...from(...rows), catalogue: { capabilities, licenses } });
      return assignedUnits(licenses, new EvaluationState(input).read('subscribed_skus', 30), ['AAD_PREMIUM']);
    };
    expect(assigned(sku('SPB', { consumedUnits: 20 }), sku('E3', { consumedUnits: 900 }))).toBe(20);
    expect(
      assigned(
        sku('SPB', { consumedUnits: 20 }),
        sku('AAD', {
          consumedUnits: 7,
          servicePlans: [{ id: null, name: 'AAD_PREMIUM', provisioningStatus: null }],
        }),
        sku('SPB', { consumedUnits: 100, capabilityStatus: 'Suspended' }),
      ),
    ).toBe(27);
    expect(assigned(sku('SPB', { consumedUnits: 0 }))).toBe(0);
    expect(assigned(sku('SPB'))).toBeNull();
    expect(assigned(sku('O365_BUSINESS_PREMIUM', { consumedUnits: 20 }))).toBeNull();
  });

  it('requires everything that a goal needs', () => {
    expect(has({ profile: { m365: 'business_premium' } }, 'goal.require_mfa')).toBe('yes');
    expect(has({ profile: { m365: 'business_premium', claudePlan: 'free_pro' } }, 'goal.require_mfa')).toBe(
      'no',
    );
  });

  it('says what is held and where that is from', () => {
    const input = given({
      profile: { m365: 'business_premium', addOns: ['entra_p1'] },
      catalogue: { capabilities, licenses },
    });
    expect(holdings(input, (days) => new EvaluationState(input).read('subscribed_skus', days)).words).toBe(
      'Microsoft 365 Business Premium and Microsoft Entra ID P1 (profile)',
    );
  });
});
// Guide: G0-01 G1.1-00 G1.1-01 G1.1-02 G1.1-03 G1.1-04 G1.1-05 G1.1-06 G1.1-07 G1.1-08 G1.1-09 G1.1-10
// Guide: G1.1-11 G1.1-12 G1.1-13 G1.1-14 G1.2-00 G1.2-01 G1.2-02 G1.2-03 G1.2-04 G1.2-05 G1.2-06 G1.2-07
// Guide: G1.2-08 G1.2-09 G1.2-10 G1.2-11 G1.2-12 G2.2-04 G2.2-05 G2.2-09 G2.2-10 G2.2-11 G2.2-12 G2.2-13
// Guide: G2.2-14 G2.2-16 G2.2-18 G2.2-20 G2.2-21 G2.2-22 G2.2-23 G2.2-31 G2.2-32 G2.2-33 G3.1-02 G3.2-00
// Guide: G3.2-01 G3.3-07 G3.3-08 G4-01 G4.1-01 G4.1-02 G4.1-03 G4.1-06 G4.3-00 G4.4-00 G4.4-01 G4.4-02
// Guide: G4.4-03 G4.4-04 G4.4-05 G4.4-06 G4.4-08 G5.1-00 G5.1-01 G5.1-02 G5.1-03 G5.1-04 G5.1-05 G5.1-06
// Guide: G5.1-07 G5.1-08 G5.2-00 G5.2-01 G5.2-02 G5.2-03 G5.2-04 G5.2-05 G5.2-06 G5.3-00 G5.3-01 G5.3-02
// Guide: G5.3-03 G5.3-07 G5.4-00 G5.4-01 G5.4-03 G6.2-00 G6.3-00 G6.4-00 G6.5-00 G6.6-00 G7.2-03 G7.2-09
// Guide: G7.2-16 G7.2-17 G7.2-18 G8-14 GB-01 GB-02 GB-03 GB-04 GB-05 GB-06 GB-07 GB-08 GB-09
