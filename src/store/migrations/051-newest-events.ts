import type { Migration } from '../migrate.ts';

/** When the newest event that a stream brought happened: the log tells by its own sources only, which streams share. */
export const migration: Migration = {
  name: '051-newest-events',
  statements: ['alter table activity_source_streams add column newest_at timestamptz'],
};
