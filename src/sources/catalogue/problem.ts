import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { literal } from '#domain/text/literal.ts';

/** What is wrong with the catalogue: in which file of its folder and, where one line shows it, which. */
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

/** A problem as a line of output, its file as it is found from the folder that holds the catalogue's as `within`. */
export function problemLine({ file, line, says }: CatalogueProblem, within = ''): string {
  return `${join(within, file)}${line === null ? '' : `:${line}`}: ${says}`;
}

/** Number of the first line of a file that has a text as whole words; null: none has, or there is no such file. */
export function lineWith(path: string, text: string): number | null {
  if (!existsSync(path)) return null;
  const words = new RegExp(`(?<![\\w.-])${literal(text)}(?![\\w-])`, 'u');
  const at = readFileSync(path, 'utf8')
    .split('\n')
    .findIndex((line) => words.test(line));
  return at < 0 ? null : at + 1;
}
