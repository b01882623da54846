import type { Catalogue, Connector } from '../../model/catalogue.ts';
import type { Charter, CharteredConnector } from '../../model/charter.ts';
import type { Permission } from '../../model/kinds.ts';
import { type ActionMatch, type ConnectorMatch, type Effect, matchAction, matchConnector } from './match.ts';
import type { Cell, ObservedConnector } from './table.ts';
import { narrowest } from './width.ts';

export interface CharteredAction {
  readonly text: string;
  readonly permission: Permission;
  readonly match: ActionMatch;
}

export interface Approved {
  readonly connector: CharteredConnector;
  /** Place in the charter's list, for citing. */
  readonly index: number;
  readonly place: ConnectorMatch;
  readonly actions: readonly CharteredAction[];
}

export interface Grant {
  readonly permission: Permission;
  /** The charter's words that grant it, for example "*" or "Delete item". */
  readonly text: string;
  readonly approved: Approved;
}

/** The charter's connectors, matched to the catalogue's spelling; once per charter and catalogue. */
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

/** The charter's entries for a connector: same name, or a common entry of the catalogue. */
export function approvalsOf(
  connector: { readonly key: string; readonly entries: readonly Connector[] },
  approved: readonly Approved[],
): readonly Approved[] {
  return approved.filter(
    (one) =>
      one.place.key === connector.key || one.place.entries.some((entry) => connector.entries.includes(entry)),
  );
}

/**
 * What the charter grants for one cell; null where it neither names the action nor says `*`. The entry of the narrower
 * connector decides ("SharePoint" before "Microsoft 365"), in it the action's name before its class before `*`; where
 * the charter gives one action twice, the narrower permission is what was approved.
 */
export function grantFor(cell: Cell, group: ObservedConnector, approved: readonly Approved[]): Grant | null {
  const own = approvalsOf(group, approved)
    .filter((one) => cell.known === null || one.place.entries.includes(cell.known.connector))
    .sort((a, b) => a.place.entries.length - b.place.entries.length);
  for (const one of own) {
    const grant = grantIn(cell, effectsOf(cell, group, approved), one);
    if (grant) return grant;
  }
  return null;
}

function grantIn(cell: Cell, effects: readonly Effect[], approved: Approved): Grant | null {
  const { actions } = approved;
  const pickOf = (list: readonly CharteredAction[]): Grant | null => {
    const permission = narrowest(list.map((action) => action.permission));
    const text = list.find((action) => action.permission === permission)?.text;
    return permission && text !== undefined ? { permission, text, approved } : null;
  };
  const rest = pickOf(actions.filter((action) => action.match.kind === 'rest'));
  if (cell.match.kind === 'rest') return rest;
  const named = pickOf(actions.filter((action) => isSame(action.match, cell)));
  if (named) return named;
  // A class is within the charter only where each of its effects is.
  const classes = effects.map(
    (effect) =>
      pickOf(actions.filter((a) => a.match.kind === 'class' && a.match.effects.includes(effect))) ?? rest,
  );
  const least = narrowest(classes.flatMap((grant) => (grant ? [grant.permission] : [])));
  if (classes.some((grant) => grant === null)) return null;
  return classes.find((grant) => grant?.permission === least) ?? null;
}

function isSame(match: ActionMatch, cell: Cell): boolean {
  if (match.kind === 'unknown') return cell.match.kind === 'unknown' && cell.match.key === match.key;
  if (match.kind !== 'actions' || cell.known === null) return false;
  return match.actions.some(
    (one) => one.connector === cell.known?.connector && one.action === cell.known.action,
  );
}

/** What the cell does: the catalogue's word, else the charter's classification, else unknown. */
export function effectsOf(
  cell: Cell,
  group: ObservedConnector,
  approved: readonly Approved[],
): readonly Effect[] {
  if (!cell.effects.includes('unknown')) return cell.effects;
  for (const one of approvalsOf(group, approved)) {
    const stated = statedEffect(cell.match, one);
    if (stated) return [stated];
  }
  return cell.effects;
}

/** What the charter says an action does that the catalogue does not know; null: nothing. */
export function statedEffect(match: ActionMatch, approved: Approved): Effect | null {
  for (const [text, effect] of Object.entries(approved.connector.effects ?? {})) {
    const other = matchAction(text, approved.place.entries, 'observed');
    if (match.kind === 'unknown' && other.kind === 'unknown' && other.key === match.key) return effect;
    if (
      match.kind === 'actions' &&
      other.kind === 'actions' &&
      match.actions.some((a) => other.actions.some((b) => a.action === b.action))
    )
      return effect;
  }
  return null;
}

/** The reason that the charter gives for an action being looser than the guide; null where it gives none. */
export function justificationFor(match: ActionMatch, approved: Approved): string | null {
  for (const [text, reason] of Object.entries(approved.connector.justifications)) {
    const other = matchAction(text, approved.place.entries, 'charter');
    if (coversMatch(other, match)) return reason;
  }
  return null;
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
