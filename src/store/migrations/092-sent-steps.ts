import type { Migration } from '../migrate.ts';

/**
 * When a step of a change was last sent, and how often it was looked for since: what is made outside shows only a while
 * later, and is not made again before. Changes that one person may carry out, which end by themselves, and when people
 * were last told that one did not end.
 */
export const migration: Migration = {
  name: '092-sent-steps',
  statements: [
    'alter table change_steps add column sent_at timestamptz',
    'alter table change_steps add column looks int not null default 0',
    'alter table changes add column alone boolean not null default false',
    'alter table changes add column told_at timestamptz',
  ],
};
