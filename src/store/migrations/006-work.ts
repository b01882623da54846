import type { Migration } from '../migrate.ts';
import { clientTable, recordTable } from './security.ts';

const owned = 'client_id text not null references clients(id) on delete cascade';
const person = 'owner_user text, owner_name text, owner_mail text';
const changed = `changed_by text not null, changed_by_name text not null, changed_at timestamptz not null,
  version int not null default 1`;

/**
 * Who does what by when: tasks of the deployment that were given to somebody, and tasks that come again. What was done
 * is on the record for ever; a mistake is taken back by a row of its own.
 */
export const migration: Migration = {
  name: '006-work',
  statements: [
    ...clientTable(
      'task_assignments',
      `${owned}, journey text not null, task text not null, ${person}, due_on text, ${changed},
       primary key (client_id, journey, task)`,
    ),
    ...clientTable(
      'cadence_tasks',
      `${owned}, task text not null, active boolean not null, months int, reason text, ${person}, due_on text,
       ${changed}, primary key (client_id, task)`,
    ),
    ...recordTable(
      'cadence_records',
      `${owned}, id text not null, task text not null, done_on text not null, due_on text, note text not null,
       areas jsonb not null, evidence jsonb not null, done_by text not null, done_by_name text not null,
       recorded_at timestamptz not null, primary key (client_id, id)`,
    ),
    ...recordTable(
      'cadence_withdrawals',
      `client_id text not null, cadence_record_id text not null, reason text not null, withdrawn_by text not null,
       withdrawn_by_name text not null, withdrawn_at timestamptz not null, primary key (client_id, cadence_record_id),
       foreign key (client_id, cadence_record_id) references cadence_records(client_id, id) on delete cascade`,
    ),
  ],
};
