import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/**
 * Files with content of conversations that are attached to an incident, each encrypted with a key of its own, until a day;
 * and two people who agree that such a file is opened, as they do for the text of one event.
 */
export const migration: Migration = {
  name: '135-content-files',
  statements: [
    ...clientTable(
      'content_files',
      `client_id text not null references clients(id) on delete cascade, id text not null, incident_id text not null,
       name text not null, bytes bigint not null, sha256 text not null, blob_sha256 text, locked text,
       until_day text not null, added_by text not null, added_by_name text not null,
       added_at timestamptz not null, removed_at timestamptz, removed_by_name text, removed_why text,
       primary key (client_id, id),
       foreign key (client_id, incident_id) references incidents(client_id, id) on delete cascade,
       check ((locked is null) = (removed_at is not null)), check ((locked is null) = (blob_sha256 is null))`,
    ),
    'alter table text_openings alter column seq drop not null',
    'alter table text_openings add column content_file_id text',
    `alter table text_openings add constraint text_openings_of_one
       check ((seq is null) <> (content_file_id is null))`,
  ],
};
