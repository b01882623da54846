import fc from 'fast-check';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { CLAUDE_PLANS, M365_TIERS, type Profile } from '#domain/model/profile.ts';
import { fitTogether, offers } from '#domain/planner/purchases.ts';
import { given } from '#domain/testing/build.ts';
import { sharedCatalogue } from './shared.ts';

/** Clients with the shipped catalogue, and what they could buy. */

export const catalogue: Catalogue = sharedCatalogue();
export const client = (profile: Partial<Profile>) => given({ catalogue, profile });
/** An association on the Team plan that has not stated what its network and devices have. */
export const alder = client({
  claudePlan: 'team',
  claudeSeats: 70,
  staffCount: 61,
  m365: 'business_premium',
  swg: null,
  siem: null,
  deviceManagement: null,
});

/** Any client that a profile can describe. */
export const anyProfile = fc.record<Partial<Profile>>(
  {
    claudePlan: fc.constantFrom(...CLAUDE_PLANS),
    claudeSeats: fc.nat({ max: 400 }),
    staffCount: fc.nat({ max: 500 }),
    m365: fc.oneof(
      fc.constantFrom(...M365_TIERS),
      fc.subarray(['SPB', 'SPE_E3', 'SPE_E5', 'NO_SUCH_SKU']).map((skus) => [...skus]),
    ),
    addOns: fc.subarray(
      catalogue.licenses.addOns.map(({ id }) => id),
      { maxLength: 2 },
    ),
    swg: fc.constantFrom(null, 'none', 'zscaler'),
    siem: fc.constantFrom(null, 'splunk', 'sentinel'),
    deviceManagement: fc.constantFrom(null, 'none', 'intune', 'jamf', 'workspace one', 'group policy'),
  },
  { requiredKeys: ['claudePlan'] },
);

/** A client and what it could buy, in the order offered. */
export const anyPlan = anyProfile.chain((profile) => {
  const input = client(profile);
  const open = offers(input).filter(({ because }) => because === null);
  return fc
    .subarray(open, { maxLength: 4 })
    .filter((set) => fitTogether(input, set))
    .map((purchases) => ({ input, purchases }));
});
