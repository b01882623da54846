import { createHash } from 'node:crypto';

/** SHA-256 of a playbook, by which an incident knows whether the catalogue has another one by now. */
export function playbookHash(playbook: unknown): string {
  return createHash('sha256').update(JSON.stringify(playbook)).digest('hex');
}
