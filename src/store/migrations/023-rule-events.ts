import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

const owned = 'client_id text not null references clients(id) on delete cascade';

/**
 * Which activities decisions look at, so that nobody has to go through the log for them, and how many there were when a
 * client was decided last. `once`: one event stands for others of its day. `source_own_keys` holds the ids of the keys
 * that Bylaw itself reads with, as the vendor's own log names them.
 */
export const migration: Migration = {
  name: '023-rule-events',
  statements: [
    ...clientTable(
      'activity_rule_events',
      `${owned}, at timestamptz not null, id text not null, seq bigint not null, once text, primary key (client_id, at, id),
       unique (client_id, once)`,
    ),
    ...clientTable(
      'activity_rule_heads',
      `${owned}, noted bigint not null, told bigint not null, primary key (client_id)`,
    ),
    ...clientTable('source_own_keys', `${owned}, key_id text not null, primary key (client_id, key_id)`),
    `select set_config('bylaw.scope', '*', true)`,
    `insert into activity_rule_events (client_id, at, id, seq)
     select client_id, at, id, seq from activities
     where source in ('compliance_feed', 'audit_export') and type <> 'compliance_api_accessed'
       and category in ('settings', 'connectors', 'connection', 'access', 'membership', 'compliance')`,
    `insert into activity_rule_heads (client_id, noted, told)
     select client_id, count(*), 0 from activity_rule_events group by client_id`,
  ],
};
