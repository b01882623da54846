import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/**
 * Every change of an alert in the order in which it is handed on: raised, decided on, opened again, counted. Triggers note
 * it, so that whatever writes an alert cannot forget to. A change has no number until whoever hands it on gives it one
 * (detections/forward.ts): numbers that the writers gave would become visible out of order.
 */
export const migration: Migration = {
  name: '030-alert-changes',
  statements: [
    ...clientTable(
      'activity_alert_changes',
      `client_id text not null, id uuid not null default gen_random_uuid(), alert_id text not null,
       written timestamptz not null default clock_timestamp(), act text not null, state text not null,
       done_by_name text, done_at timestamptz not null, count int not null, last_at timestamptz not null,
       outlier jsonb, number bigint, version int, primary key (client_id, id),
       foreign key (client_id, alert_id) references alerts(client_id, id) on delete cascade`,
      [
        'create unique index activity_alert_changes_number on activity_alert_changes (client_id, number)',
        'create index activity_alert_changes_new on activity_alert_changes (client_id) where number is null',
        'create index activity_alert_changes_alert on activity_alert_changes (client_id, alert_id)',
      ],
    ),
    // Sinks have come so far by the numbers of alerts: what was sent keeps its number.
    `select set_config('bylaw.scope', '*', true)`,
    `insert into activity_alert_changes (client_id, alert_id, act, state, done_at, count, last_at, outlier, number, version)
     select a.client_id, a.id, 'raised', a.state, a.raised_at, s.count, s.last_at, s.outlier, a.number, 1
       from alerts a join activity_alert_spans s on s.client_id = a.client_id and s.alert_id = a.id
      where a.state in ('open', 'follow_up', 'real', 'benign', 'withdrawn')`,
    `create function note_alert_raised() returns trigger language plpgsql as $$
     begin
       insert into activity_alert_changes (client_id, alert_id, act, state, done_at, count, last_at, outlier)
       select new.client_id, new.alert_id, 'raised', a.state, a.raised_at, new.count, new.last_at, new.outlier
         from alerts a where a.client_id = new.client_id and a.id = new.alert_id;
       return null;
     end $$`,
    `create trigger alert_raised after insert on activity_alert_spans
       for each row execute function note_alert_raised()`,
    `create function note_alert_counted() returns trigger language plpgsql as $$
     begin
       insert into activity_alert_changes (client_id, alert_id, act, state, done_at, count, last_at, outlier)
       select new.client_id, new.alert_id, 'counted', a.state, now(), new.count, new.last_at, new.outlier
         from alerts a where a.client_id = new.client_id and a.id = new.alert_id and a.state <> 'merged';
       return null;
     end $$`,
    // An alert may grow with every batch: its count is told when it passes the next step of a quarter.
    `create trigger alert_counted after update on activity_alert_spans for each row
       when (floor(ln(greatest(new.count, 1)) / ln(1.25)) > floor(ln(greatest(old.count, 1)) / ln(1.25)))
       execute function note_alert_counted()`,
    `create function note_alert_step() returns trigger language plpgsql as $$
     begin
       insert into activity_alert_changes (client_id, alert_id, act, state, done_by_name, done_at, count, last_at, outlier)
       select new.client_id, new.alert_id, new.act, a.state, new.done_by_name, new.done_at, s.count, s.last_at, s.outlier
         from alerts a join activity_alert_spans s on s.client_id = a.client_id and s.alert_id = a.id
        where a.client_id = new.client_id and a.id = new.alert_id;
       return null;
     end $$`,
    `create trigger alert_step after insert on alert_steps for each row when (new.act not in ('raised', 'note'))
       execute function note_alert_step()`,
  ],
};
