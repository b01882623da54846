import type { Note } from '../exports/file-kind.ts';

/** A row and Entra's id of its entry; null: none. */
export interface Entry<T extends object> {
  readonly id: string | null;
  readonly row: T;
}

/**
 * Finds entries that a file lists more than once. `out` contains rows that equal another with the same id, or that were
 * changed before it. If two entries with the same id differ and nothing shows which one applies, a list keeps neither,
 * and a log keeps both, since either may have happened; a note says so, and the reading is incomplete.
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
