import type { Migration } from '../migrate.ts';
import { clientTable, recordTable } from './security.ts';

const owned = 'client_id text not null references clients(id) on delete cascade';

/**
 * The acceptable use policy: drafts and what was done with them, what was published, and who acknowledged it. Of secret
 * addresses only the hash is kept.
 */
export const migration: Migration = {
  name: '065-policy',
  statements: [
    ...clientTable(
      'policy_drafts',
      `${owned}, id text not null, reason text not null, content jsonb not null, fields jsonb not null,
       collected jsonb not null, material boolean not null, effective_on text, state text not null,
       round int not null default 0, created_by text not null, created_by_name text not null,
       created_at timestamptz not null, changed_by text not null, changed_by_name text not null,
       changed_at timestamptz not null, proposed_by text, proposed_by_name text, proposed_at timestamptz, ended_by text,
       ended_by_name text, ended_at timestamptz, ended_reason text, version int not null default 1,
       primary key (client_id, id)`,
      [
        `create unique index policy_drafts_open on policy_drafts (client_id) where state in ('draft', 'proposed')`,
      ],
    ),
    ...recordTable(
      'policy_steps',
      `client_id text not null, policy_draft_id text not null, seq int not null, act text not null, note text,
       done_by text not null, done_by_name text not null, done_at timestamptz not null,
       primary key (client_id, policy_draft_id, seq),
       foreign key (client_id, policy_draft_id) references policy_drafts(client_id, id) on delete cascade`,
    ),
    ...recordTable(
      'policy_versions',
      `${owned}, number int not null, revision int not null, policy_draft_id text not null, content jsonb not null,
       source jsonb not null, fields jsonb not null, collected jsonb not null, sha256 text not null, reason text not null,
       effective_on text not null, proposed_by_name text not null, approved_by text not null,
       approved_by_name text not null, approved_at timestamptz not null, primary key (client_id, number, revision)`,
    ),
    ...recordTable(
      'policy_acknowledgements',
      `${owned}, id text not null, number int not null, revision int not null, sha256 text not null,
       address text not null, name text not null, method text not null, at timestamptz not null, primary key (client_id, id),
       unique (client_id, number, address)`,
    ),
    ...clientTable(
      'policy_pages',
      `${owned}, id text not null, token_hash text not null unique, address text, made_by text not null,
       made_by_name text not null, made_at timestamptz not null, revoked_at timestamptz, primary key (client_id, id)`,
    ),
    ...clientTable(
      'policy_links',
      `${owned}, id text not null, token_hash text not null unique, address text not null, browser_hash text not null,
       check_number text not null, wrong_tries int not null default 0, made_at timestamptz not null,
       expires_at timestamptz not null, used_at timestamptz, primary key (client_id, id)`,
      ['create index policy_links_address on policy_links (client_id, address, made_at)'],
    ),
    ...clientTable(
      'policy_reminders',
      `${owned}, number int not null, address text not null, times int not null, last_at timestamptz not null,
       failure text, primary key (client_id, number, address)`,
    ),
  ],
};
