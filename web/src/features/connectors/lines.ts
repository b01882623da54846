import { type MatrixFilter, matcher } from '../../../../src/domain/connectors/filter.ts';
import { departureOf, driftOf, hasCell, permissionOf } from '../../../../src/domain/connectors/row.ts';
import type { Departure } from '../drift/words.ts';
import { COLUMNS, type ColumnEffect, type Connector, columnOf, type Permission, type Row } from './words.ts';

/** Departures of observed states from the charter, by row or connector, with the decision on each. */
export type Departures = ReadonlyMap<string, Departure>;

/** State of a departure. `open`: needs a decision. `decided`: the decision has not taken effect yet. */
export type Mark = 'open' | 'decided' | 'accepted';

/** Actions observed in the same state, which is wider than the charter approves, and how many they are. */
export interface Wider {
  readonly observed: Permission;
  /** What the charter says; null: not decided. */
  readonly charter: Permission | null;
  readonly actions: number;
}

/** Content of one cell of a connector's line. */
export interface Group {
  readonly column: ColumnEffect;
  /** Decided actions for which nothing wider was observed. */
  readonly counts: Readonly<Record<Permission, number>>;
  readonly total: number;
  readonly wider: readonly Wider[];
  /** Wider than the charter and decided: to be reverted in Claude, to be changed in the charter, or accepted. */
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
  /** Observed state of unlisted actions, if wider than the charter. */
  readonly rest: Wider | null;
}

export interface RowLine {
  readonly kind: 'row';
  readonly id: string;
  readonly row: Row;
  readonly connector: Connector;
}

/** Last line of an expanded connector: actions that match the charter are hidden until requested. */
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
  /** Whether an expanded connector lists all actions, or only those that need attention if there are any. */
  readonly isWhole: (id: string) => boolean;
  /** null: there is no charter to compare with. */
  readonly departures: Departures | null;
}

/** The lines of the list: each connector, and below the expanded ones their actions. */
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

/** What a row needs because more was observed than the charter approves; null: it is no wider than that. */
export function markOf(row: Row, departures: Departures | null): Mark | null {
  if (departures === null || !hasCell(row) || driftOf(row) !== 'wider') return null;
  const state = (departures.get(row.id) ?? departures.get(row.connector))?.state ?? 'undecided';
  return state === 'undecided' ? 'open' : state === 'accepted' ? 'accepted' : 'decided';
}

/** Connectors with an observed state that is wider than the charter and not accepted. */
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
