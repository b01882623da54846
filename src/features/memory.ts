import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { constrainedMemory } from 'node:process';

const MB = 1024 * 1024;

/** Megabytes available to this process: the container's limit if there is one, otherwise the machine's memory. */
export function usableMemoryMb(): number {
  const limit = constrainedMemory();
  return Math.floor((limit > 0 && limit < totalmem() ? limit : totalmem()) / MB);
}

/** Below this many megabytes, the server trades speed for memory. */
const TIGHT_MB = 900;

/** Whether memory is so short that each part of the server has to use less and run slower. */
export function isMemoryTight(): boolean {
  return usableMemoryMb() < TIGHT_MB;
}

/** Megabytes that the server and its embedded database take if memory is short. */
const SERVER_MB = 330;

/** Megabytes reserved for everything beside the server and its database. */
export function memoryBesideServerMb(): number {
  return Math.max(0, usableMemoryMb() - SERVER_MB);
}

/**
 * Heap limit for a thread in megabytes, at most `atMostMb`, so that a thread that runs out of memory does not end the
 * server: half of all memory or, if that is short, what the server leaves.
 */
export function shareOfMemory(atMostMb: number): number {
  const share = isMemoryTight() ? memoryBesideServerMb() : Math.floor(usableMemoryMb() / 2);
  return Math.max(128, Math.min(atMostMb, share));
}

/**
 * Megabytes that this process occupies and cannot give back. On Linux this excludes file-backed pages, which the
 * system reclaims when memory is short. Includes the embedded database and libraries' memory outside the heap.
 */
export function usedMemoryMb(): number {
  try {
    const status = readFileSync('/proc/self/status', 'utf8');
    const own = /^RssAnon:\s+(\d+)/m.exec(status)?.[1];
    if (own !== undefined) return Number(own) / 1024;
  } catch {
    // Not Linux.
  }
  return process.memoryUsage.rss() / MB;
}
