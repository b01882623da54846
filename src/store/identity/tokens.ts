import type { Tx } from '../open.ts';

/** What a person's API tokens begin with, so that people and secret scanners know one when they see it. */
export const TOKEN_PREFIX = 'byl_';

/** What tokens begin with that let a program send a client's telemetry in, and nothing else. */
export const INGEST_PREFIX = 'byl_ingest_';

/** The value of `api_tokens.purpose` of such a token. It belongs to nobody, so it signs nobody in. */
export const INGEST_PURPOSE = 'ingest';

/** The value of `api_tokens.purpose` of a token that makes backups of the whole workspace, and does nothing else. */
export const BACKUP_PURPOSE = 'backup';

/** The values of `api_tokens.purpose` with which a token may change things; with any other it only reads. */
export const CHANGING_PURPOSES: readonly string[] = ['cli', 'automation'];

/** Notes that a token is in use. */
export async function markTokenUsed(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.updateTable('api_tokens').set({ last_used_at: now }).where('id', '=', id).execute();
}
