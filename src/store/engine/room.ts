import { statfs } from 'node:fs/promises';
import { StorageFull } from './problems.ts';

/** Less room than this and a write is refused, so that PostgreSQL's log never meets a full disk in its middle. */
export const RESERVED_BYTES = 64 * 1024 * 1024;

export type FreeBytes = (directory: string) => Promise<number>;

/** Throws {@link StorageFull} when the disk that holds `directory` has less than the reserve left. */
export async function requireRoom(directory: string, free: FreeBytes = freeBytes): Promise<void> {
  // A file system that cannot tell how much is left is trusted: a write that fails is reported as it is.
  const left = await free(directory).catch(() => null);
  if (left !== null && left < RESERVED_BYTES) throw new StorageFull(directory);
}

async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}
