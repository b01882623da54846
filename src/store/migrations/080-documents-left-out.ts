import type { Migration } from '../migrate.ts';

/** What a journal that came with a file lacks: entries that nobody finished, so that no control passes by their absence. */
export const migration: Migration = {
  name: '080-documents-left-out',
  statements: [
    'alter table claims add column left_out jsonb',
    'alter table documents add column left_out jsonb',
  ],
};
