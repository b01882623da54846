import type { Migration } from '../migrate.ts';

/** The incident for which text of an event is opened, and the kinds of data that an incident is about. */
export const migration: Migration = {
  name: '100-text-incidents',
  statements: [
    'alter table text_openings add column incident_id text',
    `alter table incidents add column data jsonb not null default '[]'`,
  ],
};
