import { StoreProblem } from '#store/engine/problems.ts';
import { roomFor } from '../foreign/index.ts';
import { memoryBesideServerMb } from '../memory.ts';
import type { DraftFile } from './find.ts';
import { makePreview } from './preview.ts';
import { ReaderStopped } from './reader.ts';

/** Megabytes that a reading thread needs before it has read anything. */
export const READER_MB = 60;

/** Megabytes per byte of a file: the byte itself, its text in one or two copies, and the values parsed from it. */
const BYTES_PER_BYTE = 4;

/** Megabytes needed to read the largest of some files. */
export function readerMb(files: readonly DraftFile[]): number {
  const largest = Math.max(0, ...files.map(({ bytes }) => bytes));
  return READER_MB + (BYTES_PER_BYTE * largest) / 1024 / 1024;
}

/** Maximum wait for the full amount of memory if the minimum is available. */
const MAX_WAIT_MS = 10_000;

/**
 * Waits until the memory to read a file is free, while earlier decisions release theirs. Much of it is allocated
 * within a single call that cannot be interrupted, so it has to be free beforehand. Throws ReaderStopped if there is
 * not even enough for the file itself.
 */
export async function roomForReader(file: DraftFile): Promise<void> {
  await roomFor(READER_MB + file.bytes / 1024 / 1024).catch(({ message }: Error) => {
    throw new ReaderStopped(message);
  });
  const all = Math.min(readerMb([file]), memoryBesideServerMb() - READER_MB);
  // A small container never has all of it; the heap limit then stops the thread if necessary.
  await roomFor(all, undefined, MAX_WAIT_MS).catch(() => undefined);
}

/** Megabytes that deciding needs beyond the rows it is passed. */
const DECIDING_MB = 100;

/**
 * Makes the preview, and retries once if the deciding thread ran out of memory: a reader's memory is returned to the
 * system only a moment after it ends, and until then it counts against the newest thread.
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
