import type { Migration } from '../migrate.ts';

/** What an incident of an upload is about beside the person: which file, what was found in it, and on which device. */
export const migration: Migration = {
  name: '134-incident-uploads',
  statements: [
    'alter table incidents add column file_name text, add column pattern text, add column device text',
  ],
};
