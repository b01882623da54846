import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

const owned = 'client_id text not null references clients(id) on delete cascade';

/**
 * What staff without an account do on the pages for them: reports, and links by which someone shows that a mailbox is
 * theirs, of which only hashes are kept; and who wants a connector that was asked for.
 */
export const migration: Migration = {
  name: '084-staff',
  statements: [
    ...clientTable(
      'staff_reports',
      `${owned}, id text not null, reference text not null, kind text not null, said text not null, happened text,
       contact text, address text, received_at timestamptz not null, closed_by text, closed_by_name text,
       closed_at timestamptz, closed_reason text, version int not null default 1, primary key (client_id, id),
       unique (client_id, reference)`,
      ['create index staff_reports_received on staff_reports (client_id, received_at)'],
    ),
    ...clientTable(
      'staff_links',
      `${owned}, id text not null, token_hash text not null unique, address text not null, browser_hash text not null,
       check_number text not null, wrong_tries int not null default 0, made_at timestamptz not null,
       expires_at timestamptz not null, primary key (client_id, id)`,
      ['create index staff_links_address on staff_links (client_id, address, made_at)'],
    ),
    ...clientTable(
      'connector_request_people',
      `client_id text not null, connector_request_id text not null, address text not null, name text not null,
       purpose text not null, asked_at timestamptz not null, primary key (client_id, connector_request_id, address),
       foreign key (client_id, connector_request_id) references connector_requests(client_id, id) on delete cascade`,
    ),
  ],
};
