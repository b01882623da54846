import { sql } from 'kysely';
import type { Grant } from '#domain/access/permissions.ts';
import { latestCreation } from '../clock.ts';
import type { Tx } from '../open.ts';
import { SESSION_IDLE } from './sessions.ts';
import { grantFrom } from './users.ts';

/** The person behind a session or token, with their grants. Read with one query, because every request needs it. */
export interface Holder {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly grants: readonly Grant[];
  /** Id of the session or token. */
  readonly id: string;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
  /** Tokens only. */
  readonly purpose: string | null;
  readonly clientId: string | null;
  /** Whether signing in requires more than a password: an authenticator app, a passkey or an identity provider. */
  readonly secondFactor: boolean;
  /** Settings of the workspace, as stored; null: none yet. */
  readonly settings: unknown;
}

interface Row {
  user_id: string;
  name: string;
  email: string;
  grants: { client_id: string | null; effect: string; role: string | null; permission: string | null }[];
  id: string;
  last_used_at: Date | string | null;
  expires_at: Date | string | null;
  purpose: string | null;
  client_id: string | null;
  second_factor: boolean;
  settings: unknown;
}

const GRANTS = sql`coalesce((select json_agg(json_build_object('client_id', g.client_id, 'effect', g.effect,
  'role', g.role, 'permission', g.permission)) from grants g where g.user_id = u.id), '[]'::json)`;

const SECOND_FACTOR = sql`(u.totp_sealed is not null or u.password is null
  or exists (select 1 from passkeys p where p.user_id = u.id))`;
const SETTINGS = sql`(select w.settings from workspace w limit 1)`;

/** Holder of a session that is valid at `now`. */
export async function holderOfSession(tx: Tx, tokenHash: string, now: Date): Promise<Holder | null> {
  const idleSince = new Date(now.getTime() - SESSION_IDLE);
  const { rows } = await sql<Row>`
    select u.id as user_id, u.name, u.email, ${GRANTS} as grants, s.id, s.last_seen_at as last_used_at,
      s.expires_at, null as purpose, null as client_id, ${SETTINGS} as settings,
      (${SECOND_FACTOR} or s.method = 'oidc') as second_factor
    from sessions s join users u on u.id = s.user_id
    where s.token_hash = ${tokenHash} and s.expires_at > ${now} and s.last_seen_at > ${idleSince}
      and s.created_at <= ${latestCreation(now)}
      and u.disabled_at is null`.execute(tx);
  return holderFrom(rows[0]);
}

/** Holder of a token that is valid at `now`. */
export async function holderOfToken(tx: Tx, tokenHash: string, now: Date): Promise<Holder | null> {
  const { rows } = await sql<Row>`
    select u.id as user_id, u.name, u.email, ${GRANTS} as grants, t.id, t.last_used_at, t.expires_at, t.purpose,
      t.client_id, ${SETTINGS} as settings, ${SECOND_FACTOR} as second_factor
    from api_tokens t join users u on u.id = t.user_id
    where t.token_hash = ${tokenHash} and t.revoked_at is null and (t.expires_at is null or t.expires_at > ${now})
      and t.created_at <= ${latestCreation(now)}
      and u.disabled_at is null`.execute(tx);
  return holderFrom(rows[0]);
}

function holderFrom(row: Row | undefined): Holder | null {
  if (row === undefined) return null;
  return {
    userId: row.user_id,
    name: row.name,
    email: row.email,
    grants: row.grants.map(grantFrom),
    id: row.id,
    lastUsedAt: row.last_used_at === null ? null : new Date(row.last_used_at),
    expiresAt: row.expires_at === null ? null : new Date(row.expires_at),
    purpose: row.purpose,
    clientId: row.client_id,
    secondFactor: row.second_factor,
    settings: row.settings,
  };
}
