import type { Migration } from '../migrate.ts';

/** The days that a file of an import covers by a person's word, and the fields that no known column of a reading holds. */
export const migration: Migration = {
  name: '043-said-of-files',
  statements: [
    'alter table import_files add column period text',
    'alter table observations add column asks jsonb',
  ],
};
