import { hash } from 'node:crypto';

/**
 * Index key for a client's detection and group, smaller than the three values: 48 bits of their SHA-256. It may
 * collide, so lookups must also compare detection and group.
 */
export function groupKey(clientId: string, detection: string, group: string): number {
  return Number.parseInt(hash('sha256', `${clientId}\n${detection}\n${group}`).slice(0, 12), 16);
}

/**
 * Key for a call within a client's detection, group and index in the correlation: 128 bits of the SHA-256, formatted as
 * a UUID.
 */
export function callKey(
  clientId: string,
  detection: string,
  group: string,
  base: number,
  call: string,
): string {
  const hex = hash('sha256', `${clientId}\n${detection}\n${group}\n${base}\n${call}`);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
