import { ORPCError } from '@orpc/server';
import { badRequest, unprocessable } from '../problems.ts';
import { ForeignProblem } from './problem.ts';

interface Refusing {
  /** How the operation refuses what is not what it should be; left out: 400 with the sentence. */
  readonly refuse?: (problem: ForeignProblem) => Error;
}

/** Waits for what is read, and puts what is wrong with it into the answer of the operation. */
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

/** Refuses with the line that is wrong, and the column where it is known. */
export function atLine({ message, row, column }: ForeignProblem): Error {
  if (row === null || /^Line \d/.test(message)) return badRequest(message);
  return badRequest(`Line ${row}${column === null ? '' : `, column ${column}`}: ${message}`);
}
