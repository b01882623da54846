import type { Migration } from '../migrate.ts';

/** Stricter permissions of connector actions that were proposed from a step of an incident and are followed there. */
export const migration: Migration = {
  name: '141-incident-permissions',
  statements: [`alter table incident_steps add column permissions jsonb not null default '[]'`],
};
