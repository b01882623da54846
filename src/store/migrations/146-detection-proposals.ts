import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/** A change that lets a detection find less, until someone who had no part in it approves it; one of a rule at a time. */
export const migration: Migration = {
  name: '146-detection-proposals',
  statements: [
    ...clientTable(
      'detection_proposals',
      `client_id text not null references clients(id) on delete cascade, rule text not null, id text not null,
       is_on boolean, number double precision, history integer, reason text not null,
       proposed_by text not null, proposed_by_name text not null, proposed_at timestamptz not null,
       version integer not null, primary key (client_id, rule)`,
    ),
    'alter table detection_settings add column approved_by_name text',
  ],
};
