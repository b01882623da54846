import { StoreProblem } from '#store/engine/problems.ts';
import { roomFor } from '../foreign/index.ts';
import { memoryBesideServerMb } from '../memory.ts';
import type { DraftFile } from './find.ts';
import { makePreview } from './preview.ts';
import { ReaderStopped } from './reader.ts';

/** What a thread that reads takes before it has read anything, in megabytes. */
export const READER_MB = 60;

/** Of each byte of a file: the byte, its text in one or two more, and the values that are made of it. */
const BYTES_PER_BYTE = 4;

/** What reading the largest of some files takes, in megabytes. */
export function readerMb(files: readonly DraftFile[]): number {
  const largest = Math.max(0, ...files.map(({ bytes }) => bytes));
  return READER_MB + (BYTES_PER_BYTE * largest) / 1024 / 1024;
}

/** Longest that a reader waits for all that it may take, once there is what it takes at least. */
const MAX_WAIT_MS = 10_000;

/**
 * Waits for the memory that reading a file takes, while what decided before lets go of its own. Much of it is taken at
 * once, inside of one call that nothing ends, so it has to be free before. Throws ReaderStopped where there is not even
 * enough for the file itself.
 */
export async function roomForReader(file: DraftFile): Promise<void> {
  await roomFor(READER_MB + file.bytes / 1024 / 1024).catch(({ message }: Error) => {
    throw new ReaderStopped(message);
  });
  const all = Math.min(readerMb([file]), memoryBesideServerMb() - READER_MB);
  // A small container never has all of it; the heap's limit refuses there what does not fit.
  await roomFor(all, undefined, MAX_WAIT_MS).catch(() => undefined);
}

/** What deciding takes beside the rows that it is handed, in megabytes. */
const DECIDING_MB = 100;

/**
 * The preview, made a second time where the thread that decides was ended for memory: what a reader took goes back to
 * the system a moment after its end, and until then the newest thread pays for it.
 */
export async function previewWithRoom(
  ...given: Parameters<typeof makePreview>
): ReturnType<typeof makePreview> {
  try {
    return await makePreview(...given);
  } catch (error) {
    if (!(error instanceof StoreProblem) || error.code !== 'too_large') throw error;
    await roomFor(DECIDING_MB, undefined, MAX_WAIT_MS).catch(() => undefined);
    return makePreview(...given);
  }
}
