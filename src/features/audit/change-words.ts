import type { Difference } from '#domain/diff/diff.ts';
import { sentence } from '#domain/text/words.ts';

type Change = Pick<Difference, 'path' | 'is' | 'before' | 'after'>;

/** Lines that a cell holds; the details and the record itself have all. */
const MAX_LINES = 20;

/**
 * What a record changed, one line per value: "Owner: “Dana” → “Noor”". A whole object that was added or removed is
 * listed value by value. null: nothing changed.
 */
export function changeWords(differences: readonly Change[]): string | null {
  const all = differences.filter(({ is }) => is !== 'unchanged').flatMap(linesOf);
  if (all.length === 0) return null;
  const lines = all.slice(0, MAX_LINES);
  if (all.length > MAX_LINES) lines.push(`and ${all.length - MAX_LINES} more`);
  return lines.join('\n');
}

function linesOf({ path, is, before, after }: Change): readonly string[] {
  if (is === 'added' || before === null || before === undefined) return leaves(path, after);
  if (is === 'removed' || after === null || after === undefined)
    return leaves(path, before).map((line) => `${line} (removed)`);
  return [`${placeOf(path)}${shownValue(before)} → ${shownValue(after)}`];
}

/** "Counts › fail: 28" for each value inside. */
function leaves(path: readonly (string | number)[], value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${placeOf(path)}${shownValue(value)}`];
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null))
    return [`${placeOf(path)}${value.length === 0 ? 'none' : value.map(shownValue).join(', ')}`];
  const entries = Array.isArray(value)
    ? value.map((one, at): [string, unknown] => [String(at + 1), one])
    : Object.entries(value);
  return entries.length === 0
    ? [`${placeOf(path)}none`]
    : entries.flatMap(([key, one]) => leaves([...path, key], one));
}

function placeOf(path: readonly (string | number)[]): string {
  return path.length === 0 ? '' : `${sentence(path.map(nameOf).join(' › '))}: `;
}

/** A key as words: "asOf" is "as of". Addresses and ids keep what they are. */
function nameOf(key: string | number): string {
  return typeof key === 'string' && /^[a-z]+(?:[A-Z][a-z]+|_[a-z]+)*$/u.test(key)
    ? key.replaceAll('_', ' ').replace(/[A-Z]/gu, (capital) => ` ${capital.toLowerCase()}`)
    : String(typeof key === 'number' ? key + 1 : key);
}

function shownValue(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string'
    ? `“${value}”`
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
}
