import { type Ask, ask, askAll } from '../../text/message.ts';
import { names } from '../../text/words.ts';
import { cellWords } from './cell-words.ts';
import type { Cell } from './table.ts';

/** Asks what open, unclassified actions do, or to block them; also asks for what the table lacks, if anything. */
export function askEffects(unknown: readonly Cell[], gap: { readonly howToGet: Ask } | null): Ask | null {
  return askAll([
    ask(
      'charter',
      'connectors.effects',
      `State read, write, delete, send or admin for ${names(unknown.map(cellWords), 4)} under \`effects\` of the connector in the charter, or block what is not needed.`,
      ['or_block', ...unknown.map(({ key }) => key)],
    ),
    ...(gap ? [gap.howToGet] : []),
  ]);
}
