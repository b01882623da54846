import { type MatrixFilter, matcher } from '../../../../src/domain/connectors/filter.ts';
import { departureOf, driftOf, hasCell, permissionOf } from '../../../../src/domain/connectors/row.ts';
import type { Departure } from '../drift/words.ts';
import { COLUMNS, type ColumnEffect, type Connector, columnOf, type Permission, type Row } from './words.ts';

/** Where what was observed departs from the charter, by row or whole connector, with what was decided on it. */
export type Departures = ReadonlyMap<string, Departure>;

/** What a departure still asks for. `open`: someone has to decide. `decided`: it was, and has not taken effect. */
export type Mark = 'open' | 'decided' | 'accepted';

/** Actions that were observed in a state wider than the one that the charter approves. */
export interface Wider {
  readonly observed: Permission;
  /** null: nobody has decided it. */
  readonly charter: Permission | null;
  readonly actions: number;
}

/** What one cell of a connector's line comes to. */
export interface Group {
  readonly column: ColumnEffect;
  /** Decided actions that nothing wider was observed of. */
  readonly counts: Readonly<Record<Permission, number>>;
  readonly total: number;
  readonly wider: readonly Wider[];
  /** Wider than the charter, and decided on: to be put back, to be changed in the charter, or accepted. */
  readonly decided: number;
  readonly accepted: number;
  readonly undecided: number;
  readonly unclassified: number;
  readonly looser: number;
}

export interface ConnectorLine {
  readonly kind: 'connector';
  readonly id: string;
  readonly connector: Connector;
  readonly groups: readonly Group[];
  readonly rows: readonly Row[];
  readonly open: boolean;
  /** What was observed of the actions that nobody lists, where it is wider than the charter. */
  readonly rest: Wider | null;
}

export interface RowLine {
  readonly kind: 'row';
  readonly id: string;
  readonly row: Row;
  readonly connector: Connector;
}

/** The last line of an open connector: actions that are as approved are left out until someone asks for them. */
export interface MoreLine {
  readonly kind: 'more';
  readonly id: string;
  readonly connector: Connector;
  readonly left: number;
  readonly all: number;
}

export type Line = ConnectorLine | RowLine | MoreLine;

interface Shown {
  readonly filter: MatrixFilter;
  readonly filtered: boolean;
  readonly isOpen: (id: string) => boolean;
  /** Whether all actions of an open connector are listed, or those that somebody has to look at where there are some. */
  readonly isWhole: (id: string) => boolean;
  /** null: there is no charter to compare with. */
  readonly departures: Departures | null;
}

/** The lines of the list: each connector, and below the open ones their actions. */
export function linesOf(
  connectors: readonly Connector[],
  rows: readonly Row[],
  { filter, filtered, isOpen, isWhole, departures }: Shown,
): readonly Line[] {
  const byId = new Map(connectors.map((one) => [one.id, one] as const));
  const matches = matcher(filter, byId);
  const shown = Map.groupBy(filtered ? rows.filter(matches) : rows, (row) => row.connector);
  return connectors.flatMap((connector): Line[] => {
    const own = shown.get(connector.id) ?? [];
    if (filtered && own.length === 0) return [];
    const open = isOpen(connector.id);
    const rest = own.find((row) => row.kind === 'rest' && markOf(row, departures) === 'open');
    const head: ConnectorLine = {
      kind: 'connector',
      id: `connector:${connector.id}`,
      connector,
      groups: groupsOf(own, departures),
      rows: own,
      open,
      rest: rest === undefined ? null : (widerOf([rest])[0] ?? null),
    };
    if (!open) return [head];
    const loud = own.filter((row) => isLoud(row, departures));
    const listed = filtered || isWhole(connector.id) || loud.length === 0 ? own : loud;
    const left = own.length - listed.length;
    return [
      head,
      ...listed.map((row) => ({ kind: 'row' as const, id: row.id, row, connector })),
      ...(left === 0
        ? []
        : [{ kind: 'more' as const, id: `more:${connector.id}`, connector, left, all: own.length }]),
    ];
  });
}

/** What a row asks for because more was observed than the charter approves; null: it is no wider than that. */
export function markOf(row: Row, departures: Departures | null): Mark | null {
  if (departures === null || !hasCell(row) || driftOf(row) !== 'wider') return null;
  const state = (departures.get(row.id) ?? departures.get(row.connector))?.state ?? 'undecided';
  return state === 'undecided' ? 'open' : state === 'accepted' ? 'accepted' : 'decided';
}

/** Connectors in which something wider than the charter was observed that is not accepted. */
export function departing(rows: readonly Row[], departures: Departures | null): ReadonlySet<string> {
  const loud = (row: Row) => ['open', 'decided'].includes(markOf(row, departures) ?? '');
  return new Set(rows.filter(loud).map(({ connector }) => connector));
}

function isLoud(row: Row, departures: Departures | null): boolean {
  if (!hasCell(row)) return false;
  const drift = departures === null ? null : driftOf(row);
  return (
    drift === 'wider' ||
    drift === 'narrower' ||
    departureOf(row) === 'looser' ||
    (row.kind === 'action' && (row.effect === 'unknown' || row.charter === null))
  );
}

function widerOf(rows: readonly Row[]): readonly Wider[] {
  const pairs = Map.groupBy(rows, (row) => `${row.observed?.state} ${row.charter}`);
  return [...pairs.values()].flatMap((same) => {
    const state = same[0]?.observed?.state;
    if (state === undefined || state === null || state === 'off') return [];
    return [{ observed: state, charter: same[0]?.charter ?? null, actions: same.length }];
  });
}

function groupsOf(rows: readonly Row[], departures: Departures | null): readonly Group[] {
  return COLUMNS.map((column) => {
    const counts = { allow: 0, ask: 0, blocked: 0 };
    let total = 0;
    let undecided = 0;
    let unclassified = 0;
    let looser = 0;
    let decided = 0;
    let accepted = 0;
    const open: Row[] = [];
    for (const row of rows) {
      if (row.kind === 'rest' || !hasCell(row) || columnOf(row.effect) !== column) continue;
      total += 1;
      const mark = markOf(row, departures);
      if (mark === 'open') open.push(row);
      else if (row.charter === null) undecided += 1;
      else counts[row.charter] += 1;
      if (mark === 'decided') decided += 1;
      if (mark === 'accepted') accepted += 1;
      if (row.effect === 'unknown') unclassified += 1;
      if (ORDER[permissionOf(row)] > ORDER[row.baseline]) looser += 1;
    }
    return {
      column,
      counts,
      total,
      wider: widerOf(open),
      decided,
      accepted,
      undecided,
      unclassified,
      looser,
    };
  });
}

const ORDER: Readonly<Record<Permission, number>> = { blocked: 0, ask: 1, allow: 2 };
