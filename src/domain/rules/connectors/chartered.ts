import type { Catalogue, Connector } from '../../model/catalogue.ts';
import type { Charter, CharteredConnector } from '../../model/charter.ts';
import type { Permission } from '../../model/kinds.ts';
import { isEmptyReason } from '../../people/names.ts';
import {
  type ActionMatch,
  type ConnectorMatch,
  type Effect,
  type KnownAction,
  matchAction,
  matchConnector,
} from './match.ts';
import type { Cell, ObservedConnector } from './table.ts';
import { cannotBeRead } from './verbs.ts';
import { narrowest } from './width.ts';

export interface CharteredAction {
  readonly text: string;
  readonly permission: Permission;
  readonly match: ActionMatch;
}

export interface Approved {
  readonly connector: CharteredConnector;
  /** Index in the charter's list, for citing. */
  readonly index: number;
  readonly place: ConnectorMatch;
  readonly actions: readonly CharteredAction[];
}

export interface Grant {
  readonly permission: Permission;
  /** The charter's key that grants it, for example "*" or "Delete item". */
  readonly text: string;
  readonly approved: Approved;
}

/** The charter's connectors, matched to the catalogue; cached per charter and catalogue. */
export function approvedConnectors(
  charter: Pick<Charter, 'connectors'>,
  catalogue: Pick<Catalogue, 'connectors'>,
): readonly Approved[] {
  const known = approvedOnce.get(charter);
  if (known?.catalogue === catalogue.connectors) return known.approved;
  const approved = matchCharter(charter, catalogue);
  approvedOnce.set(charter, { catalogue: catalogue.connectors, approved });
  return approved;
}

const approvedOnce = new WeakMap<object, { catalogue: unknown; approved: readonly Approved[] }>();

function matchCharter(
  charter: Pick<Charter, 'connectors'>,
  catalogue: Pick<Catalogue, 'connectors'>,
): readonly Approved[] {
  return (charter.connectors ?? []).map((connector, index) => {
    const place = matchConnector(connector.name, catalogue);
    const actions = Object.entries(connector.actions).map(([text, permission]) => ({
      text,
      permission,
      match: matchAction(text, place.entries, 'charter'),
    }));
    return { connector, index, place, actions };
  });
}

/** The charter's entries for a connector: those with the same name or a common catalogue entry. */
export function approvalsOf(
  connector: { readonly key: string; readonly entries: readonly Connector[] },
  approved: readonly Approved[],
): readonly Approved[] {
  const { byKey, byEntry } = placesOf(approved);
  const found = new Set([
    ...(byKey.get(connector.key) ?? []),
    ...connector.entries.flatMap((entry) => byEntry.get(entry) ?? []),
  ]);
  return [...found].sort((a, b) => a - b).flatMap((place) => approved[place] ?? []);
}

/**
 * Index of the charter's entries by connector, built once because a charter may name thousands and each is looked up.
 */
interface Places {
  readonly byKey: ReadonlyMap<string, readonly number[]>;
  readonly byEntry: ReadonlyMap<Connector, readonly number[]>;
}
const placesOnce = new WeakMap<readonly Approved[], Places>();

function placesOf(approved: readonly Approved[]): Places {
  const made = placesOnce.get(approved);
  if (made !== undefined) return made;
  const byKey = new Map<string, number[]>();
  const byEntry = new Map<Connector, number[]>();
  for (const [at, { place }] of approved.entries()) {
    add(byKey, place.key, at);
    for (const entry of place.entries) add(byEntry, entry, at);
  }
  const places = { byKey, byEntry };
  placesOnce.set(approved, places);
  return places;
}

/** The parts of a cell, and of its connector, on which a grant depends. */
type Action = Pick<Cell, 'known' | 'calledAs' | 'match' | 'effects'>;
type Place = Pick<ObservedConnector, 'key' | 'entries'>;

/**
 * Whether the charter approves a tool's connector but blocks everything that the tool may be: by name, class or "*".
 */
