import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/** Departments that want a connector, each with its own purpose and people; and wishes that are put off until a day. */
export const migration: Migration = {
  name: '123-request-departments',
  statements: [
    'alter table connector_requests add column deferred_until text',
    ...clientTable(
      'connector_request_departments',
      `client_id text not null, connector_request_id text not null, department text not null, people text not null,
       purpose text not null, asked_by_name text not null, asked_at timestamptz not null,
       primary key (client_id, connector_request_id, department),
       foreign key (client_id, connector_request_id) references connector_requests(client_id, id) on delete cascade`,
    ),
  ],
};
