import type { Migration } from '../migrate.ts';
import { identityTable, recordTable } from './security.ts';

const owned = 'client_id text not null references clients(id) on delete cascade';

/**
 * What people decided in a deployment. All of it is on the record for ever, so rows are added and never changed: the
 * decision on an override is a row of its own, and there can be only one.
 */
export const migration: Migration = {
  name: '004-deployment',
  statements: [
    ...recordTable(
      'overrides',
      `${owned}, id text not null, task text not null, reason text not null, waited_for jsonb not null,
       requested_by text not null, requested_by_name text not null, requested_at timestamptz not null,
       primary key (client_id, id)`,
    ),
    ...recordTable(
      'override_decisions',
      `client_id text not null, override_id text not null, approved boolean not null, reason text not null,
       decided_by text not null, decided_by_name text not null, decided_at timestamptz not null,
       primary key (client_id, override_id),
       foreign key (client_id, override_id) references overrides(client_id, id) on delete cascade`,
    ),
    ...recordTable(
      'handovers',
      `${owned}, id text not null, side text not null, person text not null, note text, handed_by text not null,
       handed_by_name text not null, handed_at timestamptz not null, primary key (client_id, id)`,
    ),
    ...identityTable(
      'signing_keys',
      'id text primary key, certificate text not null, key_sealed text, created_at timestamptz not null',
    ),
  ],
};
