/**
 * Why foreign input was not read.
 *
 * - refused: the input is invalid; the message says where.
 * - too_long, too_much_memory: the thread was terminated.
 * - too_large: the result is larger than any real input gives.
 * - busy: too many requests are waiting.
 * - failed: a bug in Bylaw.
 */
export type ForeignCode = 'refused' | 'too_long' | 'too_much_memory' | 'too_large' | 'busy' | 'failed';

/** Foreign input that was not read. The message is one sentence for a person. */
export class ForeignProblem extends Error {
  override readonly name = 'ForeignProblem';
  readonly code: ForeignCode;
  /** Line or row, and column, if known. Only with `refused`. */
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
