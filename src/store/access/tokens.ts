import { randomUUID } from 'node:crypto';
import { hashSecret } from '../identity/secrets.ts';
import type { Tx } from '../open.ts';

export interface Token {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
  readonly person: { readonly id: string; readonly name: string; readonly email: string };
  /** The client that it is limited to. */
  readonly client: { readonly slug: string; readonly name: string } | null;
  readonly clientId: string | null;
  readonly prefix: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface NewToken {
  readonly name: string;
  readonly purpose: string;
  /** Owner; null: a machine's token, which belongs to its client only. */
  readonly userId: string | null;
  readonly createdBy: string;
  readonly clientId: string | null;
  readonly secret: string;
  readonly prefix: string;
  readonly expiresAt: Date | null;
  readonly now: Date;
}

export async function insertToken(tx: Tx, token: NewToken): Promise<string> {
  const id = randomUUID();
  await tx
    .insertInto('api_tokens')
    .values({
      id,
      name: token.name,
      purpose: token.purpose,
      user_id: token.userId,
      client_id: token.clientId,
      token_hash: hashSecret(token.secret),
      prefix: token.prefix,
      created_by: token.createdBy,
      created_at: token.now,
      expires_at: token.expiresAt,
    })
    .execute();
  return id;
}

/** Tokens of people, newest first; with `userId` only that person's. */
export async function listTokens(tx: Tx, userId: string | null): Promise<Token[]> {
  const rows = await tx
    .selectFrom('api_tokens')
    .innerJoin('users', 'users.id', 'api_tokens.user_id')
    .leftJoin('clients', 'clients.id', 'api_tokens.client_id')
    .selectAll('api_tokens')
    .select(['users.id as person_id', 'users.name as person_name', 'users.email as person_email'])
    .select(['clients.slug as client_slug', 'clients.name as client_name'])
    .$if(userId !== null, (query) => query.where('api_tokens.user_id', '=', userId))
    .orderBy('api_tokens.created_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    purpose: row.purpose,
    person: { id: row.person_id, name: row.person_name, email: row.person_email },
    client:
      row.client_slug === null || row.client_name === null
        ? null
        : { slug: row.client_slug, name: row.client_name },
    clientId: row.client_id,
    prefix: row.prefix,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  }));
}

/** Returns false if it was already revoked. */
export async function markTokenRevoked(tx: Tx, id: string, now: Date): Promise<boolean> {
  const row = await tx
    .updateTable('api_tokens')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
