import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/** Tests of the tenant restriction from managed devices, as the command reported them in the name of who ran it. */
export const migration: Migration = {
  name: '096-network-probes',
  statements: [
    ...clientTable(
      'network_probes',
      `client_id text not null references clients(id) on delete cascade, id text not null, at timestamptz not null,
       place text not null, own text not null, other_key text, other_value text not null,
       user_id text not null, person text not null, primary key (client_id, id)`,
      ['create index network_probes_at on network_probes (client_id, at)'],
    ),
  ],
};
