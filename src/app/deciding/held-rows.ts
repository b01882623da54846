import type { Facts } from '#features/shared/services/facts.ts';
import { parseRows, rowsText } from '#store/imports/rows.ts';

interface Held {
  readonly rows: readonly unknown[];
  readonly characters: number;
}

/**
 * Cache of observation rows in the deciding thread. Rows that an open request needs are never evicted; beyond those,
 * it keeps as many as fit.
 *
 * @param maxCharacters Cache limit, in characters of JSON (which occupy about twice as many bytes). The least recently
 *   used observations are evicted first. It is not a number of rows, because one row may hold a megabyte of text.
 */
export function heldRows(maxCharacters: number) {
  /** Least recently used first. */
  const held = new Map<string, Held>();
  /** Requests not yet answered; their rows are not evicted. */
  const open = new Map<number, Facts>();
  let lastAsked: Facts | null = null;

  /**
   * Evicts the least recently used rows down to the limit, except those of open requests or, with none open, of the
   * last one.
   */
  function forget(): void {
    const used = new Set(
      [...(open.size > 0 ? open.values() : lastAsked === null ? [] : [lastAsked])].flatMap(idsOf),
    );
    let total = [...held.values()].reduce((sum, { characters }) => sum + characters, 0);
    for (const [id, { characters }] of held) {
      if (total <= maxCharacters) return;
      if (used.has(id)) continue;
      held.delete(id);
      total -= characters;
    }
  }

  return {
    /** Starts a request and returns the ids of the observations whose rows are missing. */
    ask(question: number, facts: Facts): string[] {
      open.set(question, facts);
      return idsOf(facts).filter((id) => !held.has(id));
    },
    /** Adds rows by observation id, in compressed parts as the store keeps them. */
    take(rows: ReadonlyMap<string, readonly Uint8Array[]>): void {
      // Evict first, so that old and new rows are not in memory at the same time.
      forget();
      for (const [id, parts] of rows) held.set(id, unpacked(parts));
    },
    /** Throws if the rows are missing: deciding on incomplete facts would give wrong verdicts. */
    rowsOf(id: string): readonly unknown[] {
      const found = held.get(id);
      if (found === undefined) throw new Error('the rows of an observation are not at hand');
      held.delete(id);
      held.set(id, found);
      return found.rows;
    },
    /** Ends a request. */
    answered(question: number): void {
      lastAsked = open.get(question) ?? lastAsked;
      open.delete(question);
      forget();
    },
  };
}

function unpacked(parts: readonly Uint8Array[]): Held {
  const rows: unknown[] = [];
  let characters = 0;
  for (const part of parts) {
    const text = rowsText(part);
    characters += text.length;
    for (const row of parseRows(text)) rows.push(row);
  }
  return { rows, characters };
}

/** Ids of all observations in a client's facts: its readings, and the months of the feed that is read live. */
function idsOf({ observations, live }: Facts): string[] {
  return [...observations.map(({ id }) => id), ...(live?.months ?? [])];
}
