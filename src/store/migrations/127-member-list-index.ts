import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/** The index of a client's own member list: hashes that say nothing without the key, which is sealed. */
export const migration: Migration = {
  name: '127-member-list-index',
  statements: clientTable(
    'member_list_indexes',
    `client_id text primary key references clients(id) on delete cascade, key_sealed text not null,
     hashes text not null, counts jsonb not null, version int not null, changed_at timestamptz not null,
     changed_by text not null, changed_by_name text not null`,
  ),
};
