import type { Migration } from '../migrate.ts';

/** What showed, when its incident was closed, that a step contained it; null: it is open, or was closed before this. */
export const migration: Migration = {
  name: '143-incident-proofs',
  statements: ['alter table incident_steps add column proof jsonb'],
};
