import { z } from 'zod';
import { pageOf, readCursor, writeCursor } from '#features/paging.ts';

/** Path within an answer: field names and indexes. */
type Path = readonly (string | number)[];

/** A list or text that was shortened, and how to get the rest. */
interface Cut {
  /** Path as text, for example `controls.3.evidence`. */
  readonly at: string;
  /** Number of entries (or, for a text, pieces) returned so far. */
  readonly shown: number;
  readonly of: number;
  /** Pass it as `more`, with the same input, to get the next part. */
  readonly more: string;
}

/** Characters reserved for the notes on what was shortened. */
const NOTES = 6_000;
/** Size of a piece of text, in characters; shorter texts are never cut. */
const PIECE_LENGTH = 4_000;

/**
 * Serializes an answer in at most `most` characters. If it is longer, its largest lists and texts are cut at the end,
 * and `shortened` names each with the token for the rest. `whole` names the list that is paged: its entries may be
 * shortened, the list is not.
 */
export function shortenAnswer(answer: unknown, max: number, whole: string | null): string {
  const text = JSON.stringify(answer);
  if (text.length <= max) return text;
  return smallest(max, (room) => {
    const { value, cuts } = shorten(answer, room, { base: [], from: 0, whole });
    return { ...(value as object), shortened: cuts };
  });
}

/** The next part of a list or text that {@link shortenAnswer} cut, from the same answer computed again. */
export function continueAnswer(answer: unknown, more: string, max: number): string {
  const [path, cursor] = readCursor(more, moreSchema);
  const found = path.reduce<unknown>((node, key) => childOf(node, key), answer);
  const entries = entriesOf(found);
  const after = cursor === '' ? {} : { cursor };
  const { items } = pageOf(entries, (entry) => JSON.stringify(entry), {
    limit: entries.length || 1,
    ...after,
  });
  const from = entries.length - items.length;
  const at = path.join('.');
  return smallest(max, (room) => {
    const { value, cuts } = shorten({ entries: items }, room, { base: path, from, whole: null });
    const { entries: shown } = value as { entries: unknown[] };
    const end = from + shown.length;
    return {
      at,
      from,
      of: entries.length,
      ...(typeof found === 'string' ? { text: shown.join('') } : { entries: shown }),
      more: end < entries.length ? moreAt(path, entries, end) : null,
      shortened: cuts.filter((one) => one.at !== at),
    };
  });
}

/** Serializes, reserving room for the notes. */
function smallest(max: number, make: (room: number) => unknown): string {
  let text = '';
  for (let room = max - NOTES; room > max / 3; room -= NOTES) {
    text = JSON.stringify(make(room));
    if (text.length <= max) break;
  }
  return text;
}

const moreSchema = z.tuple([z.array(z.union([z.string(), z.number()])), z.string()]);

interface Where {
  /** Path of the part within the whole answer, and the index of its first entry there. */
  readonly base: Path;
  readonly from: number;
  readonly whole: string | null;
}

function shorten(answer: unknown, max: number, where: Where): { value: unknown; cuts: Cut[] } {
  const value: unknown = structuredClone(answer);
  const cut = new Map<string, { readonly path: Path; readonly shown: number }>();
  for (let over = sizeOf(value) - max; over > 0; over = sizeOf(value) - max) {
    const path = largest(value, where, cut);
    if (path === null) break;
    const found = path.reduce<unknown>((node, key) => childOf(node, key), value);
    const entries = [...entriesOf(found)];
    for (let spared = 0; spared < over && entries.length > 0; ) spared += sizeOf(entries.pop()) + 1;
    const last = path.at(-1);
    const holder = path.slice(0, -1).reduce<unknown>((node, key) => childOf(node, key), value);
    if (last === undefined || !isHolder(holder)) break;
    holder[last] = typeof found === 'string' ? entries.join('') : entries;
    cut.set(JSON.stringify(path), { path, shown: entries.length });
  }
  const stays = ({ path }: { readonly path: Path }) =>
    path.every((key, at) => {
      const holder = path.slice(0, at).reduce<unknown>((node, name) => childOf(node, name), value);
      return typeof key !== 'number' || (Array.isArray(holder) && key < holder.length);
    });
  return {
    value,
    cuts: [...cut.values()].filter(stays).map(({ path, shown }) => {
      const place = placed(path, where);
      const whole = entriesOf(path.reduce<unknown>((node, key) => childOf(node, key), answer));
      return {
        at: place.join('.'),
        shown,
        of: whole.length,
        more: moreAt(place, whole, shown),
      };
    }),
  };
}

