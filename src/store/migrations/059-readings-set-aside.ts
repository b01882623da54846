import type { Migration } from '../migrate.ts';

/**
 * A stored reading that somebody set aside is no fact until it is put back. Both are kept, so that the history of a
 * verdict can name them.
 */
export const migration: Migration = {
  name: '059-readings-set-aside',
  statements: [
    `alter table observations add column set_aside_at timestamptz, add column set_aside_by text,
     add column set_aside_by_name text, add column set_aside_reason text, add column put_back_at timestamptz,
     add column put_back_by_name text`,
  ],
};
