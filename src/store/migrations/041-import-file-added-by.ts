import type { Migration } from '../migrate.ts';

/** Who added a file to an import: what it states is theirs, whoever stores it. null: added before this was kept. */
export const migration: Migration = {
  name: '041-import-file-added-by',
  statements: ['alter table import_files add column added_by text, add column added_by_name text'],
};
