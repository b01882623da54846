import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { constrainedMemory } from 'node:process';

const MB = 1024 * 1024;

/** Megabytes that this process may use: of its container where that has a limit, else of the machine. */
export function usableMemoryMb(): number {
  const limit = constrainedMemory();
  return Math.floor((limit > 0 && limit < totalmem() ? limit : totalmem()) / MB);
}

/** Below this many megabytes the server spares memory where that costs time. */
const TIGHT_MB = 900;

/** True where there is so little memory that each part of the server has to do with less, and takes longer. */
export function isMemoryTight(): boolean {
  return usableMemoryMb() < TIGHT_MB;
}

/** What the server itself and its embedded database take, in megabytes, where memory is tight. */
const SERVER_MB = 330;

/** Megabytes that are left for others beside the server and its database. */
export function memoryBesideServerMb(): number {
  return Math.max(0, usableMemoryMb() - SERVER_MB);
}

/**
 * Megabytes that a thread's heap may grow to, `atMostMb` at most, so that a thread that fills its share never takes the
 * server along: half of what there is, or, where memory is tight, what the server leaves.
 */
export function shareOfMemory(atMostMb: number): number {
  const share = isMemoryTight() ? memoryBesideServerMb() : Math.floor(usableMemoryMb() / 2);
  return Math.max(128, Math.min(atMostMb, share));
}

/**
 * Megabytes that this process holds for itself and cannot give back: on Linux without what it only reads from files,
 * which goes as soon as memory is short. The database's memory and what libraries take outside of any heap are in it.
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
