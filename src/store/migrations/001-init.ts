import type { Migration } from '../migrate.ts';
import { clientTable, identityTable, recordTable } from './security.ts';

const identity = [
  identityTable(
    'workspace',
    `id int primary key default 1 check (id = 1), name text not null, settings jsonb not null default '{}',
     version int not null default 1, created_at timestamptz not null default now()`,
  ),
  identityTable(
    'users',
    `id text primary key, email text not null, name text not null, password text, totp_sealed text,
     totp_since timestamptz, totp_step bigint, recovery_codes jsonb not null default '[]', oidc_issuer text, oidc_subject text,
     disabled_at timestamptz, created_at timestamptz not null, last_seen_at timestamptz,
     preferences jsonb not null default '{}', version int not null default 1,
     unique (oidc_issuer, oidc_subject)`,
    ['create unique index users_email on users (lower(email))'],
  ),
  identityTable(
    'passkeys',
    `id text primary key, user_id text not null references users(id) on delete cascade, credential_id text not null unique,
     public_key bytea not null, counter bigint not null, transports jsonb not null default '[]', name text not null,
     created_at timestamptz not null, last_used_at timestamptz`,
    ['create index passkeys_user on passkeys (user_id)'],
  ),
  identityTable(
    'sessions',
    `id text primary key, user_id text not null references users(id) on delete cascade, token_hash text not null unique,
     method text not null, ip text not null, user_agent text not null, created_at timestamptz not null,
     last_seen_at timestamptz not null, expires_at timestamptz not null, proved_at timestamptz not null`,
    ['create index sessions_user on sessions (user_id)'],
  ),
  identityTable(
    'known_networks',
    `user_id text not null references users(id) on delete cascade, network text not null, last_at timestamptz not null,
     primary key (user_id, network)`,
  ),
  identityTable(
    'challenges',
    `id text primary key, kind text not null, token_hash text not null unique, data jsonb not null,
     created_at timestamptz not null, expires_at timestamptz not null`,
  ),
  identityTable(
    'invitations',
    `id text primary key, email text not null, name text not null, token_hash text not null unique, grants jsonb not null,
     invited_by text not null, created_at timestamptz not null, expires_at timestamptz not null,
     accepted_at timestamptz, revoked_at timestamptz`,
  ),
  identityTable(
    'identity_providers',
    `id text primary key, name text not null, issuer text not null unique, oidc_client_id text not null,
     secret_sealed text, enabled boolean not null default true, created_at timestamptz not null,
     version int not null default 1`,
  ),
  identityTable(
    'attempts',
    `id bigint generated always as identity primary key, key text not null, at timestamptz not null`,
    ['create index attempts_key on attempts (key, at)', 'create index attempts_at on attempts (at)'],
  ),
];

const clients = [
  clientTable(
    'clients',
    `id text primary key, slug text not null unique, name text not null, profile jsonb not null,
     sandbox boolean not null default false, logo bytea, settings jsonb not null default '{}',
     facts_version bigint not null default 0, decided_version bigint not null default -1, decided_day text,
     decided_at timestamptz, catalogue_digest text, standing jsonb, version int not null default 1, created_at timestamptz not null`,
    [],
    'id',
  ),
  identityTable(
    'grants',
    `id text primary key, user_id text not null references users(id) on delete cascade,
     client_id text references clients(id) on delete cascade, effect text not null check (effect in ('allow', 'deny')),
     role text, permission text, granted_by text not null, created_at timestamptz not null,
     check ((effect = 'allow') = (role is not null))`,
    ['create index grants_user on grants (user_id)', 'create index grants_client on grants (client_id)'],
  ),
  identityTable(
    'api_tokens',
    `id text primary key, name text not null, purpose text not null, user_id text references users(id) on delete cascade,
     client_id text references clients(id) on delete cascade, token_hash text not null unique, prefix text not null,
     created_by text not null, created_at timestamptz not null, expires_at timestamptz, last_used_at timestamptz,
     revoked_at timestamptz`,
  ),
  // The record outlives what it records, so it refers to no client's row: a client that is removed leaves its chain.
  recordTable(
    'audit_log',
    `client_id text not null, seq bigint not null, at timestamptz not null, actor_kind text not null, actor_id text,
     actor_name text not null, action text not null, subject_kind text not null, subject_id text, body text not null,
     prev text not null, hash text not null, primary key (client_id, seq)`,
    ['create index audit_log_at on audit_log (client_id, at desc)'],
  ),
  clientTable('audit_heads', 'client_id text primary key, seq bigint not null, hash text not null'),
];

