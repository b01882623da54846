import type { Migration } from '../migrate.ts';
import { clientTable, identityTable } from './security.ts';

const owned = 'client_id text not null references clients(id) on delete cascade';

/**
 * Connections to vendors whose systems are read by program, where the reading of each stands, which time is complete,
 * and how many requests were taken of each vendor's limit. What is written with every look begins with `activity_`.
 */
export const migration: Migration = {
  name: '016-sources',
  statements: [
    ...clientTable(
      'source_connections',
      `${owned}, id text not null, vendor text not null, key_kind text not null, key_sealed text, key_hint text not null,
       scopes jsonb not null, organisations jsonb not null, parent text not null, state text not null, problem text,
       recording text not null, recording_at timestamptz, tested_at timestamptz not null, connected_by_name text not null,
       connected_at timestamptz not null, version int not null default 1, primary key (client_id, id),
       unique (client_id, vendor, key_kind)`,
    ),
    ...clientTable(
      'activity_source_streams',
      `${owned}, source_connection_id text not null, stream text not null, position int not null, place jsonb, state text not null, says text,
       next_at timestamptz not null, claim text, claimed_until timestamptz, read_at timestamptz, brought bigint not null default 0,
       failures int not null default 0, primary key (client_id, source_connection_id, stream),
       foreign key (client_id, source_connection_id) references source_connections (client_id, id) on delete cascade`,
      ['create index activity_source_streams_due on activity_source_streams (next_at)'],
    ),
    ...clientTable(
      'activity_source_spans',
      `${owned}, source text not null, from_at timestamptz not null, to_at timestamptz not null, gap text,
       mendable boolean not null, primary key (client_id, source, from_at)`,
    ),
    ...identityTable(
      'activity_source_budgets',
      'parent text not null, minute timestamptz not null, used int not null, primary key (parent, minute)',
    ),
  ],
};