export function blocksTool(tool: string, place: Place, approved: readonly Approved[]): boolean {
  const match = matchAction(tool, place.entries, 'observed');
  const cells: readonly Action[] =
    match.kind === 'actions'
      ? match.actions.map((known) => ({
          known,
          match: { kind: 'actions', actions: [known] },
          effects: [known.action.effect],
        }))
      : [{ known: null, match, effects: match.kind === 'class' ? match.effects : ['unknown'] }];
  return cells.every((cell) => grantFor(cell, place, approved)?.permission === 'blocked');
}

/**
 * What the charter grants for one cell; null if it neither names the action nor has `*`. The entry for the narrower
 * connector takes precedence ("SharePoint" over "Microsoft 365"); within it, the action's name over its class over `*`.
 * If the charter lists an action twice, the narrower permission applies.
 */
export function grantFor(cell: Action, group: Place, approved: readonly Approved[]): Grant | null {
  const own = approvalsOf(group, approved)
    .filter((one) => cell.known === null || one.place.entries.includes(cell.known.connector))
    .sort((a, b) => a.place.entries.length - b.place.entries.length);
  for (const one of own) {
    const grant = grantIn(cell, effectsOf(cell, group, approved), one);
    if (grant) return grant;
  }
  return null;
}

function grantIn(cell: Action, effects: readonly Effect[], approved: Approved): Grant | null {
  const said = statedBy(approved);
  const pickOf = (list: readonly CharteredAction[]): Grant | null => {
    const permission = narrowest(list.map((action) => action.permission));
    const text = list.find((action) => action.permission === permission)?.text;
    return permission && text !== undefined ? { permission, text, approved } : null;
  };
  const rest = pickOf(said.rest);
  if (cell.match.kind === 'rest') return rest;
  const unknown = cell.match.kind === 'unknown' ? (said.unknown.get(cell.match.key) ?? []) : [];
  const known = cell.known === null ? [] : (said.known.get(cell.known.action) ?? []);
  // An action that a table calls by another action's name is treated as that one, unless the charter names it itself.
  if (known.length === 0 && cell.calledAs !== undefined)
    return grantIn(
      {
        known: cell.calledAs,
        match: { kind: 'actions', actions: [cell.calledAs] },
        effects: [cell.calledAs.action.effect],
      },
      [cell.calledAs.action.effect],
      approved,
    );
  const named = pickOf(
    [...unknown, ...known.filter(({ match }) => isSame(match, cell))].sort(
      (a, b) => said.place(a) - said.place(b),
    ),
  );
  if (named) return named;
  // A class is granted only if each of its effects is.
  const classes = effects.map(
    (effect) =>
      pickOf(said.classes.filter((a) => a.match.kind === 'class' && a.match.effects.includes(effect))) ??
      rest,
  );
  const least = narrowest(classes.flatMap((grant) => (grant ? [grant.permission] : [])));
  if (classes.some((grant) => grant === null)) return null;
  return classes.find((grant) => grant?.permission === least) ?? null;
}

/** The actions of an entry by how they match, built once because a charter may name thousands and each is looked up. */
interface StatedApproval {
  readonly rest: readonly CharteredAction[];
  readonly classes: readonly CharteredAction[];
  readonly unknown: ReadonlyMap<string, readonly CharteredAction[]>;
  readonly known: ReadonlyMap<KnownAction['action'], readonly CharteredAction[]>;
  /** Index in the charter. */
  place(action: CharteredAction): number;
}
const statedCache = new WeakMap<Approved, StatedApproval>();

function statedBy(approved: Approved): StatedApproval {
  const made = statedCache.get(approved);
  if (made !== undefined) return made;
  const rest: CharteredAction[] = [];
  const classes: CharteredAction[] = [];
  const unknown = new Map<string, CharteredAction[]>();
  const known = new Map<KnownAction['action'], CharteredAction[]>();
  const places = new Map<CharteredAction, number>();
  for (const [place, one] of approved.actions.entries()) {
    places.set(one, place);
    const { match } = one;
    if (match.kind === 'rest') rest.push(one);
    else if (match.kind === 'class') classes.push(one);
    else if (match.kind === 'unknown') add(unknown, match.key, one);
    else for (const { action } of match.actions) add(known, action, one);
  }
  const said = { rest, classes, unknown, known, place: (one: CharteredAction) => places.get(one) ?? 0 };
  statedCache.set(approved, said);
  return said;
}

