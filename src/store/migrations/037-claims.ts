import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/**
 * What files state waits until somebody with the right confirms it, and nothing typed into a file is an approval.
 * Statements that came with files before are claims from now on; sandbox clients hold what Bylaw made itself.
 */
export const migration: Migration = {
  name: '037-claims',
  statements: [
    ...clientTable(
      'claims',
      `client_id text not null references clients(id) on delete cascade, id text not null, kind text not null,
       control_id text, value jsonb not null, lines jsonb not null, file text not null, sha256 text not null,
       evidence_sha text, import_id text, typed_by text, state text not null, claimed_by text not null,
       claimed_by_name text not null, claimed_at timestamptz not null, decided_by text, decided_by_name text,
       decided_at timestamptz, decided_reason text, became text, primary key (client_id, id)`,
      ['create index claims_state on claims (client_id, state)'],
    ),
    // What a document counts by; null: it came with a file before anybody had to confirm it.
    'alter table documents add column basis text',
    "update documents set basis = 'draft' where charter_draft_id is not null",
    "update documents set basis = 'bylaw' where client_id in (select id from clients where sandbox)",
    `insert into claims (client_id, id, kind, control_id, value, lines, file, sha256, evidence_sha, import_id, typed_by,
       state, claimed_by, claimed_by_name, claimed_at)
     select a.client_id, a.id, 'attestation', a.control_id,
       jsonb_strip_nulls(jsonb_build_object('control', a.control_id, 'holds', a.holds, 'seen', a.seen, 'by', a.attested_by,
         'note', a.note, 'expires', a.expires, 'file', a.proof_missing)),
       '{}', 'an earlier import', '', a.evidence_sha, a.import_id, a.attested_by, 'waiting', a.created_by,
       coalesce(u.name, 'Somebody'), a.created_at
     from attestations a left join users u on u.id = a.created_by
     where a.import_id is not null and a.withdrawn_at is null
       and a.client_id not in (select id from clients where sandbox)`,
    `update attestations set withdrawn_at = now(), withdrawn_by = 'bylaw', withdrawn_by_name = 'Bylaw',
       withdrawn_reason = 'It was typed into a file. It counts again once somebody with the right confirms it.'
     where (client_id, id) in (select client_id, id from claims)`,
    'update clients set facts_version = facts_version + 1',
  ],
};
