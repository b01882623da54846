import type { Migration } from '../migrate.ts';
import { clientTable, identityTable, keptTable } from './security.ts';

/**
 * Templates for many clients, which client follows which, and the catalogues that this server ran with. Versions of a
 * baseline and revisions of the catalogue are added and never changed: what was applied can always be read again.
 */
export const migration: Migration = {
  name: '008-baselines',
  statements: [
    ...identityTable(
      'baselines',
      `id text primary key, name text not null, shipped_id text, shipped_hash text, version int not null,
       created_at timestamptz not null, created_by text not null, created_by_name text not null,
       changed_at timestamptz not null, changed_by text not null, changed_by_name text not null,
       retired_at timestamptz, retired_reason text`,
    ),
    ...keptTable(
      'baseline_versions',
      `baseline_id text not null references baselines(id), version int not null, body text not null, note text,
       made_at timestamptz not null, made_by text not null, made_by_name text not null,
       primary key (baseline_id, version)`,
    ),
    ...clientTable(
      'client_baselines',
      `client_id text primary key references clients(id) on delete cascade, baseline_id text not null, baseline_version int not null,
       owner_address text, tasks jsonb not null, draft text, applied_at timestamptz not null, applied_by text not null,
       applied_by_name text not null`,
      ['create index client_baselines_baseline on client_baselines (baseline_id)'],
    ),
    ...clientTable(
      'baseline_differences',
      `client_id text not null references clients(id) on delete cascade, id text not null, baseline_id text not null,
       value_digest text not null, label text not null, reason text not null, decided_at timestamptz not null,
       decided_by text not null, decided_by_name text not null, primary key (client_id, baseline_id, id)`,
    ),
    ...keptTable(
      'catalogue_entries',
      `hash text primary key, kind text not null, entry text not null, title text not null, dated text, body jsonb not null`,
    ),
    ...keptTable(
      'catalogue_revisions',
      `number int primary key, digest text not null, stored_at timestamptz not null, bylaw_version text not null,
       guide text, entries jsonb not null`,
    ),
  ],
};
