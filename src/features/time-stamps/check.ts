import type { StampCheck, StampExpected } from '#domain/time-stamps/stamp.ts';
import { ForeignProblem, readForeign } from '../foreign/index.ts';

/**
 * Whether an authority's answer is a time stamp of a file. An answer that cannot be parsed within the limits is not.
 */
export async function checkStamp(answer: Uint8Array, expected: StampExpected): Promise<StampCheck> {
  try {
    return await readForeign('timeStamp', { answer, expected });
  } catch (error) {
    if (error instanceof ForeignProblem) return { proved: false, problem: 'unreadable' };
    throw error;
  }
}

/** Whether a PEM text contains certificates and all of them can be parsed. */
export async function canReadCertificates(pem: string): Promise<boolean> {
  try {
    return await readForeign('certificates', { pem });
  } catch (error) {
    if (error instanceof ForeignProblem) return false;
    throw error;
  }
}
