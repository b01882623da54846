import type { At } from '#domain/model/at.ts';
import type { ParseEnvironment, TableRow } from '../file-kind.ts';

/** Location of a table row, and whether the row is hidden in the workbook. */
export function placeOf({ row, hidden }: TableRow, { file }: Pick<ParseEnvironment, 'file'>): At {
  return hidden === true ? { file, row, hidden } : { file, row };
}

/** Comparison key of a row's content, independent of its location. `as` overrides fields for the comparison. */
export function contentKey<T extends At>(row: T, as: Partial<T> = {}): string {
  return JSON.stringify({ ...row, row: 0, hidden: undefined, ...as });
}

/** Removes duplicate rows, preferring to keep visible ones. */
export function eachOnce<T extends At>(rows: readonly T[], key: (row: T) => string = contentKey): T[] {
  const kept = new Map<string, T>();
  for (const row of rows) {
    const own = key(row);
    if (row.hidden !== true || !kept.has(own)) kept.set(own, row);
  }
  return [...kept.values()];
}
