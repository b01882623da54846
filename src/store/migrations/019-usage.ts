import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/**
 * What is counted of the activity log, kept in the transaction that adds to it (store/usage/roll-up.ts says which
 * questions it answers), the weekly usage file, and legal holds. Rows are updated in place far more often than they are
 * added, so pages are left with room.
 */
export const migration: Migration = {
  name: '019-usage',
  statements: [
    ...clientTable(
      'activity_rollups',
      `client_id text not null references clients(id) on delete cascade, slice text collate "C" not null,
       start text collate "C" not null, key uuid not null, source text, surface text, category text, person text,
       connector text, tool text, effect text, outcome text, model text, events bigint not null,
       messages bigint not null, tool_calls bigint not null, uses bigint not null, first_at timestamptz not null,
       last_at timestamptz not null, input_tokens bigint not null, input_tokens_stated bigint not null,
       output_tokens bigint not null, output_tokens_stated bigint not null, cache_read_tokens bigint not null,
       cache_read_tokens_stated bigint not null, cache_creation_tokens bigint not null,
       cache_creation_tokens_stated bigint not null, cost_micros bigint not null, cost_micros_stated bigint not null,
       duration_ms bigint not null, duration_ms_stated bigint not null, size bigint not null,
       size_stated bigint not null, primary key (client_id, slice, start, key)`,
      [
        'alter table activity_rollups set (fillfactor = 70)',
        // Who used one connector is asked of one connector at a time.
        `create index activity_rollups_connector on activity_rollups (client_id, connector, start)
           where slice = 'person_connector_week'`,
      ],
    ),
    ...clientTable(
      'activity_rollup_states',
      `client_id text not null references clients(id) on delete cascade, zone text not null, log_from timestamptz,
       primary key (client_id)`,
    ),
    ...clientTable(
      'usage_files',
      `client_id text not null references clients(id) on delete cascade, week text not null,
       made_at timestamptz not null, name text not null, xlsx text not null, csv text not null, summary jsonb not null,
       deliveries jsonb not null, primary key (client_id, week)`,
    ),
    ...clientTable(
      'legal_holds',
      `client_id text not null references clients(id) on delete cascade, id text not null, person text,
       reason text not null, owner text not null, until_day text, placed_at timestamptz not null,
       placed_by text not null, lifted_at timestamptz, lifted_by text, lift_reason text, primary key (client_id, id)`,
    ),
  ],
};
