import type { Migration } from '../migrate.ts';
import { clientTable, recordTable } from './security.ts';

/** Connectors that people ask for, with the review, the decision and its last day. Steps are only ever added. */
export const migration: Migration = {
  name: '013-requests',
  statements: [
    ...clientTable(
      'connector_requests',
      `client_id text not null references clients(id) on delete cascade, id text not null, entry text, name text not null,
       url text, purpose text not null, data jsonb not null, people text not null, writes text not null,
       wanted_until text not null, state text not null, answers jsonb not null, approvals jsonb not null, until_day text,
       reason text, charter_draft_id text, asked_by text not null, asked_by_name text not null,
       asked_at timestamptz not null, changed_by_name text not null, changed_at timestamptz not null,
       decided_by_name text, decided_at timestamptz, version int not null default 1, primary key (client_id, id)`,
      ['create index connector_requests_state on connector_requests (client_id, state)'],
    ),
    ...recordTable(
      'connector_request_steps',
      `client_id text not null, connector_request_id text not null, seq int not null, act text not null, note text,
       done_by text not null, done_by_name text not null, done_at timestamptz not null,
       primary key (client_id, connector_request_id, seq),
       foreign key (client_id, connector_request_id) references connector_requests(client_id, id) on delete cascade`,
    ),
  ],
};
