import type { Migration } from '../migrate.ts';

/** The client's domains when a statement was recorded: who saw that each of them is verified saw none that came later. */
export const migration: Migration = {
  name: '136-statement-domains',
  statements: [
    'alter table attestations add column domains jsonb',
    // Nothing keeps which there were on the day of an older statement, so those of today are taken for them.
    `update attestations a set domains = c.profile -> 'domains' from clients c where c.id = a.client_id`,
  ],
};
