import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/**
 * Links at which somebody without an account hands in files for one client until a day. Only the hash of the secret is
 * kept. The files wait in an import that is started when the first one comes.
 */
export const migration: Migration = {
  name: '060-upload-links',
  statements: clientTable(
    'upload_links',
    `client_id text not null references clients(id) on delete cascade, id text not null, token_hash text not null unique,
     label text not null, kinds jsonb not null, import_id text, files int not null default 0, bytes bigint not null default 0,
     expires_at timestamptz not null, made_by text not null, made_by_name text not null, made_at timestamptz not null,
     revoked_at timestamptz, revoked_by_name text, last_used_at timestamptz, primary key (client_id, id)`,
  ),
};
