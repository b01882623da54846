import type { Migration } from '../migrate.ts';

/** Names that an account had before: whoever owns an exception by an old name does not approve it under a new one. */
export const migration: Migration = {
  name: '048-former-names',
  statements: ["alter table users add column former_names jsonb not null default '[]'"],
};
