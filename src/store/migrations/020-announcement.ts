import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/** Mails with which staff are told of the organization's accounts: one per address, ever. */
export const migration: Migration = {
  name: '020-announcement',
  statements: [
    ...clientTable(
      'announcement_mails',
      `client_id text not null references clients(id) on delete cascade, address text not null, name text,
       evidence text not null, state text not null, why text, begun_by text not null, begun_by_name text not null,
       begun_at timestamptz not null, ended_at timestamptz, primary key (client_id, address)`,
    ),
  ],
};
