import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/** Mails about work that was assigned to someone and of which they were not told yet: how much, never what. */
export const migration: Migration = {
  name: '099-assigned-notices',
  statements: [
    ...clientTable(
      'assigned_notices',
      `client_id text not null references clients(id) on delete cascade, id text not null,
       user_id text not null references users(id) on delete cascade, pieces int not null,
       assigned_at timestamptz not null, tries int not null default 0, next_at timestamptz not null,
       primary key (client_id, id)`,
      ['create index assigned_notices_next on assigned_notices (next_at)'],
    ),
  ],
};
