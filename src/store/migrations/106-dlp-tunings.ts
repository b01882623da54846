import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/** What a client changes of the rules of data loss prevention. */
export const migration: Migration = {
  name: '106-dlp-tunings',
  statements: clientTable(
    'dlp_tunings',
    `client_id text primary key references clients(id) on delete cascade, value jsonb not null,
     version int not null, changed_at timestamptz not null, changed_by text not null, changed_by_name text not null`,
  ),
};
