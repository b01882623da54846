import type { Charter } from '../model/charter.ts';

/** Cells of the matrix, and exceptions, of one charter: about twice what the largest clients have. */
const MAX_CELLS = 3_000;
const MAX_EXCEPTIONS = 1_000;

/**
 * Why a charter is larger than anyone needs, as a sentence; null: it is not. Comparing two of them and putting them into
 * words takes time for each cell, in which nobody else is served.
 */
export function tooLarge({ connectors, exceptions, invariantExceptions }: Charter): string | null {
  const cells = (connectors ?? []).reduce((sum, { actions }) => sum + Object.keys(actions).length, 0);
  if (cells > MAX_CELLS)
    return `The charter would state ${number(cells)} actions of connectors; at most ${number(MAX_CELLS)} fit. State "*" for all the rest of a connector in place of single actions.`;
  const all = (exceptions ?? []).length + (invariantExceptions ?? []).length;
  if (all > MAX_EXCEPTIONS)
    return `The charter would hold ${number(all)} exceptions; at most ${number(MAX_EXCEPTIONS)} fit. Remove those that have ended.`;
  return null;
}

function number(of: number): string {
  return of.toLocaleString('en-US');
}
