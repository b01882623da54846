import type { StampCheck, StampExpected } from '#domain/time-stamps/stamp.ts';
import { ForeignProblem, readForeign } from '../foreign/index.ts';

/** Whether an answer of an authority is a time stamp of a file. What cannot be read within bounds is none. */
export async function checkStamp(answer: Uint8Array, expected: StampExpected): Promise<StampCheck> {
  try {
    return await readForeign('timeStamp', { answer, expected });
  } catch (error) {
    if (error instanceof ForeignProblem) return { proved: false, problem: 'unreadable' };
    throw error;
  }
}

/** Whether a PEM text holds certificates, and each can be read. */
export async function canReadCertificates(pem: string): Promise<boolean> {
  try {
    return await readForeign('certificates', { pem });
  } catch (error) {
    if (error instanceof ForeignProblem) return false;
    throw error;
  }
}
