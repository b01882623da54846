/** A catalogue file that does not fit its schema: which file, which line, what is wrong. */
export interface CatalogueProblem {
  readonly file: string;
  readonly line: number | null;
  readonly says: string;
}

export class CatalogueError extends Error {
  override readonly name = 'CatalogueError';
  readonly problems: readonly CatalogueProblem[];

  constructor(problems: readonly CatalogueProblem[]) {
    super(problems.map((p) => `${p.file}${p.line === null ? '' : `:${p.line}`}: ${p.says}`).join('\n'));
    this.problems = problems;
  }
}
