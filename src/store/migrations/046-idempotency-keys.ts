import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/**
 * Requests that came with an `Idempotency-Key`, with what was answered, for a day. A row without a client is of an
 * operation of the workspace. `changed` is set in the transaction of the change itself: without it nothing was done.
 */
export const migration: Migration = {
  name: '046-idempotency-keys',
  statements: clientTable(
    'idempotency_keys',
    `id text primary key,
     user_id text not null,
     client_id text references clients on delete cascade,
     request_hash text not null,
     changed boolean not null default false,
     reply_sealed text,
     begun_at timestamptz not null,
     expires_at timestamptz not null`,
    [
      'create index idempotency_keys_of on idempotency_keys (user_id, client_id)',
      'create index idempotency_keys_expiry on idempotency_keys (expires_at)',
    ],
  ),
};
