import type { Facts } from '#features/shared/services/facts.ts';
import { parseRows, rowsText } from '#store/imports/rows.ts';

interface Held {
  readonly rows: readonly unknown[];
  readonly characters: number;
}

/**
 * Rows that the deciding thread keeps between questions: all that a question needs until it is answered, and beyond
 * that as much as fits.
 *
 * @param maxCharacters Characters of JSON kept at most, which take about twice as much memory; past that the longest
 *   unused observations go first. Rows say nothing about it: one may hold a text of a megabyte.
 */
export function heldRows(maxCharacters: number) {
  /** In order of use, the longest unused first. */
  const held = new Map<string, Held>();
  /** What is asked and not answered yet: its rows stay. */
  const open = new Map<number, Facts>();
  let lastAsked: Facts | null = null;

  /** Keeps what is asked for, else what was asked for last, and lets the oldest others go. */
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
    /** A question begins; gives the observations whose rows are not here. */
    ask(question: number, facts: Facts): string[] {
      open.set(question, facts);
      return idsOf(facts).filter((id) => !held.has(id));
    },
    /** Takes rows, in parts as they are stored, by observation. */
    take(rows: ReadonlyMap<string, readonly Uint8Array[]>): void {
      // What others left goes first, so that both are not in memory at once.
      forget();
      for (const [id, parts] of rows) held.set(id, unpacked(parts));
    },
    /** Throws where they are not here: nothing is decided on fewer rows than there are. */
    rowsOf(id: string): readonly unknown[] {
      const found = held.get(id);
      if (found === undefined) throw new Error('the rows of an observation are not at hand');
      held.delete(id);
      held.set(id, found);
      return found.rows;
    },
    /** A question was answered. */
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

/** What the rows of a client's facts are called: its readings, and the months of the feed that is read live. */
function idsOf({ observations, live }: Facts): string[] {
  return [...observations.map(({ id }) => id), ...(live?.months ?? [])];
}
