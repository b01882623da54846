import { CLAUDE_PLAN_WORDS } from '../../../../src/domain/labels.ts';
import type { client } from '../../api.ts';

export type Fleet = Awaited<ReturnType<typeof client.fleet.list>>;
export type FleetLine = Fleet['items'][number];
export type AcrossLine = Awaited<ReturnType<typeof client.fleet.across>>['items'][number];

export const PLANS = ['free_pro', 'team', 'enterprise'] as const satisfies readonly FleetLine['plan'][];
export const PLAN_WORDS: Readonly<Record<FleetLine['plan'], string>> = CLAUDE_PLAN_WORDS;
export const M365 = [
  'business_basic_standard',
  'business_premium',
  'e3',
  'e5',
  'other',
  'not_stated',
] as const satisfies readonly FleetLine['m365'][];
export const M365_WORDS: Readonly<Record<FleetLine['m365'], string>> = {
  business_basic_standard: 'Business Basic or Standard',
  business_premium: 'Business Premium',
  e3: 'Microsoft 365 E3',
  e5: 'Microsoft 365 E5',
  other: 'Other products',
  not_stated: 'Not stated',
};

export const ATTENTION = ['critical', 'fail', 'cannot_read', 'incident', 'overdue', 'below_minimum'] as const;
export const ORDERS = ['worst', 'name', 'review'] as const;
