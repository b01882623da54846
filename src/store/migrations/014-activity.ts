import type { Migration } from '../migrate.ts';
import { clientTable, logTable } from './security.ts';

/**
 * The activity log: added to, read, and removed only by retention. It is partitioned by month of the event; a month
 * that has no partition yet lands in `activities_default` and is moved when its own is made (store/activity/months.ts).
 * `activity_heads` gives out the numbers, so that numbers go up in the order in which transactions commit.
 */
export const migration: Migration = {
  name: '014-activity',
  statements: [
    ...clientTable(
      'activity_heads',
      `client_id text not null references clients(id) on delete cascade, last_seq bigint not null default 0,
       primary key (client_id)`,
    ),
    ...logTable(
      'activities',
      `client_id text not null references clients(id) on delete cascade, at timestamptz not null, id text not null,
       seq bigint not null, received_at timestamptz not null, source text not null, surface text not null,
       type text not null, category text not null, person text, connector text, tool text, effect text, outcome text,
       model text, rest jsonb not null, primary key (client_id, at, id)`,
      'at',
      ['create index activities_seq on activities (client_id, seq)'],
    ),
  ],
};
