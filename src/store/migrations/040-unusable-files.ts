import type { Migration } from '../migrate.ts';

/** Files that an import refused or could not place, by kind, so that later verdicts do not call them "not given". */
export const migration: Migration = {
  name: '040-unusable-files',
  statements: ['alter table imports add column unusable jsonb'],
};
