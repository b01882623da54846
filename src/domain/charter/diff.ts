import type { Catalogue } from '../model/catalogue.ts';
import type { Charter, CharteredConnector } from '../model/charter.ts';
import { ownValue } from '../model/own-value.ts';
import { type Approved, approvedConnectors, type CharteredAction } from '../rules/connectors/chartered.ts';
import type { Effect } from '../rules/connectors/match.ts';
import { wider } from '../rules/connectors/width.ts';
import { byCodeUnit } from '../text/order.ts';
import { sentence } from '../text/words.ts';
import { effectivePermission } from './effective.ts';
import { AREAS, type CharterArea, FIELDS } from './fields.ts';
import {
  applied,
  type Flat,
  flatten,
  keyOf,
  type Leaf,
  outerKeys,
  plainName,
  readable,
  type Step,
  steps,
  unflatten,
} from './flat.ts';
import { indexOnce } from './index-once.ts';
import { reachOf } from './invariants.ts';
import { cellKey, fold } from './names.ts';
import { type Namer, shownValue } from './shown-value.ts';

/** looser: Claude, or people with it, may do more than before. */
export type Direction = 'looser' | 'tighter' | 'same';

/** One difference between two charters. */
export interface CharterChange {
  /** Identifies the place, the same in every charter. */
  readonly key: string;
  readonly area: CharterArea;
  readonly is: 'added' | 'removed' | 'changed';
  /** What the change is about, such as "SharePoint: Delete item" or "Owner". */
  readonly what: string;
  /** In words; null: absent. */
  readonly before: string | null;
  readonly after: string | null;
  readonly direction: Direction;
  /** For a cell of the matrix: effects of the action. */
  readonly effects: readonly Effect[] | null;
  /** For a cell of the matrix: its location. */
  readonly cell: { readonly connector: string; readonly action: string } | null;
  /** The whole change in one sentence. */
  readonly words: string;
}

/** Whether two charters are equal, regardless of order and of the spelling of names. */
export function sameCharter(a: Charter, b: Charter): boolean {
  return steps(flatten(a), flatten(b)).length === 0;
}

/** Number of values in a charter, shown as "114 settings stay as they are". */
export function settingsOf(charter: Charter): number {
  return [...flatten(charter).values()].filter(({ is }) => is === 'value' || is === 'entry').length;
}

/** The differences between two charters: loosening changes first, then in the order of the areas. */
export function diffCharters(
  before: Charter,
  after: Charter,
  catalogue: Pick<Catalogue, 'connectors'> & Namer,
  today: string,
): readonly CharterChange[] {
  const flats = { before: flatten(before), after: flatten(after) };
  const all = steps(flats.before, flats.after);
  const among = placesOf(all);
  const shown = all.filter((step) => isShown(step, among));
  const changes = shown.map((step) => changeOf(step, before, after, flats, catalogue, today));
  const rank = { looser: 0, tighter: 1, same: 2 } as const;
  const place = new Map(Object.keys(FIELDS).map((pattern, index) => [pattern, index]));
  const order = shown.map((step) => place.get((step.after ?? step.before)?.pattern ?? '') ?? 0);
  return changes
    .map((change, index) => ({ change, index, order: order[index] ?? 0 }))
    .sort(
      (a, b) =>
        rank[a.change.direction] - rank[b.change.direction] ||
        AREAS.indexOf(a.change.area) - AREAS.indexOf(b.change.area) ||
        a.order - b.order ||
        a.index - b.index,
    )
    .map(({ change }) => change);
}

/** One setting of a charter, in words. */
export interface Setting {
  readonly key: string;
  readonly area: CharterArea;
  readonly what: string;
  readonly value: string;
}

/** Every setting of a charter, in the order in which people read it. */
export function settingList(
  charter: Charter,
  catalogue: Pick<Catalogue, 'connectors'> & Namer,
  today: string,
): readonly Setting[] {
  return diffCharters({}, charter, catalogue, today)
    .map(({ key, area, what, after }) => ({ key, area, what, value: after ?? '' }))
    .map((setting, index) => ({ setting, index }))
    .sort(
      (a, b) =>
        AREAS.indexOf(a.setting.area) - AREAS.indexOf(b.setting.area) ||
        byCodeUnit(connectorOf(a.setting.key), connectorOf(b.setting.key)) ||
        a.index - b.index,
    )
    .map(({ setting }) => setting);
}

/** Sort key that keeps the cells of a connector together. */
function connectorOf(key: string): string {
  return key.startsWith('connectors / ') ? (key.split(' / ')[1] ?? '') : '\uffff';
}

/** Context of the steps of a difference. */
interface Places {
  /** Keys that contain a change, and keys that contain a changed cell of the matrix. */
  readonly outer: ReadonlySet<string>;
  readonly aroundCells: ReadonlySet<string>;
  /** Added or removed entries, by key. */
  readonly entries: ReadonlyMap<string, Leaf>;
}

