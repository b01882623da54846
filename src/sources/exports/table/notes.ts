import type { Note } from '../file-kind.ts';

const SHOWN = 20;

/** Collects notes about a file: twenty of each sort are shown, the rest are counted. */
export class Notes {
  readonly #notes: Note[] = [];
  readonly #times = new Map<string, number>();

  /** `sort` groups notes that say the same about different rows; a note without it is always shown. */
  add(note: { row?: number | null; column?: string | null; says: string }, sort?: string): void {
    if (sort !== undefined) {
      const times = (this.#times.get(sort) ?? 0) + 1;
      this.#times.set(sort, times);
      if (times > SHOWN) return;
    }
    this.#notes.push({ row: note.row ?? null, column: note.column ?? null, says: note.says });
  }

  addAll(notes: readonly Note[]): void {
    this.#notes.push(...notes);
  }

  list(): readonly Note[] {
    const more = [...this.#times]
      .filter(([, times]) => times > SHOWN)
      .map(([sort, times]) => ({ row: null, column: null, says: `${times - SHOWN} further rows: ${sort}.` }));
    return [...this.#notes, ...more];
  }
}
