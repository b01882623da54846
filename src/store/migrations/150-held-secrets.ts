import type { Migration } from '../migrate.ts';

/** The secret of a setting that waits for a second person: of an inference hook, or the key of a member list's index. */
export const migration: Migration = {
  name: '150-held-secrets',
  statements: ['alter table watch_proposals add column secret_sealed text'],
};
