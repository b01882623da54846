import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/**
 * Where the reading of a stream stood when its connection went, and of which organisations it was, so that a key of the
 * same ones goes on from there.
 */
export const migration: Migration = {
  name: '024-source-places',
  statements: [
    ...clientTable(
      'source_places',
      `client_id text not null references clients(id) on delete cascade, vendor text not null, key_kind text not null,
       stream text not null, place jsonb not null, organisations jsonb not null, left_at timestamptz not null,
       primary key (client_id, vendor, key_kind, stream)`,
    ),
  ],
};
