/**
 * Maximum number of values (texts, numbers, lists, objects) in one body; the largest form that a person fills in has a
 * few thousand.
 */
export const MAX_VALUES = 20_000;
const MAX_DEPTH = 64;

/**
 * Why a JSON body is rejected before validation; null: within bounds. Validation is most expensive for invalid values,
 * so a megabyte of them would block the server for seconds.
 */
export function beyondBounds(body: unknown): string | null {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: body, depth: 0 }];
  let values = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= MAX_DEPTH) return `The request is nested more than ${MAX_DEPTH} levels deep.`;
    const inner: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
    values += inner.length;
    if (values > MAX_VALUES)
      return `The request holds more than ${MAX_VALUES} values. Send fewer at a time, or a file as an import.`;
    for (const one of inner)
      if (typeof one === 'object' && one !== null) open.push({ value: one, depth: depth + 1 });
  }
  return null;
}
