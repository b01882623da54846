import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/** Where a client's proxies ask about requests to Claude (ICAP). */
export const migration: Migration = {
  name: '126-icap-services',
  statements: clientTable(
    'icap_services',
    `client_id text primary key references clients(id) on delete cascade, path text not null unique,
     mode text not null, help_url text, version int not null, changed_at timestamptz not null,
     changed_by text not null, changed_by_name text not null`,
  ),
};
