import type { Migration } from '../migrate.ts';

/** A record of a recurring task says as which review it counts. */
export const migration: Migration = {
  name: '010-review-records',
  statements: ['alter table cadence_records add column counts_as text'],
};
