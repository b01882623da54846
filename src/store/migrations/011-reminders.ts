import type { Migration } from '../migrate.ts';
import { clientTable, identityTable } from './security.ts';

/** What the last reminder came to. `claimed_on` is the day of the newest one that was begun or let go. */
const last = `claimed_on text, state text, state_at timestamptz, sent_at timestamptz, sent_count int,
  failed_at timestamptz, failed_why text`;

/**
 * Reminders of due work: by mail to a person, as a card to a channel, as a calendar that a person reads. The channel of
 * the workspace has no client, so that only work in no client's name sees it.
 */
export const migration: Migration = {
  name: '011-reminders',
  statements: [
    ...identityTable(
      'reminder_digests',
      `user_id text primary key references users(id) on delete cascade, rhythm text not null, weekday int not null,
       own_only boolean not null, changed_at timestamptz not null, ${last}`,
    ),
    ...identityTable(
      'calendar_feeds',
      `user_id text primary key references users(id) on delete cascade, token_hash text not null unique,
       made_at timestamptz not null, last_read_at timestamptz`,
    ),
    ...clientTable(
      'teams_channels',
      `id text primary key, client_id text unique references clients(id) on delete cascade, address_sealed text,
       host text not null, rhythm text not null, weekday int not null, changed_by text not null, changed_by_name text not null,
       changed_at timestamptz not null, version int not null default 1, attempts int not null default 0,
       retry_at timestamptz, ${last}`,
    ),
  ],
};
