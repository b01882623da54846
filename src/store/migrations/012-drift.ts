import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/**
 * What was decided on a departure from the charter, and what a later reading proved. At most one decision on a
 * departure is open; what is over stays.
 */
export const migration: Migration = {
  name: '012-drift',
  statements: [
    ...clientTable(
      'drift_decisions',
      `client_id text not null references clients(id) on delete cascade, id text not null, deviation text not null,
     label text not null, urgency text not null, decision text not null, reason text not null, until_day text,
     seen text not null, width int not null, charter_version int, exceptions jsonb not null,
     charter_draft_id text, state text not null, decided_by text not null, decided_by_name text not null,
     decided_at timestamptz not null, ended_by text, ended_by_name text, ended_at timestamptz, ended_reason text,
     proof jsonb, version int not null default 1, primary key (client_id, id)`,
      [
        "create unique index drift_decisions_open on drift_decisions (client_id, deviation) where state = 'open'",
        'create index drift_decisions_state on drift_decisions (client_id, state)',
      ],
    ),
    // By item, how wide an exception lets it be: what goes further is not covered.
    'alter table exceptions add column at_most jsonb',
  ],
};
