import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/** People who leave, with who removes their seat and the claim that it was removed. No verdict rests on any of it. */
export const migration: Migration = {
  name: '058-leavers',
  statements: clientTable(
    'leavers',
    `client_id text not null references clients(id) on delete cascade, id text not null, person_key text not null,
     name text not null, last_day text not null, owner_user text, owner_name text, owner_mail text, removed_on text,
     removed_by text, removed_by_name text, removed_at timestamptz, started_by text not null,
     started_by_name text not null, started_at timestamptz not null, version int not null default 1,
     primary key (client_id, id), unique (client_id, person_key)`,
  ),
};
