import type { YamlText } from '#sources/exports/documents/yaml.ts';
import { readForeign, refusing } from '../foreign/index.ts';
import { badRequest } from '../problems.ts';
import { problemWords } from './compare.ts';

/** Cache limit in characters of text; the least recently used are evicted first. */
const MAX_KEPT = 1_000_000;

const kept = new Map<string, YamlText>();

/**
 * Parses the text of a baseline in the thread for foreign text, so that a costly baseline does not block everyone who
 * opens the list. Errors are worded for the operation.
 */
export async function parsedText(text: string): Promise<YamlText> {
  const known = kept.get(text);
  if (known !== undefined) {
    kept.delete(text);
    kept.set(text, known);
    return known;
  }
  const { spelt, ...read } = await refusing(readForeign('baseline', { text }), {
    refuse: (problem) => badRequest(problemWords(problem)),
  });
  const yaml = { ...read, spelt: new Map(spelt) };
  kept.set(text, yaml);
  let characters = 0;
  for (const one of kept.keys()) characters += one.length;
  for (const one of kept.keys()) {
    if (characters <= MAX_KEPT) break;
    kept.delete(one);
    characters -= one.length;
  }
  return yaml;
}
