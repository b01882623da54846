import { CLAUDE_PLANS, M365_TIERS } from '../../../../src/domain/model/profile.ts';
import type { client } from '../../api.ts';

export type Fleet = Awaited<ReturnType<typeof client.fleet.list>>;
export type FleetLine = Fleet['items'][number];
export type AcrossLine = Awaited<ReturnType<typeof client.fleet.across>>['items'][number];

export const PLANS = CLAUDE_PLANS;
export const PLAN_WORDS: Readonly<Record<(typeof PLANS)[number], string>> = {
  free_pro: 'Claude Free or Pro',
  team: 'Claude Team',
  enterprise: 'Claude Enterprise',
};

export const M365 = [...M365_TIERS, 'other', 'not_stated'] as const;
export const M365_WORDS: Readonly<Record<(typeof M365)[number], string>> = {
  business_basic_standard: 'Business Basic or Standard',
  business_premium: 'Business Premium',
  e3: 'Microsoft 365 E3',
  e5: 'Microsoft 365 E5',
  other: 'Other products',
  not_stated: 'Not stated',
};

export const ATTENTION = ['critical', 'fail', 'cannot_read', 'overdue'] as const;
export const ATTENTION_WORDS: Readonly<Record<(typeof ATTENTION)[number], string>> = {
  critical: 'with a critical failure',
  fail: 'with any failure',
  cannot_read: 'with something they cannot read',
  overdue: 'with an overdue review',
};

export const ORDERS = ['worst', 'name', 'review'] as const;
