import type { Migration } from '../migrate.ts';

/** Which page of a list a file says it is, so that pages imported as separate files add up. */
export const migration: Migration = {
  name: '154-pages-of-lists',
  statements: ['alter table observations add column page jsonb'],
};
