import type { Migration } from '../migrate.ts';

/** The least days of history of a rule, beside its number, as a client set it. null: as the rule's file says. */
export const migration: Migration = {
  name: '047-detection-history',
  statements: ['alter table detection_settings add column history integer'],
};
