import type { CompiledRules } from './compile.ts';
import { scan } from './scan.ts';

/** Characters of a text beside a seam that are searched again. */
const MAX_BESIDE = 80;
/** Texts of which the seams are searched; more are rows of a table. */
const MAX_TEXTS = 2_000;
/** In place of the middle of a long text. */
const LEFT_OUT = '\n\n';

/** Ids of rules that find something only where texts that follow each other are put together. */
export function acrossSeams(texts: readonly string[], rules: CompiledRules): ReadonlySet<string> {
  const found = new Set<string>();
  if (texts.length < 2) return found;
  // Together for a split value, and with a space for a word and the value after it.
  for (const between of ['', ' ']) {
    const parts: string[] = [];
    const seams: number[] = [];
    let length = 0;
    const add = (part: string) => {
      parts.push(part);
      length += part.length;
    };
    for (const [at, text] of texts.slice(0, MAX_TEXTS).entries()) {
      if (at > 0) {
        seams.push(length);
        add(between);
      }
      if (text.length <= 2 * MAX_BESIDE) add(text);
      else for (const part of [text.slice(0, MAX_BESIDE), LEFT_OUT, text.slice(-MAX_BESIDE)]) add(part);
    }
    for (const { rule, group, start, end, because } of scan(parts.join(''), rules).findings) {
      // Ids that follow each other make a number by chance.
      if (group !== 'credential' && because.near === null) continue;
      const begin = because.near === null ? start : start - MAX_BESIDE;
      if (seams.some((seam) => seam > begin && seam < end)) found.add(rule);
    }
  }
  return found;
}
