/**
 * One difference between two JSON values. Every place of either value is covered exactly once, as deeply as it can be
 * distinguished, so that no change can hide in a summary.
 */
export interface Difference {
  /** Field names and positions from the outermost inward; list entries with an id appear as `id=…`. */
  readonly path: readonly (string | number)[];
  readonly is: 'added' | 'removed' | 'changed' | 'unchanged';
  /** Absent if there was nothing, which differs from null. */
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * The differences in the order of the fields, those of `after` first. List entries are matched by id if all have one,
 * else simple values by value, else by position.
 */
export function diff(before: unknown, after: unknown): readonly Difference[] {
  const found: Difference[] = [];
  compare([], { value: before }, { value: after }, found);
  return found;
}

/** A value; null if absent. */
type Side = { readonly value: unknown } | null;

function compare(path: readonly (string | number)[], before: Side, after: Side, found: Difference[]): void {
  const left = before === null ? null : partsOf(before.value);
  const right = after === null ? null : partsOf(after.value);
  if (before !== null && after !== null) {
    if (left !== null && right !== null && left.is === right.is) byPart(path, left, right, found);
    else if (left === null && right === null && Object.is(before.value, after.value)) {
      found.push({ path, is: 'unchanged', before: before.value, after: after.value });
    } else found.push({ path, is: 'changed', before: before.value, after: after.value });
    return;
  }
  if (after !== null) {
    if (right !== null && right.size > 0) byPart(path, EMPTY[right.is], right, found);
    else found.push({ path, is: 'added', after: after.value });
  } else if (before !== null) {
    if (left !== null && left.size > 0) byPart(path, left, EMPTY[left.is], found);
    else found.push({ path, is: 'removed', before: before.value });
  }
}

type Parts =
  | { readonly is: 'object'; readonly value: object; readonly size: number }
  | { readonly is: 'list'; readonly value: readonly unknown[]; readonly size: number };

const EMPTY = {
  object: { is: 'object', value: {}, size: 0 },
  list: { is: 'list', value: [], size: 0 },
} as const satisfies Record<Parts['is'], Parts>;

/** The parts of an object or a list; null for a simple value. */
function partsOf(value: unknown): Parts | null {
  if (Array.isArray(value)) return { is: 'list', value, size: value.length };
  if (typeof value !== 'object' || value === null) return null;
  return { is: 'object', value, size: Object.keys(value).length };
}

function byPart(path: readonly (string | number)[], left: Parts, right: Parts, found: Difference[]): void {
  if (left.is === 'list' && right.is === 'list') {
    byEntry(path, left.value, right.value, found);
    return;
  }
  if (left.size === 0 && right.size === 0) {
    found.push({ path, is: 'unchanged', before: left.value, after: right.value });
    return;
  }
  const names = new Set([...Object.keys(right.value), ...Object.keys(left.value)]);
  for (const name of names)
    compare([...path, name], fieldOf(left.value, name), fieldOf(right.value, name), found);
}

function fieldOf(value: object, name: string): Side {
  const field = Object.getOwnPropertyDescriptor(value, name);
  return field === undefined ? null : { value: field.value };
}

function byEntry(
  path: readonly (string | number)[],
  left: readonly unknown[],
  right: readonly unknown[],
  found: Difference[],
): void {
  if (left.length === 0 && right.length === 0) {
    found.push({ path, is: 'unchanged', before: left, after: right });
    return;
  }
  const before = byId(left);
  const after = byId(right);
  if (before !== null && after !== null) {
    for (const id of new Set([...after.keys(), ...before.keys()])) {
      const [one, other] = [before.get(id), after.get(id)];
      compare([...path, `id=${id}`], one ?? null, other ?? null, found);
    }
    return;
  }
  if ([...left, ...right].every((entry) => partsOf(entry) === null)) {
    byValue(path, left, right, found);
    return;
  }
  for (let at = 0; at < Math.max(left.length, right.length); at += 1)
    compare(
      [...path, at],
      at < left.length ? { value: left[at] } : null,
      at < right.length ? { value: right[at] } : null,
      found,
    );
}

/** Entries by id; null if one has none, or two share one. */
function byId(entries: readonly unknown[]): Map<string, { value: unknown }> | null {
  const map = new Map<string, { value: unknown }>();
  for (const entry of entries) {
    if (typeof entry !== 'object' || entry === null || !('id' in entry) || typeof entry.id !== 'string')
      return null;
    if (map.has(entry.id)) return null;
    map.set(entry.id, { value: entry });
  }
  return map;
}

/**
 * Lists of simple values: additions and removals. The same entries in another order are one change of the whole list,
 * because order may matter.
 */
function byValue(
  path: readonly (string | number)[],
  left: readonly unknown[],
  right: readonly unknown[],
  found: Difference[],
): void {
  const rest = new Map<unknown, number>();
  for (const entry of left) rest.set(entry, (rest.get(entry) ?? 0) + 1);
  const kept: Difference[] = [];
  const added: Difference[] = [];
  right.forEach((entry, at) => {
    const count = rest.get(entry) ?? 0;
    if (count === 0) added.push({ path: [...path, at], is: 'added', after: entry });
    else {
      rest.set(entry, count - 1);
      kept.push({ path: [...path, at], is: 'unchanged', before: entry, after: entry });
    }
  });
  const removed: Difference[] = [];
  // From the end, so that of equal values the first ones are kept, as above.
  for (let at = left.length - 1; at >= 0; at -= 1) {
    const entry = left[at];
    const count = rest.get(entry) ?? 0;
    if (count === 0) continue;
    rest.set(entry, count - 1);
    removed.unshift({ path: [...path, at], is: 'removed', before: entry });
  }
  const sameEntries = added.length === 0 && removed.length === 0;
  if (sameEntries && left.some((entry, at) => !Object.is(entry, right[at])))
    found.push({ path, is: 'changed', before: left, after: right });
  else found.push(...kept, ...added, ...removed);
}
