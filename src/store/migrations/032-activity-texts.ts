import type { Migration } from '../migrate.ts';
import { clientTable, retainedTable } from './security.ts';

const owned = 'client_id text not null references clients(id) on delete cascade';

/**
 * Texts of activities that a charter lets be kept, apart from the log, so that nothing that reads the log meets one.
 * They are locked with a key of the client's own, which is sealed as other secrets are: a change of the server's key
 * seals one text anew for each client, not each of them. Only retention removes one.
 */
export const migration: Migration = {
  name: '032-activity-texts',
  statements: [
    ...retainedTable(
      'activity_texts',
      `${owned}, at timestamptz not null, id text not null, part text not null, locked text not null,
       characters int not null, person text, keep_until timestamptz not null, charter int not null,
       stored_at timestamptz not null, primary key (client_id, at, id, part)`,
      ['create index activity_texts_until on activity_texts (client_id, keep_until)'],
    ),
    ...clientTable('activity_text_keys', `${owned}, key_sealed text not null, primary key (client_id)`),
  ],
};
