import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/**
 * Governance reviews that are led in the console, with the items as they were when each was opened, and what reviewers
 * answered. A client has one open review of a kind; a signed one never changes, but for flags that are closed.
 */
export const migration: Migration = {
  name: '066-reviews',
  statements: [
    ...clientTable(
      'reviews',
      `client_id text not null references clients(id) on delete cascade, id text not null, kind text not null,
       items jsonb not null, from_on text not null, opened_by text not null, opened_by_name text not null,
       opened_at timestamptz not null, signed_by text, signed_by_name text, signed_as text, signed_at timestamptz,
       signed_on text, snapshot jsonb, minutes jsonb, record_id text, next_on text, version int not null default 1,
       primary key (client_id, id)`,
    ),
    'create unique index reviews_open on reviews (client_id, kind) where signed_at is null',
    ...clientTable(
      'review_answers',
      `client_id text not null, review_id text not null, item text not null, answer text not null, note text,
       owner_user text, owner_name text, owner_mail text, day text, seen jsonb not null, explained jsonb not null, changed_by text not null,
       changed_by_name text not null, changed_at timestamptz not null, closed_on text, closed_by text,
       closed_by_name text, closed_note text, version int not null default 1,
       primary key (client_id, review_id, item),
       foreign key (client_id, review_id) references reviews(client_id, id) on delete cascade`,
    ),
  ],
};
