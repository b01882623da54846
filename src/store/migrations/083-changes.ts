import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/**
 * Changes to systems outside, each with its plan, its approvals and what proved it, and the steps that the server carries
 * out itself. A subject has one open change at a time.
 */
export const migration: Migration = {
  name: '083-changes',
  statements: [
    ...clientTable(
      'changes',
      `client_id text not null references clients(id) on delete cascade, id text not null, target text not null,
       subject text not null, title text not null, plan jsonb not null, plan_sha256 text not null, state text not null,
       reason text not null, undoes text, until_day text, planned_by text not null, planned_by_name text not null,
       planned_at timestamptz not null, approvals jsonb not null, applied_by text, applied_by_name text,
       applied_at timestamptz, held_until timestamptz, lacks jsonb, proof jsonb, verified_at timestamptz, receipt_sha256 text,
       changed_by_name text not null, changed_at timestamptz not null, version int not null default 1,
       primary key (client_id, id)`,
    ),
    `create unique index changes_open on changes (client_id, target, subject)
     where state in ('planned', 'approved', 'applying', 'waiting')`,
    ...clientTable(
      'change_steps',
      `client_id text not null, change_id text not null, at int not null, mark text not null, state text not null,
       made_id text, found boolean not null, begun_at timestamptz not null, done_at timestamptz,
       primary key (client_id, change_id, at),
       foreign key (client_id, change_id) references changes(client_id, id) on delete cascade`,
    ),
  ],
};
