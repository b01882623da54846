import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/** A change of a setting that lets less be found, until someone who had no part in it approves it; one of a setting at a time. */
export const migration: Migration = {
  name: '148-watch-proposals',
  statements: clientTable(
    'watch_proposals',
    `client_id text not null references clients(id) on delete cascade, setting text not null, id text not null,
     value jsonb not null, proposed_by text not null, proposed_by_name text not null, proposed_at timestamptz not null,
     version integer not null, primary key (client_id, setting)`,
  ),
};
