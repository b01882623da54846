import type { EntraUserRow, SkuRow } from '../model/kinds.ts';
import type { Licenses } from '../model/licenses.ts';
import { findSku } from './holdings.ts';

/**
 * Whether an account has one of these service plans through a license of its own, including group licenses; a plan
 * disabled in its license does not count. unknown: its licenses are not listed, or one of them may include it.
 */
export function accountHas(
  { licenses: own }: Pick<EntraUserRow, 'licenses'>,
  tenant: readonly SkuRow[],
  licenses: Licenses,
  wanted: readonly string[],
): 'yes' | 'no' | 'unknown' {
  if (own === undefined) return 'unknown';
  const nameOf = new Map(licenses.servicePlans.map(({ id, name }) => [id.toLowerCase(), name]));
  const idsOf = (name: string) =>
    licenses.servicePlans.flatMap((plan) => (plan.name === name ? [plan.id.toLowerCase()] : []));
  const found = own.map(({ skuId, off }) => {
    const out = new Set(off.map((id) => id.toLowerCase()));
    const row = tenant.find((one) => one.skuId?.toLowerCase() === skuId.toLowerCase());
    if (row !== undefined && row.servicePlans.length > 0) {
      const carrying = row.servicePlans.filter(({ id, name }) =>
        wanted.includes(id === null ? name : (nameOf.get(id.toLowerCase()) ?? name)),
      );
      if (carrying.some(({ id }) => id !== null && !out.has(id.toLowerCase()))) return 'yes';
      return carrying.some(({ id }) => id === null) ? (out.size === 0 ? 'yes' : 'unknown') : 'no';
    }
    const sku = findSku(licenses, skuId, '');
    if (sku === null) return 'unknown';
    const carried = sku.servicePlans.filter((plan) => wanted.includes(plan));
    if (carried.length === 0) return 'no';
    if (out.size === 0) return 'yes';
    const ids = carried.flatMap(idsOf);
    return ids.length === 0 ? 'unknown' : ids.some((id) => !out.has(id)) ? 'yes' : 'no';
  });
  if (found.includes('yes')) return 'yes';
  return found.includes('unknown') ? 'unknown' : 'no';
}
// Guide: G1.2-00
