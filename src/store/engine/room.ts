import { statfs } from 'node:fs/promises';

/** Less room than this and a write is refused, so that PostgreSQL's log never meets a full disk in its middle. */
const RESERVED_BYTES = 64 * 1024 * 1024;

export type FreeBytes = (directory: string) => Promise<number>;

/** True when the disk that holds `directory` has less than the reserve left. */
export async function isDiskFull(directory: string, free: FreeBytes = freeBytes): Promise<boolean> {
  // A file system that cannot tell how much is left is trusted: a write that fails is reported as it is.
  const left = await free(directory).catch(() => null);
  return left !== null && left < RESERVED_BYTES;
}

/** So much more than the reserve is not used up within {@link STILL_MS}. */
const AMPLE_BYTES = 1024 * 1024 * 1024;
const STILL_MS = 250;

/** {@link isDiskFull}, asked of the disk at most every quarter of a second as long as there is ample room. */
export function watchRoom(directory: string, free: FreeBytes = freeBytes): () => Promise<boolean> {
  let ampleUntil = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = performance.now();
    if (now < ampleUntil) return false;
    return isDiskFull(directory, async (place) => {
      const left = await free(place);
      if (left > RESERVED_BYTES + AMPLE_BYTES) ampleUntil = now + STILL_MS;
      return left;
    });
  };
}

async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}
