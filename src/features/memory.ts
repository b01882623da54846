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

/**
 * Megabytes that a thread's heap may grow to, `atMostMb` at most, so that a thread that fills its share never takes the
 * server along: half of what there is, or, where memory is tight, what the server leaves.
 */
export function shareOfMemory(atMostMb: number): number {
  const all = usableMemoryMb();
  const share = isMemoryTight() ? all - SERVER_MB : Math.floor(all / 2);
  return Math.max(128, Math.min(atMostMb, share));
}
