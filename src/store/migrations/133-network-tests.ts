import type { Migration } from '../migrate.ts';

/**
 * Two more tests beside the command's requests: a personal account that somebody tried in the browser, by its mail
 * provider, and a block of Claude on the network, by the side that was tried. Both null: the command's requests.
 */
export const migration: Migration = {
  name: '133-network-tests',
  statements: [
    'alter table network_probes add column account_domain text',
    'alter table network_probes add column block_side text',
  ],
};
