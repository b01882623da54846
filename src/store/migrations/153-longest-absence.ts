import type { Migration } from '../migrate.ts';

/** How long the server was away at most between runs with a steady clock, so that regular absences are expected. */
export const migration: Migration = {
  name: '153-longest-absence',
  statements: ['alter table clock_seen add column away_seconds integer not null default 0'],
};
