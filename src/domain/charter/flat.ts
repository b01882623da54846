import { type Charter, charterSchema } from '../model/charter.ts';
import { ownValue } from '../model/own-value.ts';
import { fold } from './names.ts';

/**
 * A charter as a flat list of simple values, under paths independent of order and spelling: list entries are identified
 * by what they are (a connector by name, an owner by address), never by position. Equal charters have equal lists.
 */
export interface Leaf {
  /** Names from the outermost inward, normalized for comparison. */
  readonly path: readonly string[];
  /** The path with `*` for names of entries, as in `FIELDS`. */
  readonly pattern: string;
  /** Names from the outermost inward, as written. */
  readonly written: readonly string[];
  /** The compared value. Lists and entries are either present or not; their value is `true`. */
  readonly value: unknown;
  readonly is: 'value' | 'list' | 'entry' | 'object_entry';
  /** For an entry: its original value. */
  readonly raw?: unknown;
}
export type Flat = ReadonlyMap<string, Leaf>;

/** Lists whose entries are objects, with the keys that identify an entry. */
const OBJECT_LISTS: Readonly<Record<string, readonly string[]>> = {
  connectors: ['name'],
  exceptions: ['control', 'items'],
  invariantExceptions: ['connector', 'action'],
  'entra.approvedExclusions': ['id'],
  aiTools: ['tool'],
};
/** Keys that an entry needs even if they are empty. */
const REQUIRED: Readonly<Record<string, Readonly<Record<string, unknown>>>> = { connectors: { actions: {} } };
/** Objects whose keys are names chosen by people. */
const RECORDS: ReadonlySet<string> = new Set([
  'connectors.*.actions',
  'connectors.*.effects',
  'connectors.*.justifications',
  'entra.enableOn',
]);

/** Set by Bylaw itself and not part of the charter's content. */
const SET_BY_BYLAW: ReadonlySet<string> = new Set(['version', 'inForceSince', 'approvedBy']);

/**
 * Separators that occur in no name: one between path segments, one before the number that distinguishes entries of the
 * same name.
 */
const PART = '\u0000';
const TWIN = '\u0001';

export const keyOf = (path: readonly string[]): string => path.join(PART);
/** Prefix of all keys below a key. */
export const below = (key: string): string => `${key}${PART}`;
/** The keys of everything that contains a key, from the outermost inward. */
export function outerKeys(key: string): readonly string[] {
  const outer: string[] = [];
  for (let at = key.indexOf(PART); at !== -1; at = key.indexOf(PART, at + 1)) outer.push(key.slice(0, at));
  return outer;
}
/** A key in its public form. */
export const readable = (key: string): string => key.replaceAll(PART, ' / ').replaceAll(TWIN, ' #');
/** The name of an entry without the number that distinguishes it from its twins. */
export const plainName = (name: string): string => name.split(TWIN)[0] ?? name;

const flatOnce = new WeakMap<Charter, Flat>();

export function flatten(charter: Charter): Flat {
  const known = flatOnce.get(charter);
  if (known !== undefined) return known;
  const leaves = new Map<string, Leaf>();
  for (const [name, value] of Object.entries(charter))
    if (!SET_BY_BYLAW.has(name)) walk([name], name, [name], value, leaves);
  flatOnce.set(charter, leaves);
  return leaves;
}

function put(leaves: Map<string, Leaf>, leaf: Leaf): void {
  leaves.set(keyOf(leaf.path), leaf);
}

