import type { Catalogue } from '../model/catalogue.ts';
import type { Charter, InvariantException } from '../model/charter.ts';
import type { Permission } from '../model/kinds.ts';
import {
  type Approved,
  approvedConnectors,
  type CharteredAction,
  type Grant,
  grantFor,
} from '../rules/connectors/chartered.ts';
import { matchAction, matchConnector } from '../rules/connectors/match.ts';
import type { Cell, ObservedConnector } from '../rules/connectors/table.ts';
import { indexOnce } from './index-once.ts';
import { cellKey, fold } from './names.ts';

/** What a charter sets for one action on a day. */
export interface Effective {
  /** The effective permission; blocked if no entry covers the action. */
  readonly permission: Permission;
  /** The charter entry that applies, such as "*" or "Delete item"; null: none does. */
  readonly text: string | null;
  /** The ended exception that made it blocked; null: none. */
  readonly lapsed: InvariantException | null;
}

/**
 * The charter as it applies on a day: cells whose exception has ended are blocked. Returns the same object if nothing
 * changes, so that results cached for it stay usable.
 */
export function effectiveCharter(charter: Charter, today: string): Charter {
  const known = effectiveOnce.get(charter);
  if (known?.today === today) return known.effective;
  const effective = withLapsedBlocked(charter, today);
  effectiveOnce.set(charter, { today, effective });
  return effective;
}

const effectiveOnce = new WeakMap<Charter, { readonly today: string; readonly effective: Charter }>();

function withLapsedBlocked(charter: Charter, today: string): Charter {
  const { connectors } = charter;
  if (!connectors || !(charter.invariantExceptions ?? []).some(({ until }) => until < today)) return charter;
  return {
    ...charter,
    connectors: connectors.map((connector) => {
      const actions = Object.entries(connector.actions).map(([action, permission]) =>
        lapsedException(charter, connector.name, action, today) === null
          ? ([action, permission] as const)
          : ([action, 'blocked'] as const),
      );
      return { ...connector, actions: Object.fromEntries(actions) };
    }),
  };
}

/** The exception for a cell if it has ended; null if there is none or it still applies. */
export function lapsedException(
  charter: Pick<Charter, 'invariantExceptions'>,
  connector: string,
  action: string,
  today: string,
): InvariantException | null {
  const latest = exceptionFor(charter, connector, action);
  return latest !== null && latest.until < today ? latest : null;
}

/** The exception for a cell, the one that ends last if there are several; null: none. */
export function exceptionFor(
  { invariantExceptions }: Pick<Charter, 'invariantExceptions'>,
  connector: string,
  action: string,
): InvariantException | null {
  return latestByCell(invariantExceptions ?? NONE).get(cellKey(connector, action)) ?? null;
}

const NONE: readonly InvariantException[] = [];
const latestOnce = new WeakMap<readonly InvariantException[], ReadonlyMap<string, InvariantException>>();

function latestByCell(list: readonly InvariantException[]): ReadonlyMap<string, InvariantException> {
  const known = latestOnce.get(list);
  if (known !== undefined) return known;
  const latest = new Map<string, InvariantException>();
  for (const one of list) {
    const key = cellKey(one.connector, one.action);
    const last = latest.get(key);
    if (last === undefined || one.until > last.until) latest.set(key, one);
  }
  latestOnce.set(list, latest);
  return latest;
}

/**
 * The charter's permission for an action on a day: by its own entry, else by its class, else by `*`; blocked once its
 * exception has ended. All code that asks a charter about an action must use this, or the charter from {@link
 * effectiveCharter}.
 */
export function effectivePermission(
  charter: Charter,
  catalogue: Pick<Catalogue, 'connectors'>,
  connector: string,
  action: string,
  today: string,
): Effective {
  const grant = grantOf(effectiveCharter(charter, today), catalogue, connector, action);
  if (grant === null) return { permission: 'blocked', text: null, lapsed: null };
  const lapsed = lapsedException(charter, grant.approved.connector.name, grant.text, today);
  return { permission: grant.permission, text: grant.text, lapsed };
}

/** Charter entries by folded connector name, and actions of an entry by folded name. */
const byConnector = indexOnce<Approved>(({ connector }) => fold(connector.name));
const byAction = indexOnce<CharteredAction>(({ text }) => fold(text));

function grantOf(
  charter: Charter,
  catalogue: Pick<Catalogue, 'connectors'>,
  connector: string,
  action: string,
): Grant | null {
  const approved = approvedConnectors(charter, catalogue);
  const own = byConnector(approved).get(fold(connector));
  const exact = own && byAction(own.actions).get(fold(action));
  if (own !== undefined && exact !== undefined)
    return { permission: exact.permission, text: exact.text, approved: own };
  const place = matchConnector(connector, catalogue);
  const match = matchAction(action, place.entries, 'charter');
  const known = match.kind === 'actions' ? (match.actions[0] ?? null) : null;
  const cell: Cell = {
    key: fold(action),
    connector,
    action,
    known,
    match,
    effects: match.kind === 'class' ? match.effects : known === null ? ['unknown'] : [known.action.effect],
    width: null,
    lack: null,
    text: null,
    evidence: [],
    conflict: null,
  };
  const group: ObservedConnector = {
    key: place.key,
    name: connector,
    entries: place.entries,
    enabled: true,
    cells: [],
    evidence: [],
    listsActions: true,
  };
  return grantFor(cell, group, approved);
}
