import type { Permission } from '../model/rows-exports.ts';
import { searchable } from '../text/unicode-form.ts';
import {
  departureOf,
  driftOf,
  hasCell,
  isUndecided,
  type MatrixConnector,
  type MatrixRow,
  permissionOf,
} from './row.ts';
import type { Effect } from './words.ts';

export interface MatrixFilter {
  readonly connector?: string | undefined;
  readonly effect?: Effect | undefined;
  readonly state?: Permission | undefined;
  readonly departs?: 'looser' | 'tighter' | 'unjustified' | 'undecided' | 'unclassified' | 'rule' | undefined;
  readonly drift?: 'wider' | 'narrower' | 'unread' | undefined;
  readonly text?: string | undefined;
}

export function isFiltered(filter: MatrixFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

/** Builds a row predicate for a filter once, so that a long matrix is filtered quickly. */
export function matcher(
  filter: MatrixFilter,
  connectors: ReadonlyMap<string, MatrixConnector>,
): (row: MatrixRow) => boolean {
  const words = searchable(filter.text ?? '')
    .split(/\s+/)
    .filter((word) => word !== '');
  return (row) => {
    if (filter.connector !== undefined && row.connector !== filter.connector) return false;
    if (filter.effect !== undefined && row.effect !== filter.effect) return false;
    if (filter.state !== undefined && (!hasCell(row) || permissionOf(row) !== filter.state)) return false;
    if (filter.departs !== undefined && !departs(row, filter.departs)) return false;
    if (filter.drift !== undefined && !drifts(row, filter.drift)) return false;
    if (words.length === 0) return true;
    const text = searchable(`${row.title} ${row.tool ?? ''} ${connectors.get(row.connector)?.name ?? ''}`);
    return words.every((word) => text.includes(word));
  };
}

function departs(row: MatrixRow, how: NonNullable<MatrixFilter['departs']>): boolean {
  if (!hasCell(row)) return false;
  switch (how) {
    case 'looser':
    case 'tighter':
      return departureOf(row) === how;
    case 'unjustified':
      return departureOf(row) === 'looser' && row.justification === null;
    case 'undecided':
      return isUndecided(row);
    case 'unclassified':
      return row.effect === 'unknown' && row.kind !== 'rest';
    case 'rule':
      return row.baselineFrom !== 'guide' && row.kind === 'action';
  }
}

function drifts(row: MatrixRow, how: NonNullable<MatrixFilter['drift']>): boolean {
  return how === 'unread' ? hasCell(row) && driftOf(row) === null : driftOf(row) === how;
}