function add<K, V>(lists: Map<K, V[]>, key: K, one: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [one]);
  else list.push(one);
}

function isSame(match: ActionMatch, cell: Action): boolean {
  if (match.kind !== 'actions' || cell.known === null) return false;
  return match.actions.some(
    (one) => one.connector === cell.known?.connector && one.action === cell.known.action,
  );
}

/** What the cell's action does, according to the catalogue, else the charter's classification, else unknown. */
export function effectsOf(cell: Action, group: Place, approved: readonly Approved[]): readonly Effect[] {
  if (!cell.effects.includes('unknown')) return cell.effects;
  for (const one of approvalsOf(group, approved)) {
    const stated = statedEffect(cell.match, one);
    if (stated) return [stated];
  }
  return cell.effects;
}

/** The charter's classification of an action that the catalogue does not know; null: none. */
export function statedEffect(match: ActionMatch, approved: Approved): Effect | null {
  if (match.kind !== 'unknown' && match.kind !== 'actions') return null;
  const { unknown, known } = statedOf(approved);
  if (match.kind === 'unknown') return unknown.get(match.key)?.effect ?? null;
  const found = match.actions.flatMap(({ action }) => known.get(action) ?? []);
  return found.sort((a, b) => a.place - b.place)[0]?.effect ?? null;
}

/** An effect that the charter states, and its index: the first match counts. */
type Stated = { readonly effect: Effect; readonly place: number };
interface StatedEffects {
  readonly unknown: ReadonlyMap<string, Stated>;
  readonly known: ReadonlyMap<KnownAction['action'], Stated>;
}
const statedOnce = new WeakMap<Approved, StatedEffects>();

function statedOf(approved: Approved): StatedEffects {
  const made = statedOnce.get(approved);
  if (made !== undefined) return made;
  const unknown = new Map<string, Stated>();
  const known = new Map<KnownAction['action'], Stated>();
  for (const [place, [text, effect]] of Object.entries(approved.connector.effects ?? {}).entries()) {
    // "delete_item: read" is a mistake, so what the action does remains to be stated.
    if (effect === 'read' && cannotBeRead(text)) continue;
    const match = matchAction(text, approved.place.entries, 'observed');
    if (match.kind === 'unknown' && !unknown.has(match.key)) unknown.set(match.key, { effect, place });
    if (match.kind === 'actions')
      for (const { action } of match.actions) if (!known.has(action)) known.set(action, { effect, place });
  }
  const stated = { unknown, known };
  statedOnce.set(approved, stated);
  return stated;
}

/** The charter's reason for an action that is looser than the guide; null if it gives none. */
export function justificationFor(match: ActionMatch, approved: Approved): string | null {
  for (const [text, reason] of Object.entries(approved.connector.justifications)) {
    if (isEmptyReason(reason)) continue;
    const other = matchAction(text, approved.place.entries, 'charter');
    if (coversMatch(other, match)) return reason;
  }
  return null;
}

/** The charter's reason for exactly this line; null if it gives none. */
export function ownReason(text: string, approved: Approved): string | null {
  const reason = approved.connector.justifications[text];
  return reason === undefined || isEmptyReason(reason) ? null : reason;
}

function coversMatch(wide: ActionMatch, one: ActionMatch): boolean {
  if (wide.kind === 'rest') return one.kind === 'rest';
  if (wide.kind === 'unknown') return one.kind === 'unknown' && one.key === wide.key;
  if (wide.kind === 'class') {
    if (one.kind === 'class') return one.effects.every((effect) => wide.effects.includes(effect));
    return one.kind === 'actions' && one.actions.every((a) => wide.effects.includes(a.action.effect));
  }
  return one.kind === 'actions' && one.actions.every((a) => wide.actions.some((b) => a.action === b.action));
}
