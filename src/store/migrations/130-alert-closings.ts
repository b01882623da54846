import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/** Alerts of Defender that someone closed here, with the classification and where it is. */
export const migration: Migration = {
  name: '130-alert-closings',
  statements: [
    ...clientTable(
      'alert_closings',
      `client_id text not null references clients(id) on delete cascade, alert_id text not null, title text not null,
       classification text not null, determination text not null, note text not null, closed_by text not null,
       closed_by_name text not null, closed_at timestamptz not null, state text not null, problem text,
       next_at timestamptz, sent_at timestamptz, proved_at timestamptz, version int not null default 1,
       primary key (client_id, alert_id)`,
    ),
    'create index alert_closings_next on alert_closings (next_at) where next_at is not null',
  ],
};
