import { hash } from 'node:crypto';

/**
 * Stands for a client's rule and group in an index, where the three themselves would take more room than the match:
 * 48 bits of their SHA-256. Anyone who looks something up by it compares rule and group too.
 */
export function groupKey(clientId: string, rule: string, group: string): number {
  return Number.parseInt(hash('sha256', `${clientId}\n${rule}\n${group}`).slice(0, 12), 16);
}

/** Stands for a call in a client's rule and group, and at a place in its correlation: 128 bits of their SHA-256, as a UUID. */
export function callKey(clientId: string, rule: string, group: string, base: number, call: string): string {
  const hex = hash('sha256', `${clientId}\n${rule}\n${group}\n${base}\n${call}`);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
