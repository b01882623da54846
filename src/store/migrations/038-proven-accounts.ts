import type { Migration } from '../migrate.ts';

/**
 * By what it is known that an account is its person's, and who else held its link until then. Accounts from before count
 * as proven; open invitations from before were shown to whoever made them.
 */
export const migration: Migration = {
  name: '038-proven-accounts',
  statements: [
    `alter table users add column proven_at timestamptz, add column proven_how text, add column vouched_by text,
       add column handed_by text`,
    "update users set proven_at = created_at, proven_how = 'earlier'",
    // Tokens of people that were made without an end get the longest one.
    "update api_tokens set expires_at = now() + interval '366 days' where expires_at is null and user_id is not null",
    "alter table invitations add column delivery text not null default 'handed'",
  ],
};
