import type { Migration } from '../migrate.ts';
import { clientTable, workspaceTable } from './security.ts';

const owned = 'client_id text not null references clients(id) on delete cascade';

/** What a deployment keeps beside its decisions: menu paths that changed, the TXT records to expect, looks at DNS. */
export const migration: Migration = {
  name: '009-deployment-watch',
  statements: [
    ...workspaceTable(
      'path_reports',
      `id text primary key, path text not null, checked text, saw text not null, reported_by text not null,
       reported_by_name text not null, reported_at timestamptz not null, reported_on text not null,
       state text not null default 'open' check (state in ('open', 'corrected', 'dismissed')), corrected text,
       note text, resolved_by text, resolved_by_name text, resolved_at timestamptz, resolved_on text,
       version int not null default 1`,
      ['create index path_reports_path on path_reports (path)'],
    ),
    ...clientTable(
      'expected_records',
      `${owned}, domain text not null, value text not null, set_by text not null, set_by_name text not null,
       set_at timestamptz not null, primary key (client_id, domain)`,
    ),
    ...clientTable(
      'dns_looks',
      `client_id text primary key references clients(id) on delete cascade, looked_at timestamptz not null,
       finding text not null, stored_at timestamptz`,
    ),
  ],
};
