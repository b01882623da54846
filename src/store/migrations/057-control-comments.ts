import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/** What people wrote of a control. A comment that its author removed keeps its row without the text. */
export const migration: Migration = {
  name: '057-control-comments',
  statements: clientTable(
    'control_comments',
    `client_id text not null references clients(id) on delete cascade, id text not null, control_id text not null,
     text text, written_by text not null, written_by_name text not null, written_at timestamptz not null,
     edited_at timestamptz, version int not null default 1, primary key (client_id, id)`,
    ['create index control_comments_control on control_comments (client_id, control_id, written_at)'],
  ),
};
