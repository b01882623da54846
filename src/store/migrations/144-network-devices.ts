import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/**
 * Devices that sign the tests they make, by their public key; the private one never leaves the device. Of each test,
 * which device signed it, when and with which number that is used once; with which program a personal account was
 * tried; and whether the request that recorded the test carried the header meant for Claude. null: as before.
 */
export const migration: Migration = {
  name: '144-network-devices',
  statements: [
    ...clientTable(
      'network_devices',
      `client_id text not null references clients(id) on delete cascade, id text not null, name text not null,
       public_key text not null, enrolled_at timestamptz not null, enrolled_by text not null, enrolled_by_name text not null,
       revoked_at timestamptz, revoked_by_name text, primary key (client_id, id)`,
    ),
    'alter table network_probes add column device_id text',
    'alter table network_probes add column signed_at timestamptz',
    'alter table network_probes add column nonce text',
    'alter table network_probes add column app text',
    'alter table network_probes add column header_here boolean',
    'create unique index network_probes_nonce on network_probes (client_id, device_id, nonce)',
  ],
};
