import type { Migration } from '../migrate.ts';
import { clientTable, recordTable } from './security.ts';

const OF_INCIDENT =
  'foreign key (client_id, incident_id) references incidents(client_id, id) on delete cascade';

/**
 * Incidents and drills, each with the playbook as it was when it was opened; what was recorded of its steps; everything
 * that was done, which is only added to; and the evidence that was collected.
 */
export const migration: Migration = {
  name: '069-incidents',
  statements: [
    ...clientTable(
      'incidents',
      `client_id text not null references clients(id) on delete cascade, id text not null, number int not null,
       playbook text not null, playbook_revised text not null, playbook_sha256 text not null, plan jsonb not null,
       title text not null, summary text not null, severity text not null, drill boolean not null, origin text not null,
       origin_id text, person text, connector text, session text, happened_at timestamptz,
       noticed_at timestamptz not null, state text not null, owner_user text, owner_name text, owner_mail text,
       opened_by text not null, opened_by_name text not null, opened_at timestamptz not null, outcome text, closing text,
       closed_by text, closed_by_name text, closed_at timestamptz, version int not null default 1,
       primary key (client_id, id), unique (client_id, number)`,
    ),
    ...clientTable(
      'incident_steps',
      `client_id text not null, incident_id text not null, step text not null, state text not null,
       due_at timestamptz not null, owner_user text, owner_name text, owner_mail text, answers jsonb not null,
       entries jsonb not null, is_none boolean not null, files jsonb not null, lessons jsonb not null, reason text,
       done_by text, done_by_name text, done_at timestamptz, version int not null default 1,
       primary key (client_id, incident_id, step), ${OF_INCIDENT}`,
    ),
    ...recordTable(
      'incident_acts',
      `client_id text not null, incident_id text not null, seq bigint generated always as identity, act text not null,
       step text, note text, done_by text not null, done_by_name text not null, done_at timestamptz not null,
       primary key (client_id, incident_id, seq), ${OF_INCIDENT}`,
    ),
    ...recordTable(
      'incident_evidence',
      `client_id text not null, incident_id text not null, id text not null, kind text not null, found text not null,
       sha256 text, rows int, from_at timestamptz, until_at timestamptz, whole boolean, detail text,
       added_by_name text not null, added_at timestamptz not null, primary key (client_id, incident_id, id),
       ${OF_INCIDENT}`,
    ),
  ],
};
