import type { UsageRow } from '#domain/model/kinds.ts';
import type { Notes } from '../../exports/table/notes.ts';

/** Minimum number of lines for a last one that equals their sum not to be a coincidence. */
const MIN_LINES = 3;

/**
 * Removes a last line of totals without a label: it is of nobody and nothing, and each figure is the sum of those
 * above.
 */
export function withoutSum(
  rows: readonly UsageRow[],
  amounts: readonly ('messages' | 'requests' | 'promptTokens' | 'completionTokens' | 'netUsd' | 'grossUsd')[],
  notes: Notes,
): UsageRow[] {
  const last = rows.at(-1);
  const others = rows.slice(0, -1);
  if (last === undefined || others.length < MIN_LINES) return [...rows];
  const { email, name, product, model } = last;
  if ([email, name, product, model].some((text) => text !== null)) return [...rows];
  const given = amounts.filter((field) => (last[field] ?? 0) > 0);
  const isSum = given.every((field) => {
    const sum = others.reduce((all, row) => all + (row[field] ?? 0), 0);
    return Math.abs(sum - (last[field] ?? 0)) < 0.01 * others.length;
  });
  if (given.length === 0 || !isSum) return [...rows];
  notes.add({ row: last.row, says: 'The line of totals was left out: it adds up the lines above it.' });
  return others;
}
