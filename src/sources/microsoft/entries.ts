import type { Note } from '../exports/file-kind.ts';

/** A row with the id that Entra gave its entry; null: it gave none. */
export interface Entry<T extends object> {
  readonly id: string | null;
  readonly row: T;
}

/**
 * Entries that a file lists more than once. `out` are rows that say the same as another of their id, or were changed before
 * it. Of an id of which two differ where nothing says which holds, a list keeps neither; a log keeps both, since either may
 * be what happened: a note says so, and it is not whole.
 */
export function listedTwice<T extends { readonly row: number }>(
  entries: readonly Entry<T>[],
  shape: 'snapshot' | 'log',
): { readonly out: ReadonlySet<T>; readonly notes: readonly Note[] } {
  const kept = new Map<string, T>();
  const out = new Set<T>();
  const notes: Note[] = [];
  for (const { id, row } of entries) {
    const key = id?.toLowerCase();
    const other = key === undefined ? undefined : kept.get(key);
    if (key === undefined) continue;
    if (other === undefined) {
      kept.set(key, row);
      continue;
    }
    const later = laterOf(row, other);
    if (later === null && contentOf(row) !== contentOf(other)) {
      notes.push({
        row: row.row,
        column: 'id',
        says: `The entry of row ${other.row} is in the file again with other values, and nothing says which are right. ${shape === 'log' ? 'Both were kept, and the log' : 'Both were left out, so the list'} is incomplete.`,
      });
      if (shape === 'snapshot') out.add(row).add(other);
      continue;
    }
    out.add(later === row ? other : row);
    if (later === row) kept.set(key, row);
  }
  return { out, notes };
}

function laterOf<T extends object>(one: T, other: T): T | null {
  const [first, second] = [changedAt(one), changedAt(other)];
  if (first === null || second === null || first === second) return null;
  return first > second ? one : other;
}

function changedAt(row: object): string | null {
  return 'updatedAt' in row && typeof row.updatedAt === 'string' ? row.updatedAt : null;
}

const contentOf = (row: object) => JSON.stringify({ ...row, row: 0 });
