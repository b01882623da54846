import { type MatrixFilter, matcher } from '../../../../src/domain/connectors/filter.ts';
import { hasCell, permissionOf } from '../../../../src/domain/connectors/row.ts';
import { COLUMNS, type ColumnEffect, type Connector, columnOf, type Permission, type Row } from './words.ts';

/** What one cell of a connector's line comes to. */
export interface Group {
  readonly column: ColumnEffect;
  readonly counts: Readonly<Record<Permission, number>>;
  readonly total: number;
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
}

export interface RowLine {
  readonly kind: 'row';
  readonly id: string;
  readonly row: Row;
  readonly connector: Connector;
}

export type Line = ConnectorLine | RowLine;

/** The lines of the list: each connector, and below the open ones their actions. */
export function linesOf(
  connectors: readonly Connector[],
  rows: readonly Row[],
  filter: MatrixFilter,
  filtered: boolean,
  isOpen: (id: string) => boolean,
): readonly Line[] {
  const byId = new Map(connectors.map((one) => [one.id, one] as const));
  const matches = matcher(filter, byId);
  const shown = Map.groupBy(filtered ? rows.filter(matches) : rows, (row) => row.connector);
  return connectors.flatMap((connector): Line[] => {
    const own = shown.get(connector.id) ?? [];
    if (filtered && own.length === 0) return [];
    const open = isOpen(connector.id);
    const head: ConnectorLine = {
      kind: 'connector',
      id: `connector:${connector.id}`,
      connector,
      groups: groupsOf(own),
      rows: own,
      open,
    };
    if (!open) return [head];
    return [head, ...own.map((row) => ({ kind: 'row' as const, id: row.id, row, connector }))];
  });
}

function groupsOf(rows: readonly Row[]): readonly Group[] {
  return COLUMNS.map((column) => {
    const counts = { allow: 0, ask: 0, blocked: 0 };
    let total = 0;
    let undecided = 0;
    let unclassified = 0;
    let looser = 0;
    for (const row of rows) {
      if (row.kind === 'rest' || !hasCell(row) || columnOf(row.effect) !== column) continue;
      total += 1;
      counts[permissionOf(row)] += 1;
      if (row.charter === null) undecided += 1;
      if (row.effect === 'unknown') unclassified += 1;
      if (ORDER[permissionOf(row)] > ORDER[row.baseline]) looser += 1;
    }
    return { column, counts, total, undecided, unclassified, looser };
  });
}

const ORDER: Readonly<Record<Permission, number>> = { blocked: 0, ask: 1, allow: 2 };
