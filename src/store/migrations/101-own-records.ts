import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/**
 * Who is qualified to check texts of Claude for each use, the reviews that a client wants proof of, and the types of
 * incident that it defines itself.
 */
export const migration: Migration = {
  name: '101-own-records',
  statements: [
    ...clientTable(
      'output_reviewers',
      `client_id text not null references clients(id) on delete cascade, use text not null, people jsonb not null,
       changed_by text not null, changed_by_name text not null, changed_at timestamptz not null,
       version integer not null, primary key (client_id, use)`,
    ),
    ...clientTable(
      'output_reviews',
      `client_id text not null references clients(id) on delete cascade, id text not null, use text not null,
       title text not null, reviewer text not null, named boolean not null, reviewed_on text not null, note text,
       recorded_by text not null, recorded_by_name text not null, recorded_at timestamptz not null,
       primary key (client_id, id)`,
    ),
    ...clientTable(
      'incident_types',
      `client_id text not null references clients(id) on delete cascade, id text not null, value jsonb not null,
       made_by text not null, made_by_name text not null, made_at timestamptz not null, changed_by text not null,
       changed_by_name text not null, changed_at timestamptz not null, version integer not null,
       primary key (client_id, id)`,
    ),
  ],
};
