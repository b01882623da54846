import type { Migration } from '../migrate.ts';
import { workspaceTable } from './security.ts';

/** Facts of the catalogue that were verified again, of the workspace; and who went through a weekly usage file. */
export const migration: Migration = {
  name: '102-pages',
  statements: [
    ...workspaceTable(
      'fact_renewals',
      `id text primary key, capability text not null, checked_on text not null,
       outcome text not null check (outcome in ('same', 'differs')), note text,
       renewed_by text not null, renewed_by_name text not null, renewed_at timestamptz not null`,
      ['create index fact_renewals_capability on fact_renewals (capability)'],
    ),
    `alter table usage_files add column reviewed_at timestamptz, add column reviewed_by text,
       add column reviewed_by_name text, add column review_note text`,
  ],
};
