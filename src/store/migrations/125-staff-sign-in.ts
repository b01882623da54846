import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

const owned = 'client_id text not null references clients(id) on delete cascade';

/**
 * The application in a client's own Entra tenant at which its staff sign in on the pages for them, and which account of
 * that tenant an address belongs to: an account's id never changes and is never given to someone else.
 */
export const migration: Migration = {
  name: '125-staff-sign-in',
  statements: [
    ...clientTable(
      'staff_sign_in',
      `${owned}, cloud text not null, tenant_id text not null, application_id text not null, secret_sealed text,
       version int not null default 1, changed_by_name text not null, changed_at timestamptz not null,
       primary key (client_id)`,
    ),
    ...clientTable(
      'staff_accounts',
      `${owned}, tenant_id text not null, account_id text not null, address text not null,
       first_at timestamptz not null, last_at timestamptz not null, primary key (client_id, tenant_id, account_id),
       unique (client_id, address)`,
    ),
    `alter table staff_links add column method text not null default 'mail_link', add column provider text`,
    'alter table policy_settings drop column sign_in_provider',
  ],
};
