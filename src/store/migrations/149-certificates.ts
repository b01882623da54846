import type { Migration } from '../migrate.ts';

/** Who vouched for the hosts of Claude in a test of the network, as the device read it; null: it was not read. */
export const migration: Migration = {
  name: '149-certificates',
  statements: ['alter table network_probes add column certificates jsonb'],
};
