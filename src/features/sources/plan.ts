import { CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import type { ClaudePlan } from '#domain/model/profile.ts';
import type { VendorSource } from '#domain/model/vendor-source.ts';
import { names } from '#domain/text/words.ts';
import type { Tx } from '#store/open.ts';
import { readProfile } from '../shared/profile.ts';

type Key = VendorSource['keys'][number];

export async function planOf(tx: Tx, clientId: string): Promise<ClaudePlan> {
  return (await readProfile(tx, clientId)).claudePlan;
}

/** What a plan without programmatic access lacks; undefined: the plan has it. */
export function withoutAccess({ without }: VendorSource, plan: ClaudePlan) {
  return without.find(({ plans }) => plans.includes(plan));
}

/** Why a key cannot belong to this plan, which one can, and what to use instead; null: the plan can have it. */
export function refusedByPlan(vendor: VendorSource, key: Key, plan: ClaudePlan): string | null {
  if (!key.usable || key.plans === undefined || key.plans.includes(plan)) return null;
  const others = vendor.keys.filter((one) => one.usable && one.plans?.includes(plan) !== false);
  const can =
    others.length === 0
      ? 'has no key that Bylaw could read with'
      : `can have only this one: ${names(others.map(({ name, prefix }) => (prefix === undefined ? name : `${name} (${prefix}…)`)))}`;
  const instead = withoutAccess(vendor, plan)?.instead.map(({ title }) => title.toLowerCase()) ?? [];
  return [
    `${key.name}: the vendor gives it with ${names(key.plans.map((one) => CLAUDE_PLAN_WORDS[one]))}, and ${CLAUDE_PLAN_WORDS[plan]} ${can}.`,
    instead.length === 0 ? '' : `Instead there are ${names(instead)}.`,
    'If the plan has changed, change it in the client’s settings first.',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
// Guide: G1.1-10 G2.2-32
