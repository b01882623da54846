import type { z } from 'zod';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { sourceSchema } from '#domain/model/entry-fields.ts';
import { dayWords } from '#domain/text/words.ts';

/** One thing that can be bought, or one column of the guide, with what it carries. */
export interface License {
  readonly id: string;
  readonly title: string;
  readonly says: string | null;
  readonly tag: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** Names of service plans. */
  readonly servicePlans: readonly string[];
  readonly sources: readonly z.infer<typeof sourceSchema>[];
}

/** Claude plans, Microsoft columns of the guide, add-ons and products, in this order. */
export function licenses({ licenses: all }: Catalogue): License[] {
  const plans = all.claudePlans.map((plan) => ({
    id: `plan-${plan.id}`,
    title: plan.name,
    says: plan.price,
    tag: 'Claude plan',
    facts: [
      { name: 'Seats', value: plan.seats },
      { name: 'Price', value: plan.price },
      { name: 'As of', value: plan.asOf },
    ],
    servicePlans: [],
    sources: plan.sources,
  }));
  const tiers = Object.entries(all.tiers).map(([id, tier]) => ({
    id: `tier-${id}`,
    title: tier.name,
    says: `${tier.servicePlans.length} service plans that matter here`,
    tag: 'Microsoft 365 column of the guide',
    facts: [{ name: 'In a profile', value: `m365: ${id}` }],
    servicePlans: tier.servicePlans,
    sources: all.sources,
  }));
  const addOns = all.addOns.map((addOn) => ({
    id: `addon-${addOn.id}`,
    title: addOn.name,
    says: addOn.note ?? null,
    tag: 'Add-on',
    facts: [
      { name: 'In a profile', value: `addOns: ${addOn.id}` },
      ...(addOn.price === null
        ? []
        : [
            {
              name: 'Price',
              value: `$${addOn.price.usdPerUserMonth} per person per month, as of ${dayWords(addOn.price.asOf)}`,
            },
          ]),
      ...(addOn.note === undefined ? [] : [{ name: 'Note', value: addOn.note }]),
    ],
    servicePlans: addOn.servicePlans,
    sources: addOn.price === null ? all.sources : [addOn.price.source],
  }));
  const skus = all.skus.map((sku) => ({
    id: `sku-${sku.skuId ?? sku.partNumber.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
    title: sku.name,
    says: sku.partNumber,
    tag: 'Microsoft product',
    facts: [
      { name: 'Part number', value: sku.partNumber },
      ...(sku.skuId === null ? [] : [{ name: 'SKU id', value: sku.skuId }]),
      { name: 'Counts as', value: sku.tier },
      {
        name: 'Confirmed',
        value: sku.confirmed ? 'By the vendor’s table' : 'Not confirmed by the vendor’s table',
      },
    ],
    servicePlans: sku.servicePlans,
    sources: sku.source === undefined ? all.sources : [sku.source],
  }));
  return [...plans, ...tiers, ...addOns, ...skus];
}
