import { CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import type { Baseline } from '#domain/model/baseline.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { M365_TIERS, type Profile, profileSchema } from '#domain/model/profile.ts';

export type Bought = Pick<Profile, 'claudePlan' | 'm365' | 'timezone'>;

const bought = profileSchema.pick({ claudePlan: true, m365: true, timezone: true }).loose();

export function boughtBy(profile: unknown): Bought {
  return bought.parse(profile);
}

export function tierName({ licenses }: Catalogue, tier: string): string {
  const known = M365_TIERS.find((one) => one === tier);
  return (known && licenses.tiers[known]?.name) ?? tier;
}

export function m365Words(catalogue: Catalogue, m365: Profile['m365']): string {
  if (m365 === undefined) return 'Microsoft license not stated';
  if (typeof m365 === 'string') return tierName(catalogue, m365);
  return m365.length === 0 ? 'No Microsoft license' : m365.join(', ');
}

/** Why a baseline is not meant for a client, as a sentence; null if it is. */
export function whyNotMeant(
  { meantFor }: Pick<Baseline, 'meantFor'>,
  { claudePlan, m365 }: Pick<Bought, 'claudePlan' | 'm365'>,
  catalogue: Catalogue,
): string | null {
  if (!meantFor.claudePlans.includes(claudePlan))
    return `It is meant for ${meantFor.claudePlans.map((plan) => CLAUDE_PLAN_WORDS[plan]).join(' or ')}; this client is on ${CLAUDE_PLAN_WORDS[claudePlan]}.`;
  if (meantFor.m365.length === 0) return null;
  const wanted = meantFor.m365.map((tier) => tierName(catalogue, tier)).join(' or ');
  if (m365 === undefined) return `It is intended for ${wanted}; what this client has is not stated.`;
  if (typeof m365 === 'string' && meantFor.m365.includes(m365)) return null;
  const tiers =
    typeof m365 === 'string'
      ? [m365]
      : m365.map(
          (part) => catalogue.licenses.skus.find(({ partNumber }) => partNumber === part)?.tier ?? part,
        );
  if (meantFor.m365.some((tier) => tiers.includes(tier))) return null;
  return `It is intended for ${wanted}; this client has ${m365Words(catalogue, m365)}.`;
}
