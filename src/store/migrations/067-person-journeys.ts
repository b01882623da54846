import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/**
 * Leaving and joining as journeys: what was the removal of a seat becomes one step of several, each with an owner and a
 * mark of its own. Marks that were made of seats are kept. An ended journey stays, and the person can begin another.
 */
export const migration: Migration = {
  name: '067-person-journeys',
  statements: [
    'alter table leavers rename to person_journeys',
    'alter table person_journeys rename column last_day to day',
    `alter table person_journeys add column kind text not null default 'leaving', add column ended_why text,
     add column ended_by text, add column ended_by_name text, add column ended_at timestamptz`,
    'alter table person_journeys alter column kind drop default',
    'alter table person_journeys drop constraint leavers_client_id_person_key_key',
    `create unique index person_journeys_open on person_journeys (client_id, kind, person_key) where ended_at is null`,
    ...clientTable(
      'person_journey_steps',
      `client_id text not null, person_journey_id text not null, step text not null, owner_user text, owner_name text,
       owner_mail text, marked_on text, marked_how text, note text, marked_by text, marked_by_name text,
       marked_at timestamptz, version int not null default 1, primary key (client_id, person_journey_id, step),
       foreign key (client_id, person_journey_id) references person_journeys (client_id, id) on delete cascade`,
    ),
    `insert into person_journey_steps (client_id, person_journey_id, step, marked_on, marked_how, marked_by, marked_by_name, marked_at)
     select client_id, id, 'seat_removed', removed_on, 'done', removed_by, removed_by_name, removed_at
     from person_journeys where removed_on is not null`,
    `alter table person_journeys drop column removed_on, drop column removed_by, drop column removed_by_name,
     drop column removed_at`,
  ],
};
