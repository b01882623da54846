import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/**
 * Which address an id of a Claude account belongs to, as the newest source says that tells both. Sources that name
 * people by the id alone are counted with those that give the address.
 */
export const migration: Migration = {
  name: '035-account-ids',
  statements: [
    ...clientTable(
      'account_ids',
      `client_id text not null references clients(id) on delete cascade, id text not null, address text not null,
       told_at timestamptz not null, primary key (client_id, id)`,
    ),
  ],
};
