import type { Migration } from '../migrate.ts';

/** Files that a person gave to Claude on a day, and their bytes. Of days before this nobody counted them: null. */
export const migration: Migration = {
  name: '124-uploads-per-day',
  statements: ['alter table activity_person_days add column uploads int, add column upload_bytes bigint'],
};
