import type { Migration } from '../migrate.ts';

/**
 * Counts of person-days by source and surface, so that a day of which two sources tell is not counted twice. What was
 * counted before keeps both empty: nobody knows any more which source told it.
 */
export const migration: Migration = {
  name: '031-person-days-by-source',
  statements: [
    `alter table activity_person_days add column source text not null default '',
       add column surface text not null default ''`,
    'alter table activity_person_days drop constraint activity_person_days_pkey',
    'alter table activity_person_days add primary key (client_id, person, day, source, surface)',
  ],
};