function walk(
  path: readonly string[],
  pattern: string,
  written: readonly string[],
  value: unknown,
  leaves: Map<string, Leaf>,
): void {
  if (value === undefined) return;
  if (Array.isArray(value)) {
    put(leaves, { path, pattern, written, value: true, is: 'list' });
    const own = ownValue(OBJECT_LISTS, pattern);
    const named = value.map((entry: unknown) => ({
      entry,
      name: own ? identityOf(entry, own) : nameOf(entry),
    }));
    for (const { name, entry } of distinct(named, own === undefined, (entry) =>
      statedBy(entry, pattern, own ?? []),
    )) {
      const at = [...path, name];
      const inner = `${pattern}.*`;
      put(leaves, {
        path: at,
        pattern: inner,
        written: at,
        value: true,
        is: own ? 'object_entry' : 'entry',
        raw: own ? { ...REQUIRED[pattern], ...identityFields(entry, own) } : entry,
      });
      if (own && isGroup(entry))
        for (const [key, item] of Object.entries(entry))
          if (!own.includes(key)) walk([...at, key], `${inner}.${key}`, [...at, key], item, leaves);
    }
    return;
  }
  if (isGroup(value)) {
    if (RECORDS.has(pattern)) {
      const spellings = new Map<string, number>();
      for (const key of Object.keys(value)) spellings.set(fold(key), (spellings.get(fold(key)) ?? 0) + 1);
      for (const [key, item] of Object.entries(value)) {
        const folded = fold(key);
        const twins = (spellings.get(folded) ?? 0) > 1;
        const name = twins ? `${folded}${TWIN}${key}` : folded;
        walk([...path, name], `${pattern}.*`, [...written, key], item, leaves);
      }
    } else
      for (const [key, item] of Object.entries(value))
        walk([...path, key], `${pattern}.${key}`, [...written, key], item, leaves);
    return;
  }
  put(leaves, { path, pattern, written, value, is: 'value' });
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function identityOf(entry: unknown, fields: readonly string[]): string {
  if (!isGroup(entry)) return nameOf(entry);
  return fields
    .map((name) => {
      const value = entry[name];
      // A missing list differs from an empty one: it covers everything.
      if (Array.isArray(value))
        return `[${value
          .map((one) => fold(String(one)))
          .sort()
          .join('+')}]`;
      return value === undefined ? '' : fold(String(value));
    })
    .join('/');
}

function identityFields(entry: unknown, fields: readonly string[]): Record<string, unknown> {
  if (!isGroup(entry)) return {};
  return Object.fromEntries(
    fields.flatMap((name) => (entry[name] === undefined ? [] : [[name, entry[name]]])),
  );
}

function nameOf(entry: unknown): string {
  return Array.isArray(entry) ? JSON.stringify([...entry].sort()) : String(entry);
}

/** An entry's content besides its name, as one text that does not depend on order or empty groups. */
function statedBy(entry: unknown, pattern: string, own: readonly string[]): string {
  if (!isGroup(entry)) return canonical(entry);
  const leaves = new Map<string, Leaf>();
  for (const [key, item] of Object.entries(entry))
    if (!own.includes(key)) walk([key], `${pattern}.*.${key}`, [key], item, leaves);
  const said = [...leaves].map(([at, { value }]) => canonical([at, value])).sort();
  return canonical([said, identityFields(entry, own)]);
}

/**
 * Numbers entries of the same name, ordered by content rather than position, so that reordering is not a difference.
 * Duplicates of plain values are dropped.
 */
function distinct<T>(
  named: readonly { readonly entry: T; readonly name: string }[],
  once: boolean,
  said: (entry: T) => string,
): readonly { readonly entry: T; readonly name: string }[] {
  const groups = new Map<string, { entry: T; name: string }[]>();
  for (const one of named) {
    const group = groups.get(one.name);
    if (group === undefined) groups.set(one.name, [one]);
    else group.push(one);
  }
  return [...groups].flatMap(([name, list]) => {
    if (list.length === 1 || once) return list.slice(0, 1);
    return list
      .map((one) => ({ ...one, text: said(one.entry) }))
      .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
      .map(({ entry }, index) => ({ entry, name: index === 0 ? name : `${name}${TWIN}${index + 1}` }));
  });
}

/** JSON with sorted keys, so that equal values give equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isGroup(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}

/**
 * Rebuilds the charter from a list of values, or returns the path at which it would be invalid, and whether that has
 * too many entries.
 */
export function unflatten(
  leaves: Iterable<Leaf>,
):
  | { readonly ok: true; readonly charter: Charter }
  | { readonly ok: false; readonly at: readonly string[]; readonly tooMany: boolean } {
  const root: Bag = { is: 'group', parts: new Map() };
  for (const leaf of [...leaves].sort((a, b) => a.path.length - b.path.length)) {
    const bag = bagOf(root, leaf.path.slice(0, -1), leaf.written);
    const name = leaf.path.at(-1) ?? '';
    const key = leaf.written.at(-1) ?? '';
    if (leaf.is === 'list') bag?.parts.set(name, { key, node: { is: 'list', parts: new Map() } });
    else if (leaf.is === 'object_entry')
      bag?.parts.set(name, { key, node: { is: 'group', parts: new Map(), own: leaf.raw } });
    else
      bag?.parts.set(name, {
        key,
        node: { is: 'value', value: leaf.is === 'entry' ? leaf.raw : leaf.value },
      });
    if (bag === null) return { ok: false, at: leaf.path, tooMany: false };
  }
  const parsed = charterSchema.safeParse(jsonOf(root));
  if (parsed.success) return { ok: true, charter: parsed.data };
  const [issue] = parsed.error.issues;
  return { ok: false, at: (issue?.path ?? []).map(String), tooMany: issue?.code === 'too_big' };
}

type Bag = { is: 'group' | 'list'; parts: Map<string, { key: string; node: Node }>; own?: unknown };
type Node = Bag | { is: 'value'; value: unknown };

/** The group or list at a path. Creates missing groups, but entries of lists must exist, because they carry a name. */
function bagOf(root: Bag, path: readonly string[], written: readonly string[]): Bag | null {
  let at = root;
  for (const [index, name] of path.entries()) {
    const found = at.parts.get(name)?.node;
    if (found !== undefined) {
      if (found.is === 'value') return null;
      at = found;
    } else {
      if (at.is === 'list') return null;
      const made: Bag = { is: 'group', parts: new Map() };
      at.parts.set(name, { key: written[index] ?? name, node: made });
      at = made;
    }
  }
  return at;
}

function jsonOf(node: Node): unknown {
  if (node.is === 'value') return node.value;
  const parts = [...node.parts.values()];
  if (node.is === 'list') return parts.map(({ node: inner }) => jsonOf(inner));
  return { ...(isGroup(node.own) ? node.own : {}), ...fromParts(parts) };
}

function fromParts(parts: readonly { key: string; node: Node }[]): Record<string, unknown> {
  return Object.fromEntries(parts.map(({ key, node }) => [key, jsonOf(node)]));
}

/** One change to be applied. */
export interface Step {
  readonly key: string;
  readonly before: Leaf | null;
  readonly after: Leaf | null;
}

export function steps(before: Flat, after: Flat): readonly Step[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].flatMap((key) => {
    const a = before.get(key) ?? null;
    const b = after.get(key) ?? null;
    return a !== null && b !== null && Object.is(a.value, b.value) ? [] : [{ key, before: a, after: b }];
  });
}

export function applied(flat: Flat, list: readonly Step[]): Flat {
  const leaves = new Map(flat);
  for (const { key, after } of list) {
    if (after === null) leaves.delete(key);
    else leaves.set(key, after);
  }
  return leaves;
}
