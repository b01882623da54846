import { statfs } from 'node:fs/promises';

/**
 * Minimum free disk space in bytes; below it, writes are refused, so that PostgreSQL never runs out of space while
 * writing its log.
 */
const RESERVED_BYTES = 64 * 1024 * 1024;

export type FreeBytes = (directory: string) => Promise<number>;

/** Whether the disk with `directory` has less free space than that. */
export async function isDiskFull(directory: string, free: FreeBytes = freeBytes): Promise<boolean> {
  // If the file system does not report free space, rely on the errors of failing writes.
  const left = await free(directory).catch(() => null);
  return left !== null && left < RESERVED_BYTES;
}

/** Free space beyond the reserve that cannot be used up within {@link AMPLE_FOR_MS}. */
const AMPLE_BYTES = 1024 * 1024 * 1024;
const AMPLE_FOR_MS = 250;

/** {@link isDiskFull}, checked at most every quarter of a second as long as there is plenty of space. */
export function watchRoom(directory: string, free: FreeBytes = freeBytes): () => Promise<boolean> {
  let ampleUntil = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = performance.now();
    if (now < ampleUntil) return false;
    return isDiskFull(directory, async (place) => {
      const left = await free(place);
      if (left > RESERVED_BYTES + AMPLE_BYTES) ampleUntil = now + AMPLE_FOR_MS;
      return left;
    });
  };
}

async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}
