import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/** Reminders that people sent each other of work, and what became of the mail that goes with each. */
export const migration: Migration = {
  name: '151-work-reminders',
  statements: [
    ...clientTable(
      'work_reminders',
      `client_id text not null references clients(id) on delete cascade, id text not null, item text not null,
       controls jsonb not null, title text not null, path text not null,
       user_id text not null references users(id) on delete cascade, user_name text not null,
       sent_by text not null, sent_by_name text not null, sent_at timestamptz not null, mail text not null,
       primary key (client_id, id)`,
      ['create index work_reminders_user on work_reminders (user_id, sent_at)'],
    ),
    'alter table assigned_notices add column reminder text',
  ],
};
