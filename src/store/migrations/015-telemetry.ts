import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

const owned = 'client_id text not null references clients(id) on delete cascade';

/**
 * What came in over telemetry, counted by hour of receipt: events of each emitter, organisations that they name, and
 * records that were refused or left out. Tokens for it are `api_tokens` of the purpose `ingest`, which belong to a client
 * and to nobody.
 */
export const migration: Migration = {
  name: '015-telemetry',
  statements: [
    ...clientTable(
      'activity_intake',
      `${owned}, emitter text not null, hour timestamptz not null, events bigint not null, other_organisation bigint not null,
       no_organisation bigint not null, no_person bigint not null, clock bigint not null, last_received_at timestamptz not null,
       last_at timestamptz not null, last_type text not null, service text, version text,
       primary key (client_id, emitter, hour)`,
    ),
    ...clientTable(
      'activity_organisations',
      `${owned}, organisation text not null, events bigint not null, first_at timestamptz not null,
       last_at timestamptz not null, primary key (client_id, organisation)`,
    ),
    ...clientTable(
      'activity_refusals',
      `${owned}, hour timestamptz not null, signal text not null, reason text not null, records bigint not null,
       last_at timestamptz not null, primary key (client_id, hour, signal, reason)`,
    ),
    `create index api_tokens_ingest on api_tokens (client_id) where purpose = 'ingest'`,
  ],
};
