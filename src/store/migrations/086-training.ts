import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/**
 * Quizzes of the training that staff handed in on their own page. Of one that was not passed there is only when, until
 * its day is over; what was answered is never kept.
 */
export const migration: Migration = {
  name: '086-training',
  statements: [
    ...clientTable(
      'training_attempts',
      `client_id text not null references clients(id) on delete cascade, id text not null, address text not null,
       at timestamptz not null, passed boolean not null, right_answers int, questions int, sha256 text,
       primary key (client_id, id)`,
      ['create index training_attempts_address on training_attempts (client_id, address, at)'],
    ),
  ],
};
