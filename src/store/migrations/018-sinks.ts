import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/**
 * Where activities and alerts are handed on to. A sink reads the log by cursor, so the log is its queue. What changes
 * with every batch stands in tables of its own, whose names say that they belong to the stream (engine/written.ts).
 */
export const migration: Migration = {
  name: '018-sinks',
  statements: [
    ...clientTable(
      'sinks',
      `id text primary key, client_id text not null references clients(id) on delete cascade, kind text not null,
       name text not null, place text not null, hosts jsonb not null, settings jsonb not null, secrets_sealed text, filter jsonb not null, paused boolean not null,
       created_at timestamptz not null, created_by_name text not null, changed_at timestamptz not null,
       changed_by_name text not null, version int not null default 1`,
      ['create index sinks_client on sinks (client_id)'],
    ),
    ...clientTable(
      'activity_sink_states',
      `sink_id text primary key references sinks(id) on delete cascade,
       client_id text not null references clients(id) on delete cascade, lease_by text, lease_until timestamptz,
       state text not null, failures int not null default 0, retry_at timestamptz, tried_at timestamptz,
       accepted_at timestamptz, accepted_count bigint not null default 0, last_says text, failed_at timestamptz,
       failed_says text, failed_answer text`,
    ),
    ...clientTable(
      'activity_sink_cursors',
      `sink_id text not null references sinks(id) on delete cascade,
       client_id text not null references clients(id) on delete cascade, stream text not null, seq bigint not null,
       primary key (sink_id, stream)`,
    ),
    ...clientTable(
      'activity_dead_letters',
      `id text primary key, client_id text not null references clients(id) on delete cascade,
       sink_id text not null references sinks(id) on delete cascade, stream text not null, first_seq bigint not null,
       last_seq bigint not null, count int not null, unnamed int not null default 0, events jsonb not null,
       says text not null, answer text,
       state text not null, made_at timestamptz not null, edited_at timestamptz, edited_by_name text,
       settled_at timestamptz, settled_by_name text, settled_why text, version int not null default 1`,
      [
        'create unique index activity_dead_letters_once on activity_dead_letters (sink_id, stream, first_seq)',
        'create index activity_dead_letters_client on activity_dead_letters (client_id, state, made_at)',
      ],
    ),
  ],
};
