import type { StatedSum } from '../sums.ts';

/** The sum of what is stated, and by how many lines. null: no line states it, which is not 0; no line at all is 0. */
export function statedOf(values: readonly (number | null)[]): StatedSum | null {
  const known = values.filter((value) => value !== null);
  if (values.length > 0 && known.length === 0) return null;
  return { sum: known.reduce((sum, value) => sum + value, 0), stated: known.length, of: values.length };
}

/** The same without the number of lines. */
export function sumOrNull(values: readonly (number | null)[]): number | null {
  return statedOf(values)?.sum ?? null;
}

/** How much the vendor counts above the log; null where it does not state all of it. */
export function differenceOf(vendor: StatedSum | null, log: number | null): number | null {
  return vendor === null || log === null || vendor.stated < vendor.of ? null : vendor.sum - log;
}
