import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/** Who asked to open the text of an event, and what the two people said who have to agree, each for themselves. */
export const migration: Migration = {
  name: '039-text-openings',
  statements: [
    ...clientTable(
      'text_openings',
      `client_id text not null references clients(id) on delete cascade, id text not null, seq bigint not null,
       reason text not null, asked_by text not null, asked_by_name text not null, asked_at timestamptz not null,
       answers jsonb not null, version int not null default 1, primary key (client_id, id)`,
    ),
  ],
};
