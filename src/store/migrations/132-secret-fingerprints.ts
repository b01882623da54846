import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/** The key of a client by which secrets that were found are told apart; it is sealed, and no secret is stored. */
export const migration: Migration = {
  name: '132-secret-fingerprints',
  statements: clientTable(
    'fingerprint_keys',
    'client_id text primary key references clients(id) on delete cascade, key_sealed text not null',
  ),
};
