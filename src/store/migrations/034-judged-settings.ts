import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/**
 * What of a client's profile activities are judged by, as it was from each instant on. A client whose profile was never
 * changed in this has no row: then what its profile says has always counted.
 */
export const migration: Migration = {
  name: '034-judged-settings',
  statements: [
    ...clientTable(
      'client_judged_settings',
      `client_id text not null references clients(id) on delete cascade, from_at timestamptz not null,
       value jsonb not null, primary key (client_id, from_at)`,
    ),
  ],
};
