import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/** Every mail that brought somebody who joins the page of approved connectors, with the charter that it was made from. */
export const migration: Migration = {
  name: '132-connector-mails',
  statements: clientTable(
    'connector_mails',
    `client_id text not null references clients(id) on delete cascade, id text not null, journey_id text not null,
     address text not null, charter int not null, by_name text not null, begun_at timestamptz not null,
     ended_at timestamptz, state text not null, failure text, primary key (client_id, id)`,
    ['create index connector_mails_journey on connector_mails (client_id, journey_id, begun_at)'],
  ),
};
