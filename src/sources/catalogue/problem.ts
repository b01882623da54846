import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { literal } from '#domain/text/literal.ts';

/** A problem in the catalogue: the file in its folder and, if one line shows it, the line. */
export interface CatalogueProblem {
  readonly file: string;
  readonly line: number | null;
  readonly says: string;
}

export class CatalogueError extends Error {
  override readonly name = 'CatalogueError';
  readonly problems: readonly CatalogueProblem[];

  constructor(problems: readonly CatalogueProblem[]) {
    super(problems.map((problem) => problemLine(problem)).join('\n'));
    this.problems = problems;
  }
}

/** A problem as a line of output. `within`: path to the catalogue's folder. */
export function problemLine({ file, line, says }: CatalogueProblem, within = ''): string {
  return `${join(within, file)}${line === null ? '' : `:${line}`}: ${says}`;
}

/** Number of the first line in a file that contains a text as whole words; null: no such line or file. */
export function lineWith(path: string, text: string): number | null {
  if (!existsSync(path)) return null;
  const words = new RegExp(`(?<![\\w.-])${literal(text)}(?![\\w-])`, 'u');
  const at = readFileSync(path, 'utf8')
    .split('\n')
    .findIndex((line) => words.test(line));
  return at < 0 ? null : at + 1;
}
