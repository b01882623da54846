import { ORPCError } from '@orpc/server';
import { badRequest, unprocessable } from '../problems.ts';
import { ForeignProblem } from './problem.ts';

interface Refusing {
  /** The error for refused input. Left out: 400 with the sentence. */
  readonly refuse?: (problem: ForeignProblem) => Error;
}

/** Awaits a reading and maps its problem to an error of the operation. */
export async function refusing<T>(reading: Promise<T>, { refuse }: Refusing = {}): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof ForeignProblem) || error.code === 'failed') throw error;
    if (error.code === 'busy') throw new ORPCError('UNAVAILABLE', { status: 503, message: error.message });
    if (error.code === 'refused') throw refuse?.(error) ?? badRequest(error.message);
    throw unprocessable(error.message);
  }
}

/** An error that names the line and, if known, the column. */
export function atLine({ message, row, column }: ForeignProblem): Error {
  if (row === null || /^Line \d/.test(message)) return badRequest(message);
  return badRequest(`Line ${row}${column === null ? '' : `, column ${column}`}: ${message}`);
}
