/**
 * Why foreign bytes were not read. refused: they are not what they should be, in a sentence with the place · too_long,
 * too_much_memory: the thread was ended · too_large: what was read is more than anyone writes · busy: others wait
 * already · failed: a mistake of Bylaw's own.
 */
export type ForeignCode = 'refused' | 'too_long' | 'too_much_memory' | 'too_large' | 'busy' | 'failed';

/** Foreign bytes that were not read. The message is one sentence for a person. */
export class ForeignProblem extends Error {
  override readonly name = 'ForeignProblem';
  readonly code: ForeignCode;
  /** Line or row, and column, where the bytes name one. Only with `refused`. */
  readonly row: number | null;
  readonly column: string | null;

  constructor(
    code: ForeignCode,
    message: string,
    where: { readonly row?: number | null; readonly column?: string | null } = {},
  ) {
    super(message);
    this.code = code;
    this.row = where.row ?? null;
    this.column = where.column ?? null;
  }
}
