import { INGEST_PURPOSE } from '../identity/tokens.ts';
import type { Tx } from '../open.ts';

/** A token to send a client's telemetry with. */
export interface IngestToken {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly createdAt: Date;
  /** null: the person no longer exists. */
  readonly createdBy: string | null;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** A client's telemetry tokens, newest first. Requires the system scope, like all tokens. */
export async function ingestTokens(tx: Tx, clientId: string): Promise<IngestToken[]> {
  const rows = await tx
    .selectFrom('api_tokens')
    .leftJoin('users', 'users.id', 'api_tokens.created_by')
    .selectAll('api_tokens')
    .select('users.name as maker')
    .where('api_tokens.purpose', '=', INGEST_PURPOSE)
    .where('api_tokens.client_id', '=', clientId)
    .orderBy('api_tokens.created_at', 'desc')
    .orderBy('api_tokens.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    createdAt: row.created_at,
    createdBy: row.maker,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  }));
}

export interface OpenToken {
  readonly id: string;
  readonly clientId: string;
  readonly hash: string;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** Telemetry tokens of all clients that are not revoked. */
export async function openIngestTokens(tx: Tx): Promise<OpenToken[]> {
  const rows = await tx
    .selectFrom('api_tokens')
    .select(['id', 'client_id', 'token_hash', 'expires_at', 'last_used_at'])
    .where('purpose', '=', INGEST_PURPOSE)
    .where('revoked_at', 'is', null)
    .execute();
  return rows.flatMap((row) =>
    row.client_id === null
      ? []
      : [
          {
            id: row.id,
            clientId: row.client_id,
            hash: row.token_hash,
            expiresAt: row.expires_at,
            lastUsedAt: row.last_used_at,
          },
        ],
  );
}
