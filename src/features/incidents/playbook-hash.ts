import { createHash } from 'node:crypto';

/** SHA-256 of a playbook, used to detect that the catalogue's has changed since the incident was opened. */
export function playbookHash(playbook: unknown): string {
  return createHash('sha256').update(JSON.stringify(playbook)).digest('hex');
}
