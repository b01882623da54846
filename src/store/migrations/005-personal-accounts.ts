import type { Migration } from '../migrate.ts';
import { clientTable, recordTable } from './security.ts';

const owned = 'client_id text not null references clients(id) on delete cascade';

/**
 * What is done about personal accounts. Steps and wordings are added and never changed; a message changes once, when
 * it is known what became of it. Which accounts there are is not stored: the reports tell.
 */
export const migration: Migration = {
  name: '005-personal-accounts',
  statements: [
    ...clientTable(
      'campaigns',
      `${owned}, contact_name text, contact_address text, policy_url text, reminders boolean not null default false,
       remind_after int not null default 14 check (remind_after between 1 and 90),
       most_reminders int not null default 2 check (most_reminders between 1 and 6),
       version int not null default 1, changed_by text, changed_by_name text, changed_at timestamptz,
       primary key (client_id)`,
    ),
    ...recordTable(
      'account_steps',
      `${owned}, account text not null, seq int not null, kind text not null, at timestamptz not null, day text not null,
       made text not null, by_id text, by_name text not null, detail jsonb not null, note text,
       primary key (client_id, account, seq)`,
    ),
    ...recordTable(
      'message_texts',
      `${owned}, kind text not null, version int not null, subject text not null, body text not null,
       written_by text not null, written_by_name text not null, written_at timestamptz not null,
       primary key (client_id, kind, version)`,
    ),
    ...clientTable(
      'account_messages',
      `${owned}, id text not null, account text, kind text not null, wording int not null, recipient text not null,
       subject text not null, body text not null, how text not null, state text not null, why text,
       begun_by text, begun_by_name text not null, begun_at timestamptz not null, ended_at timestamptz,
       primary key (client_id, id)`,
      ['create index account_messages_account on account_messages (client_id, account, begun_at)'],
    ),
  ],
};
