import type { Migration } from '../migrate.ts';
import { clientTable, identityTable } from './security.ts';

const owned = 'client_id text not null references clients(id) on delete cascade';
const delivery = `period text not null, state text not null, attempts int not null, next_at timestamptz, items int,
  problem text, claimed_at timestamptz not null, finished_at timestamptz`;

/**
 * Reminders of due work: what each person wants by mail and as a calendar, where a client's Teams channel is, and what
 * was sent, so that nothing is sent twice. A record of a recurring task says as which review it counts.
 */
export const migration: Migration = {
  name: '007b-reminders',
  statements: [
    'alter table cadence_records add column counts_as text',
    ...clientTable(
      'reminder_settings',
      `${owned}, titles boolean not null, teams_sealed text, teams_host text, every text not null, on_day int not null,
       at_minute int not null, when_empty boolean not null, changed_by text not null, changed_by_name text not null,
       changed_at timestamptz not null, version int not null default 1, primary key (client_id)`,
    ),
    ...clientTable('teams_deliveries', `${owned}, ${delivery}, primary key (client_id, period)`),
    ...clientTable(
      'calendar_events',
      `${owned}, uid text not null, digest text not null, sequence int not null, modified_at timestamptz not null,
       primary key (client_id, uid)`,
    ),
    ...identityTable(
      'digests',
      `user_id text primary key references users(id) on delete cascade, enabled boolean not null, days jsonb not null,
       at_minute int not null, zone text not null, only_mine boolean not null, when_empty boolean not null,
       changed_at timestamptz not null, version int not null default 1`,
    ),
    ...identityTable(
      'digest_deliveries',
      `user_id text not null references users(id) on delete cascade, ${delivery}, primary key (user_id, period)`,
    ),
    ...identityTable(
      'calendar_feeds',
      `id text primary key, user_id text not null references users(id) on delete cascade, secret_hash text not null unique,
       only_mine boolean not null, created_at timestamptz not null, last_used_at timestamptz, revoked_at timestamptz`,
      ['create index calendar_feeds_user on calendar_feeds (user_id)'],
    ),
  ],
};
