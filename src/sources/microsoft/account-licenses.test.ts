import { expect, it } from 'vitest';
import { accountHas } from '#domain/capabilities/of-account.ts';
import type { SkuRow } from '#domain/model/kinds.ts';
import { sharedCatalogue } from '../catalogue/testing/shared.ts';

const P1 = '41781fb2-bc02-4b7c-bd55-b576c07bb09d';
const SKU = 'aaaaaaaa-0000-4000-8000-000000000001';
const { licenses } = sharedCatalogue();
const tenant: SkuRow[] = [
  {
    file: 'licenses.json',
    row: 2,
    skuId: SKU.toUpperCase(),
    partNumber: 'OUR_OWN',
    capabilityStatus: 'Enabled',
    enabledUnits: 5,
    consumedUnits: 5,
    servicePlans: [{ id: P1, name: 'AAD_PREMIUM', provisioningStatus: 'Success' }],
  },
];
const has = (own: readonly { skuId: string; off: readonly string[] }[] | undefined, rows = tenant) =>
  accountHas(own === undefined ? {} : { licenses: own }, rows, licenses, ['AAD_PREMIUM']);

it('counts what a license of the account carries, without plans that are switched off in it', () => {
  expect(has([{ skuId: SKU, off: [] }])).toBe('yes');
  expect(has([{ skuId: SKU, off: [P1.toUpperCase()] }])).toBe('no');
  expect(has([])).toBe('no');
});

it('does not know where the licenses are not said, or one is known to nobody', () => {
  expect(has(undefined)).toBe('unknown');
  const other = { skuId: 'bbbbbbbb-0000-4000-8000-000000000002', off: [] };
  expect(has([other])).toBe('unknown');
  expect(has([other, { skuId: SKU, off: [] }])).toBe('yes');
  expect(has([other, { skuId: SKU, off: [P1] }])).toBe('unknown');
});

it('takes what the catalogue says of a license that the tenant’s list does not have', () => {
  // Microsoft 365 Business Premium.
  const own = { skuId: 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46', off: [] };
  expect(has([own], [])).toBe('yes');
  expect(has([{ ...own, off: [P1] }], [])).toBe('no');
});
