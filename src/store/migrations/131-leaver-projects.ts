import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/** The projects of someone who leaves, and what became of each; and that the list was made, by whom and how. */
export const migration: Migration = {
  name: '131-leaver-projects',
  statements: [
    ...clientTable(
      'leaver_project_lists',
      `client_id text not null, person_journey_id text not null, how text not null, listed_by text not null,
       listed_by_name text not null, listed_at timestamptz not null, primary key (client_id, person_journey_id),
       foreign key (client_id, person_journey_id) references person_journeys (client_id, id) on delete cascade`,
    ),
    ...clientTable(
      'leaver_projects',
      `client_id text not null, id text not null, person_journey_id text not null, vendor_id text, name text not null,
       private boolean, outcome text, given_to text, note text, settled_by text, settled_by_name text,
       settled_at timestamptz, version int not null default 1, primary key (client_id, id),
       unique (client_id, person_journey_id, vendor_id),
       foreign key (client_id, person_journey_id) references person_journeys (client_id, id) on delete cascade`,
    ),
  ],
};
