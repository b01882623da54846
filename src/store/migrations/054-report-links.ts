import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/** Links at which a board without accounts reads one report until a day. Only the hash of the secret is kept. */
export const migration: Migration = {
  name: '054-report-links',
  statements: clientTable(
    'report_links',
    `client_id text not null references clients(id) on delete cascade, id text not null, report_id text not null,
     token_hash text not null unique, label text not null, expires_at timestamptz not null, made_by text not null,
     made_by_name text not null, made_at timestamptz not null, revoked_at timestamptz, revoked_by_name text,
     opened int not null default 0, last_opened_at timestamptz, primary key (client_id, id)`,
    ['create index report_links_report on report_links (client_id, report_id)'],
  ),
};
