import type { Migration } from '../migrate.ts';

/** Which process reads an import, and until when it counts as being read without another word of that process. */
export const migration: Migration = {
  name: '042-import-readers',
  statements: ['alter table imports add column reader text, add column reader_until timestamptz'],
};