/** Converts a path within a part to one in the whole answer. */
function placed(path: Path, { base, from }: Where): Path {
  if (base.length === 0) return path;
  const [, at, ...rest] = path;
  return typeof at === 'number' ? [...base, from + at, ...rest] : base;
}

function moreAt(path: Path, entries: readonly unknown[], end: number): string {
  if (end === 0) return writeCursor([path, '']);
  const { nextCursor } = pageOf(entries, (entry) => JSON.stringify(entry), { limit: end });
  return writeCursor([path, nextCursor ?? '']);
}

/** Finds the list or text to cut: descends into the largest value until no single entry holds most of it. */
function largest(value: unknown, { base, whole }: Where, cut: ReadonlyMap<string, unknown>): Path | null {
  let best: Path | null = null;
  let path: Path = [];
  let node: unknown = value;
  for (;;) {
    const untouched = !cut.has(JSON.stringify(path));
    const own = base.length === 0 && path.length === 1 && path[0] === whole;
    if (untouched && !own && path.length > 0 && entriesOf(node).length > 0) best = path;
    const children = childrenOf(node)
      .filter(([key]) => canBeCut(childOf(node, key), [...path, key], cut))
      .map(([key, child]) => [key, sizeOf(child)] as const)
      .toSorted((a, b) => b[1] - a[1]);
    const [heaviest] = children;
    if (heaviest === undefined) return best;
    const of = sizeOf(node);
    if (best !== null && heaviest[1] < of / 2) return best;
    path = [...path, heaviest[0]];
    node = childOf(node, heaviest[0]);
  }
}

/** Whether anything at or below a path can still be cut. */
function canBeCut(node: unknown, path: Path, cut: ReadonlyMap<string, unknown>): boolean {
  if (entriesOf(node).length > 0 && !cut.has(JSON.stringify(path))) return true;
  return childrenOf(node).some(([key, child]) => canBeCut(child, [...path, key], cut));
}

/** What can be cut from the end: a list's entries, or pieces of a long text. */
function entriesOf(node: unknown): readonly unknown[] {
  if (Array.isArray(node)) return node;
  if (typeof node !== 'string' || node.length <= PIECE_LENGTH) return [];
  return Array.from({ length: Math.ceil(node.length / PIECE_LENGTH) }, (_, n) =>
    node.slice(n * PIECE_LENGTH, (n + 1) * PIECE_LENGTH),
  );
}

function childrenOf(node: unknown): readonly (readonly [string | number, unknown])[] {
  if (Array.isArray(node)) return node.map((child, at) => [at, child] as const);
  return isRecord(node) ? Object.entries(node) : [];
}

function childOf(node: unknown, key: string | number): unknown {
  if (Array.isArray(node)) return node[Number(key)];
  return isRecord(node) ? node[key] : undefined;
}

function isHolder(node: unknown): node is Record<string | number, unknown> {
  return typeof node === 'object' && node !== null;
}

function isRecord(node: unknown): node is Record<string, unknown> {
  return isHolder(node) && !Array.isArray(node);
}

function sizeOf(value: unknown): number {
  return (JSON.stringify(value) ?? '').length;
}

/** How many entries of a list fit beside the rest of the answer, at least one; null: all. */
export function entriesThatFit(answer: unknown, name: string, max: number): number | null {
  const entries = childOf(answer, name);
  if (!Array.isArray(entries) || sizeOf(answer) <= max) return null;
  const sizes = entries.map((entry) => sizeOf(entry) + 1);
  const rest = sizeOf(answer) - sizes.reduce((sum, size) => sum + size, 0);
  let room = Math.max(max - NOTES - rest, (max - NOTES) / 2);
  const fit = sizes.findIndex((size) => {
    room -= size;
    return room < 0;
  });
  return fit < 0 ? null : Math.max(1, fit);
}
