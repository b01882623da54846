import type { Migration } from '../migrate.ts';

/** The summary of a client's verdicts that the list of clients reads is called what everything else calls it. */
export const migration: Migration = {
  name: '111-client-status',
  statements: ['alter table clients rename column standing to status'],
};
