import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/** Files of a client that an authority is asked to stamp (RFC 3161), and what came of it. */
export const migration: Migration = {
  name: '082-time-stamps',
  statements: [
    ...clientTable(
      'time_stamps',
      `client_id text not null references clients(id) on delete cascade, sha256 text not null,
       asked_at timestamptz not null, tries int not null default 0, next_try timestamptz, problem text,
       token_sha256 text, proved_at timestamptz, authority text, certificate text,
       primary key (client_id, sha256)`,
      ['create index time_stamps_due on time_stamps (next_try) where next_try is not null'],
    ),
  ],
};
