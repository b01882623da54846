import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

const owned = 'client_id text not null references clients(id) on delete cascade';

/** What the licence planner keeps of a client: prices that it was quoted, and comparisons that it saved. */
export const migration: Migration = {
  name: '003-planner',
  statements: [
    ...clientTable(
      'quotes',
      `${owned}, purchase text not null, usd_cents int not null check (usd_cents >= 0), note text, quoted_on text not null,
       entered_by text not null, entered_by_name text not null, entered_at timestamptz not null,
       version int not null default 1, primary key (client_id, purchase)`,
    ),
    ...clientTable(
      'comparisons',
      `${owned}, id text not null, name text not null, goal text, sets jsonb not null, created_by text not null,
       created_by_name text not null, created_at timestamptz not null, changed_by text not null,
       changed_by_name text not null, changed_at timestamptz not null, version int not null default 1,
       primary key (client_id, id)`,
    ),
  ],
};
