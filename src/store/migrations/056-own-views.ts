import type { Migration } from '../migrate.ts';
import { identityTable } from './security.ts';

/** What a person keeps for themselves: which notifications they have read, and filters of lists by a name. */
export const migration: Migration = {
  name: '056-own-views',
  statements: [
    ...identityTable(
      'read_notifications',
      `user_id text not null references users(id) on delete cascade, notification text not null,
       read_at timestamptz not null, primary key (user_id, notification)`,
    ),
    ...identityTable(
      'saved_views',
      `id text primary key, user_id text not null references users(id) on delete cascade, page text not null,
       name text not null, search text not null, saved_at timestamptz not null, unique (user_id, page, name)`,
    ),
  ],
};
