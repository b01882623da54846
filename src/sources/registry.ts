import { anthropic } from './anthropic/index.ts';
import type { Source } from './source.ts';

/** Every source that is read by key. Adding one: a folder with its factory, its catalogue entry, one line here. */
export const SOURCES: readonly Source[] = [anthropic];

/** The source and the kind of a key, by its form; null: nobody's. */
export function sourceOfKey(key: string) {
  for (const source of SOURCES) {
    const kind = source.recognize(key);
    if (kind !== null) return { source, kind };
  }
  return null;
}

export function sourceOf(id: string): Source | null {
  return SOURCES.find((source) => source.id === id) ?? null;
}
