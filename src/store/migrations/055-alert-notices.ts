import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/**
 * Who hears of critical alerts of a client at once, and of which groups each was told. A target is the id of a person,
 * or `teams` for the client's channel.
 */
export const migration: Migration = {
  name: '055-alert-notices',
  statements: [
    ...clientTable(
      'alert_notices',
      `client_id text not null references clients(id) on delete cascade,
       user_id text not null references users(id) on delete cascade, asked_at timestamptz not null,
       primary key (client_id, user_id)`,
    ),
    ...clientTable(
      'alert_notices_told',
      `client_id text not null references clients(id) on delete cascade, target text not null, group_id text not null,
       told_at timestamptz not null, state text not null, tries int not null default 1, why text,
       primary key (client_id, target, group_id)`,
    ),
    'alter table teams_channels add column alerts_since timestamptz',
  ],
};
