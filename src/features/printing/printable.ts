import { breakablePieces } from '#domain/text/breakable.ts';
import { codeOf, visible } from '#domain/text/unsafe-text.ts';
import { unprintable } from './compiler.ts';

/** Keys whose text must be unchanged: it is copied, followed or a name. */
const EXACT = new Set(['command', 'url', 'to', 'area', 'icon', 'short', 'code', 'color', 'sha256']);

/** Makes every string printable: invisible and unprintable characters are shown by code, and long words can break. */
export function printableView<T>(view: T): T {
  const unusual = new Set<string>();
  walk(view, (text) => {
    for (const character of visible(text)) if (character > '~') unusual.add(character);
    return text;
  });
  const holes = unprintable(unusual);
  return walk(view, (text, key) => {
    const whole = [...visible(text)]
      .map((character) => (holes.has(character) ? `[${codeOf(character)}]` : character))
      .join('');
    return EXACT.has(key) ? whole : breakable(whole);
  }) as T;
}

function walk(value: unknown, change: (text: string, key: string) => string, key = ''): unknown {
  if (typeof value === 'string') return change(value, key);
  if (Array.isArray(value)) return value.map((one) => walk(one, change, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, change, name)]));
}

/** Inserts break opportunities into words that are longer than a narrow column. */
export function breakable(text: string): string {
  return breakablePieces(text).join('\u200b');
}
