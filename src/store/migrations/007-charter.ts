import type { Migration } from '../migrate.ts';
import { clientTable, recordTable } from './security.ts';

const owned = 'client_id text not null references clients(id) on delete cascade';
const ofDraft = `client_id text not null, charter_draft_id text not null`;
const toDraft =
  'foreign key (client_id, charter_draft_id) references charter_drafts(client_id, id) on delete cascade';

/**
 * Drafts of the charter, who had a hand in them, and who approved them. What was approved becomes the next document of
 * the kind charter, which names its draft. Steps and approvals are on the record: rows that are only ever added.
 */
export const migration: Migration = {
  name: '007-charter',
  statements: [
    ...clientTable(
      'charter_drafts',
      `${owned}, id text not null, title text not null, reason text not null, origin text not null, value jsonb not null,
       base_version int, state text not null, round int not null default 0, created_by text not null,
       created_by_name text not null, created_at timestamptz not null, changed_by text not null,
       changed_by_name text not null, changed_at timestamptz not null, proposed_by text, proposed_by_name text,
       proposed_at timestamptz, ended_by text, ended_by_name text, ended_at timestamptz, ended_reason text,
       document_version int, version int not null default 1, primary key (client_id, id)`,
      ['create index charter_drafts_state on charter_drafts (client_id, state)'],
    ),
    ...recordTable(
      'charter_steps',
      `${ofDraft}, seq int not null, act text not null, note text, done_by text not null, done_by_name text not null,
       done_at timestamptz not null, primary key (client_id, charter_draft_id, seq), ${toDraft}`,
    ),
    ...recordTable(
      'charter_approvals',
      `${ofDraft}, round int not null, approved_by text not null, approved_by_name text not null, note text,
       approved_at timestamptz not null, primary key (client_id, charter_draft_id, round, approved_by), ${toDraft}`,
    ),
    'alter table documents add column charter_draft_id text',
  ],
};