const owned = 'client_id text not null references clients(id) on delete cascade';
const aggregates = [
  clientTable(
    'evidence',
    `${owned}, sha256 text not null, name text not null, media_type text not null, bytes bigint not null,
     how text not null, added_by text not null, added_by_name text, added_at timestamptz not null, primary key (client_id, sha256)`,
  ),
  clientTable(
    'imports',
    `${owned}, id text not null, state text not null, created_by text not null, created_by_name text,
     created_at timestamptz not null, finished_by text, finished_by_name text, finished_at timestamptz, problem text, preview jsonb, preview_version bigint,
     version int not null default 1, primary key (client_id, id)`,
  ),
  clientTable(
    'import_files',
    `${owned}, id text not null, import_id text not null, name text not null, sha256 text not null, bytes bigint not null,
     modified text, wanted text, exported_on text, columns jsonb, state text not null, reports jsonb, created_at timestamptz not null,
     primary key (client_id, id), foreign key (client_id, import_id) references imports (client_id, id) on delete cascade`,
    ['create index import_files_import on import_files (client_id, import_id)'],
  ),
  clientTable(
    'observations',
    `${owned}, id text not null, import_id text, kind text not null, provenance text not null, file text not null,
     sha256 text not null, bytes bigint not null, modified text, content_day text, observed_on text not null,
     date_from text not null, complete boolean not null, covers jsonb, by_hand boolean not null, mapping jsonb not null,
     unmapped jsonb not null, notes jsonb not null, row_count int not null, rows_digest text not null,
     stored_at timestamptz, stored_by text, primary key (client_id, id)`,
    [
      'create index observations_kind on observations (client_id, kind, observed_on desc) where stored_at is not null',
      'create index observations_import on observations (client_id, import_id)',
    ],
  ),
  clientTable(
    'observation_rows',
    `${owned}, observation_id text not null, part int not null, rows bytea not null,
     primary key (client_id, observation_id, part),
     foreign key (client_id, observation_id) references observations (client_id, id) on delete cascade`,
  ),
  clientTable(
    'documents',
    `${owned}, id text not null, kind text not null, version int not null, value jsonb not null, lines jsonb not null,
     file text not null, sha256 text not null, import_id text, stored_at timestamptz not null, stored_by text not null,
     primary key (client_id, id), unique (client_id, kind, version)`,
  ),
  clientTable(
    'attestations',
    `${owned}, id text not null, control_id text not null, holds boolean not null, seen text not null,
     attested_by text not null, note text, evidence_sha text, proof_missing text, expires text, import_id text, created_by text not null,
     created_at timestamptz not null, withdrawn_by text, withdrawn_by_name text,
     withdrawn_at timestamptz, withdrawn_reason text, primary key (client_id, id)`,
  ),
  clientTable(
    'exceptions',
    `${owned}, id text not null, control_id text not null, items jsonb, reason text not null, owner text not null,
     from_day text not null, until_day text not null, state text not null, requested_by text not null,
     requested_by_name text not null, requested_at timestamptz not null, decided_by text, decided_by_name text,
     decided_at timestamptz, decision_note text, ended_by text, ended_by_name text, ended_at timestamptz, ended_reason text,
     version int not null default 1, primary key (client_id, id)`,
  ),
  clientTable(
    'people_decisions',
    `${owned}, id text not null, kind text not null, addresses jsonb not null, reason text, decided_by text not null,
     decided_by_name text not null, decided_at timestamptz not null, withdrawn_by text, withdrawn_by_name text,
     withdrawn_at timestamptz, withdrawn_reason text,
     primary key (client_id, id)`,
  ),
  clientTable(
    'verdicts',
    `${owned}, id text not null, control_id text not null, state text not null, reason text not null, body jsonb not null,
     digest text not null, body_digest text not null, since timestamptz not null, until timestamptz, decided_day text not null, good_until text,
     due text, primary key (client_id, id)`,
    [
      'create unique index verdicts_current on verdicts (client_id, control_id) where until is null',
      'create index verdicts_history on verdicts (client_id, control_id, since desc)',
      'create index verdicts_since on verdicts (client_id, since desc)',
    ],
  ),
  clientTable(
    'visits',
    `${owned}, user_id text not null, previous_at timestamptz, last_at timestamptz not null,
     primary key (client_id, user_id)`,
  ),
  clientTable(
    'reports',
    `${owned}, id text not null, title text not null, as_of text not null, model bytea not null,
     model_sha256 text not null, rests_on jsonb not null default '[]', counts jsonb not null, paper text not null, schedule_id text,
     made_by text not null, made_by_name text not null, made_at timestamptz not null, primary key (client_id, id)`,
  ),
  clientTable(
    'report_schedules',
    `${owned}, id text not null, cadence text not null, on_day int not null,
     recipients jsonb not null, paper text not null, next_on text not null, paused boolean not null default false,
     created_by text not null, created_at timestamptz not null, version int not null default 1,
     primary key (client_id, id)`,
  ),
  // What retention removed, so that whatever named it can say so. Contents are not in it.
  clientTable(
    'removals',
    `${owned}, what text not null, id text not null, kind text,
     name text not null, sha256 text not null, bytes bigint not null, of_day text not null, rows int, import_id text,
     stored_at timestamptz, stored_by text, removed_at timestamptz not null, removed_on text not null, record bigint not null,
     primary key (client_id, what, id)`,
  ),
];

/** Everything that the console keeps. Each table is made with its row-level security, enabled and forced. */
export const migration: Migration = {
  name: '001-init',
  statements: [...identity, ...clients, ...aggregates].flat(),
};
