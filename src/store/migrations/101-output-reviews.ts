import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/** Who is qualified to check texts of Claude for each use, and the reviews that a client wants proof of. */
export const migration: Migration = {
  name: '101-output-reviews',
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
  ],
};