function placesOf(all: readonly Step[]): Places {
  const outer = new Set<string>();
  const aroundCells = new Set<string>();
  const entries = new Map<string, Leaf>();
  for (const step of all) {
    const leaf = step.after ?? step.before;
    if (leaf?.is === 'object_entry') entries.set(step.key, leaf);
    for (const key of outerKeys(step.key)) {
      outer.add(key);
      if (isCell(step)) aroundCells.add(key);
    }
  }
  return { outer, aroundCells, entries };
}

/**
 * Whether a step gets its own line: not a list that only contains other changes, nor a part of an entry that is added
 * or removed as a whole. Parts of connectors do, but a connector with changed cells does not.
 */
function isShown(step: Step, { outer, aroundCells, entries }: Places): boolean {
  const leaf = step.after ?? step.before;
  if (leaf === null) return false;
  if (leaf.is === 'list') return !outer.has(step.key);
  if (leaf.pattern === 'connectors.*') return !aroundCells.has(step.key);
  const parentKey = outerKeys(step.key).find((key) => entries.has(key));
  const parent = parentKey === undefined ? undefined : entries.get(parentKey);
  if (parent === undefined) return true;
  return parent.pattern === 'connectors.*';
}

function isCell(step: Step): boolean {
  return (step.after ?? step.before)?.pattern === 'connectors.*.actions.*';
}

function changeOf(
  step: Step,
  before: Charter,
  after: Charter,
  flats: { readonly before: Flat; readonly after: Flat },
  catalogue: Pick<Catalogue, 'connectors'> & Namer,
  today: string,
): CharterChange {
  const leaf = step.after ?? step.before;
  if (leaf === null) throw new Error('a change of nothing');
  const field = ownValue(FIELDS, leaf.pattern) ?? {
    label: leaf.written.join(' '),
    area: 'people',
    wider: null,
  };
  const is = step.before === null ? 'added' : step.after === null ? 'removed' : 'changed';
  const cell = cellOf(leaf, before, after);
  const what = cell !== null ? `${cell.connector}: ${cell.action}` : whatOf(leaf, field.label, before, after);
  const old =
    step.before === null ? null : shownValue(step.before, catalogue) || entryWords(step.before, flats.before);
  const fresh =
    step.after === null ? null : shownValue(step.after, catalogue) || entryWords(step.after, flats.after);
  const direction =
    cell !== null ? cellDirection(cell, before, after, catalogue, today) : fieldDirection(step, field.wider);
  const effects = cell === null ? null : effectsOfCell(cell, step.after === null ? before : after, catalogue);
  return {
    key: readable(step.key),
    area: field.area,
    is,
    what,
    before: old,
    after: fresh,
    direction,
    effects,
    cell,
    words: sentenceOf(is, what, old, fresh, direction),
  };
}

function sentenceOf(
  is: CharterChange['is'],
  what: string,
  before: string | null,
  after: string | null,
  direction: Direction,
): string {
  const way = direction === 'same' ? '' : ` (${direction})`;
  if (is === 'changed') return `${what} goes from ${before} to ${after}${way}.`;
  if (is === 'added')
    return after === null || after === '' ? `${what} is added${way}.` : `${what} is added: ${after}${way}.`;
  return before === null || before === ''
    ? `${what} is removed${way}.`
    : `${what} is removed; it was ${before}${way}.`;
}

type CellPlace = { readonly connector: string; readonly action: string };

export function cellOf(leaf: Leaf, before: Charter, after: Charter): CellPlace | null {
  if (leaf.pattern !== 'connectors.*.actions.*') return null;
  return { connector: connectorName(leaf, before, after), action: leaf.written.at(-1) ?? '' };
}

/** Name of the connector in a path, as the newer charter spells it. */
function connectorName({ path }: Leaf, before: Charter, after: Charter): string {
  const name = plainName(path[1] ?? '');
  const found = byName(after.connectors ?? NONE).get(name) ?? byName(before.connectors ?? NONE).get(name);
  return found?.name ?? name;
}

const NONE: readonly CharteredConnector[] = [];
const byName = indexOnce<CharteredConnector>(({ name }) => fold(name));

