import type { Migration } from '../migrate.ts';

/**
 * Clauses of the template that a policy leaves out, each with the reason, and the kinds of data that it names; and the
 * clause that a question of staff is about.
 */
export const migration: Migration = {
  name: '097-operate',
  statements: [
    `alter table policy_drafts add column left_out jsonb not null default '{}',
       add column data jsonb not null default '[]'`,
    `alter table policy_versions add column left_out jsonb not null default '{}',
       add column data jsonb not null default '[]'`,
    'alter table staff_reports add column clause text',
  ],
};
