import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/**
 * Inference hooks of clients; which activities are decisions of a guard, by the reference that people get; and how many
 * calls of each day were refused before they were looked at.
 */
export const migration: Migration = {
  name: '105-content-checks',
  statements: [
    ...clientTable(
      'inference_hooks',
      `client_id text primary key references clients(id) on delete cascade, endpoint text not null unique,
       mode text not null, secret_sealed text, version int not null, changed_at timestamptz not null,
       changed_by text not null, changed_by_name text not null`,
    ),
    ...clientTable(
      'activity_checks',
      `client_id text not null references clients(id) on delete cascade, reference text not null,
       at timestamptz not null, id text not null, guard text not null, verdict text not null,
       judged text, judged_at timestamptz, judged_by text, judged_note text,
       primary key (client_id, reference)`,
      ['create index activity_checks_at on activity_checks (client_id, at, reference)'],
    ),
    ...clientTable(
      'activity_check_refusals',
      `client_id text not null references clients(id) on delete cascade, day text not null, guard text not null,
       reason text not null, calls bigint not null, last_at timestamptz not null,
       primary key (client_id, day, guard, reason)`,
    ),
  ],
};
