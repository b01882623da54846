import type { Charter } from '../model/charter.ts';

/** Limits on a charter's matrix cells and exceptions, about twice what the largest clients have. */
const MAX_CELLS = 3_000;
const MAX_EXCEPTIONS = 1_000;

/**
 * Why a charter is too large, as a sentence; null: it is not. Comparing charters and describing them takes time for
 * each cell, during which the server answers no one else.
 */
export function tooLarge({ connectors, exceptions, invariantExceptions }: Charter): string | null {
  const cells = (connectors ?? []).reduce((sum, { actions }) => sum + Object.keys(actions).length, 0);
  if (cells > MAX_CELLS)
    return `The charter would state ${number(cells)} actions of connectors; at most ${number(MAX_CELLS)} fit. State “*” for all the rest of a connector in place of single actions.`;
  const all = (exceptions ?? []).length + (invariantExceptions ?? []).length;
  if (all > MAX_EXCEPTIONS)
    return `The charter would hold ${number(all)} exceptions; at most ${number(MAX_EXCEPTIONS)} fit. Remove those that have ended.`;
  return null;
}

function number(of: number): string {
  return of.toLocaleString('en-US');
}
