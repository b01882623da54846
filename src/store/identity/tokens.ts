import type { Tx } from '../open.ts';

/** Prefix of a person's API tokens, by which people and secret scanners recognize them. */
export const TOKEN_PREFIX = 'byl_';

/** Prefix of tokens that can only send a client's telemetry. */
export const INGEST_PREFIX = 'byl_ingest_';

/** `api_tokens.purpose` of such a token. It belongs to no person, so it cannot sign anyone in. */
export const INGEST_PURPOSE = 'ingest';

/** `api_tokens.purpose` of a token that can only make backups of the whole workspace. */
export const BACKUP_PURPOSE = 'backup';

/** Values of `api_tokens.purpose` that allow changes; tokens of any other purpose are read-only. */
export const CHANGING_PURPOSES: readonly string[] = ['cli', 'automation'];

/** Records that a token is in use. */
export async function markTokenUsed(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.updateTable('api_tokens').set({ last_used_at: now }).where('id', '=', id).execute();
}
