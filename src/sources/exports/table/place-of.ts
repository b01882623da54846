import type { At } from '#domain/model/at.ts';
import type { ParseEnvironment, TableRow } from '../file-kind.ts';

/** Where a row of a table stands, and whether whoever opens the workbook sees it. */
export function placeOf({ row, hidden }: TableRow, { file }: Pick<ParseEnvironment, 'file'>): At {
  return hidden === true ? { file, row, hidden } : { file, row };
}

/** The same for two rows that say the same, wherever they stand. `as` is what a row says in the form to compare. */
export function said<T extends At>(row: T, as: Partial<T> = {}): string {
  return JSON.stringify({ ...row, row: 0, hidden: undefined, ...as });
}

/** Rows without those that say what another one says; of such twins one that is shown stays. */
export function eachOnce<T extends At>(rows: readonly T[], key: (row: T) => string = said): T[] {
  const kept = new Map<string, T>();
  for (const row of rows) {
    const own = key(row);
    if (row.hidden !== true || !kept.has(own)) kept.set(own, row);
  }
  return [...kept.values()];
}
