import type { Migration } from '../migrate.ts';
import { clientTable, workspaceTable } from './security.ts';

const owned = 'client_id text not null references clients(id) on delete cascade';

/**
 * What Bylaw knows of what is missing of telemetry: the numbers of each session that came, as ranges, with how far the
 * log was gone through for them, and when a server was there to take anything in.
 */
export const migration: Migration = {
  name: '033-telemetry-ledger',
  statements: [
    ...clientTable(
      'activity_sequences',
      `${owned}, session text not null, ranges jsonb not null, holes int not null, first_at timestamptz not null,
       last_at timestamptz not null, primary key (client_id, session)`,
      ['create index activity_sequences_holes on activity_sequences (client_id, last_at) where holes > 0'],
    ),
    ...clientTable('activity_sequence_reads', `${owned}, seq bigint not null, primary key (client_id)`),
    ...workspaceTable(
      'server_runs',
      'id text primary key, from_at timestamptz not null, to_at timestamptz not null',
    ),
  ],
};
