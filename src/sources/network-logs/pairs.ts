import { textOrNull } from './hit.ts';

/** Comma-separated pairs, as FortiGate and FortiAnalyzer write them to CSV: `date=…,time=…` or `"date=…","time=…"`. */
const BY_COMMAS = /^(?:<\d{1,3}>)?"?[a-z]{1,30}=(?:"[^"]{0,200}"|[^\s,"]{0,200})"?,"?[a-z]{1,30}=/i;

/**
 * Parses `key=value` pairs. In tab-separated lines a value is the rest of the part, otherwise a word or quoted text.
 */
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
  const found = BY_COMMAS.test(line)
    ? line.matchAll(/(?:^|[,">])([A-Za-z][\w.-]{0,60})=(?:"((?:[^"\\]|\\.)*)"|([^,"]*))/g)
    : line.matchAll(/([A-Za-z][\w.-]{0,60})=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))/g);
  for (const [, key = '', quoted, bare] of found) pairs.set(key.toLowerCase(), quoted ?? bare ?? '');
  return pairs;
}

/** The first of these keys with a value. */
export function first(pairs: ReadonlyMap<string, string>, ...keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = textOrNull(pairs.get(key));
    if (value !== null) return value;
  }
  return null;
}