/** What a value is about, except for cells of the matrix. */
export function whatOf(leaf: Leaf, label: string, before: Charter, after: Charter): string {
  const { pattern, path } = leaf;
  if (pattern === 'connectors.*') return connectorName(leaf, before, after);
  if (pattern.startsWith('connectors.*.')) {
    const about = pattern.endsWith('.*') ? `${leaf.written.at(-1)}, ${label}` : label;
    return `${connectorName(leaf, before, after)}: ${about}`;
  }
  if (leaf.is === 'object_entry') return `${label}: ${entryName(leaf)}`;
  if (pattern.startsWith('exceptions.*.'))
    return `Exception for ${exceptionName(plainName(path[1] ?? ''))}: ${label}`;
  if (pattern.startsWith('invariantExceptions.*.'))
    return `${plainName(path[1] ?? '').replace('/', ': ')}, ${label}`;
  if (pattern.startsWith('aiTools.*.')) return `${leaf.written[1] ?? ''}, ${label}`;
  if (pattern.startsWith('entra.approvedExclusions.*.')) return `${plainName(path[2] ?? '')}, ${label}`;
  if (pattern === 'entra.enableOn.*') return `${leaf.written.at(-1)}, enabled on`;
  return label;
}

function exceptionName(id: string): string {
  const [control = '', items = ''] = id.split('/');
  const list = items.replace(/^\[|\]$/g, '').replaceAll('+', ', ');
  return `${control.toUpperCase()}${list === '' ? '' : ` (${list})`}`;
}

function entryName({ raw }: Leaf): string {
  if (typeof raw !== 'object' || raw === null) return '';
  const parts = Object.values(raw).flatMap((value) =>
    Array.isArray(value) ? [`(${value.join(', ')})`] : typeof value === 'object' ? [] : [String(value)],
  );
  return parts.join(' ');
}

/** An exception's details: "Until Jan 31, 2027, owned by Mara: ends with the migration". */
function entryWords(leaf: Leaf, flat: Flat): string {
  const part = (name: string) => {
    const found = flat.get(keyOf([...leaf.path, name]));
    return found === undefined ? '' : shownValue(found, {});
  };
  const until = part('until');
  const owner = part('owner');
  const reason = part('reason');
  const head = [...(until === '' ? [] : [`Until ${until}`]), ...(owner === '' ? [] : [`owned by ${owner}`])];
  return sentence([head.join(', '), reason].filter((text) => text !== '').join(': '));
}

function cellDirection(
  { connector, action }: CellPlace,
  before: Charter,
  after: Charter,
  catalogue: Pick<Catalogue, 'connectors'>,
  today: string,
): Direction {
  const was = effectivePermission(before, catalogue, connector, action, today).permission;
  const is = effectivePermission(after, catalogue, connector, action, today).permission;
  return wider(is, was) ? 'looser' : wider(was, is) ? 'tighter' : 'same';
}

function effectsOfCell(
  { connector, action }: CellPlace,
  charter: Charter,
  catalogue: Pick<Catalogue, 'connectors'>,
): readonly Effect[] {
  const found = entriesByCell(approvedConnectors(charter, catalogue)).get(cellKey(connector, action));
  return found === undefined ? ['unknown'] : reachOf(found.action, found.approved).effects;
}

type EntryOfCell = { readonly action: CharteredAction; readonly approved: Approved };
const cellsOnce = new WeakMap<readonly Approved[], ReadonlyMap<string, EntryOfCell>>();

/** The charter's entry for each cell; if a cell is stated twice, the first. */
function entriesByCell(list: readonly Approved[]): ReadonlyMap<string, EntryOfCell> {
  const known = cellsOnce.get(list);
  if (known !== undefined) return known;
  const entries = new Map<string, EntryOfCell>();
  for (const approved of list)
    for (const action of approved.actions) {
      const key = cellKey(approved.connector.name, action.text);
      if (!entries.has(key)) entries.set(key, { action, approved });
    }
  cellsOnce.set(list, entries);
  return entries;
}

function fieldDirection({ before, after }: Step, way: (typeof FIELDS)[string]['wider']): Direction {
  switch (way) {
    case null:
      return 'same';
    case 'entry':
      return after === null ? 'tighter' : before === null ? 'looser' : 'same';
    case 'true':
    case 'false': {
      // Unstated means not allowed, so only a change to or from the open answer matters.
      const open = way === 'true';
      const was = before?.value === open;
      const is = after?.value === open;
      return was === is ? 'same' : is ? 'looser' : 'tighter';
    }
    case 'more':
    case 'less': {
      const was = before?.value;
      const is = after?.value;
      if (was === undefined || is === undefined || was === is) return 'same';
      const more = typeof was === 'number' && typeof is === 'number' ? is > was : String(is) > String(was);
      return more === (way === 'more') ? 'looser' : 'tighter';
    }
  }
}

/** `a` with its differences from `b` applied; the result is equal to `b`. */
export function applyDiff(a: Charter, b: Charter): Charter {
  const from = flatten(a);
  const made = unflatten(applied(from, steps(from, flatten(b))).values());
  if (!made.ok) throw new Error(`the difference cannot be applied at ${keyOf(made.at)}`);
  return made.charter;
}
// Guide: G2.2-17
