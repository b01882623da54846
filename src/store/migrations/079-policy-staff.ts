import type { Migration } from '../migrate.ts';
import { blankable, clientTable } from './security.ts';

const owned = 'client_id text not null references clients(id) on delete cascade';

/**
 * What the staff side of the policy needs: every mail that asked for an acknowledgement (instead of a count of them),
 * when people are reminded, the text in further languages, how a person was shown to be who they are, and erasing a
 * name and address from the register.
 */
export const migration: Migration = {
  name: '079-policy-staff',
  statements: [
    ...clientTable(
      'policy_settings',
      `${owned}, remind boolean not null, first_after int not null, every int not null, most int not null,
       days_off jsonb not null, sign_in_provider text, version int not null default 1, changed_by_name text not null,
       changed_at timestamptz not null, primary key (client_id)`,
    ),
    ...clientTable(
      'policy_deliveries',
      `${owned}, id text not null, number int not null, revision int not null, address text not null,
       name text not null, why text not null, by_name text not null, begun_at timestamptz not null,
       ended_at timestamptz, state text not null, failure text, primary key (client_id, id)`,
      ['create index policy_deliveries_number on policy_deliveries (client_id, number, address)'],
    ),
    `select set_config('bylaw.scope', '*', true)`,
    `insert into policy_deliveries (client_id, id, number, revision, address, name, why, by_name, begun_at, ended_at,
       state, failure)
     select client_id, number || ' ' || address, number, 0, address, address, 'request', 'not recorded', last_at,
       last_at, case when failure is null then 'sent' else 'failed' end, failure from policy_reminders`,
    'drop table policy_reminders',
    `alter table policy_drafts add column translations jsonb not null default '{}'`,
    `alter table policy_versions add column translations jsonb not null default '{}'`,
    `alter table policy_links add column method text not null default 'mail_link', add column provider text`,
    `alter table policy_acknowledgements add column language text, add column provider text,
       add column erased_at timestamptz, alter column address drop not null, alter column name drop not null`,
    ...blankable('policy_acknowledgements', 'address is null and name is null and erased_at is not null'),
  ],
};
