import { said } from './hit.ts';

/** `key=value` pairs: of tab-separated lines the whole part, else words and quoted texts. */
export function pairsOf(line: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  if (line.includes('\t')) {
    for (const part of line.split('\t')) {
      const at = part.indexOf('=');
      if (at > 0)
        pairs.set(
          part.slice(0, at).split(' ').at(-1)?.toLowerCase() ?? '',
          part.slice(at + 1).replace(/^"|"$/g, ''),
        );
    }
    return pairs;
  }
  for (const [, key = '', quoted, bare] of line.matchAll(
    /([A-Za-z][\w.-]{0,60})=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))/g,
  ))
    pairs.set(key.toLowerCase(), quoted ?? bare ?? '');
  return pairs;
}

/** The first of these keys that says something. */
export function first(pairs: ReadonlyMap<string, string>, ...keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = said(pairs.get(key));
    if (value !== null) return value;
  }
  return null;
}
