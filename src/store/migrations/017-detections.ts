import type { Migration } from '../migrate.ts';
import { clientTable, recordTable } from './security.ts';

/**
 * Detections over the activity log. What is written with every event (`activity_…`): matches that a correlation may
 * still need and that prove an alert, counts of person-days, and how far an alert reaches. Beside it what is decided:
 * alerts with their steps, settings of rules, silences.
 */
export const migration: Migration = {
  name: '017-detections',
  statements: [
    ...clientTable(
      'activity_matches',
      `client_id text not null references clients(id) on delete cascade, rule text not null, grp text not null,
       at timestamptz not null, activity_id text not null, base int not null, value text, hot boolean not null,
       primary key (client_id, rule, grp, at, activity_id, base)`,
      ['create index activity_matches_age on activity_matches (client_id, at) where not hot'],
    ),
    ...clientTable(
      'activity_person_days',
      `client_id text not null references clients(id) on delete cascade, person text not null, day text not null,
       messages int not null, calls int not null, hours int not null, primary key (client_id, person, day)`,
      ['create index activity_person_days_day on activity_person_days (client_id, day)'],
    ),
    ...clientTable(
      'alerts',
      `client_id text not null references clients(id) on delete cascade, id text not null, number int not null,
       rule text not null, grp text not null, level text not null, state text not null, raised_at timestamptz not null,
       silence_id text, merged_into text, settled_by_name text, settled_at timestamptz,
       version int not null default 1, primary key (client_id, id)`,
      [
        'create unique index alerts_number on alerts (client_id, number)',
        'create index alerts_state on alerts (client_id, state)',
        'create index alerts_group on alerts (client_id, rule, grp)',
      ],
    ),
    ...clientTable(
      'activity_alert_spans',
      `client_id text not null, alert_id text not null, rule text not null, grp text not null,
       first_at timestamptz not null, last_at timestamptz not null, count int not null, first_activity text,
       sample jsonb not null, outlier jsonb, primary key (client_id, alert_id),
       foreign key (client_id, alert_id) references alerts(client_id, id) on delete cascade`,
      ['create index activity_alert_spans_group on activity_alert_spans (client_id, rule, grp, last_at)'],
    ),
    ...recordTable(
      'alert_steps',
      `client_id text not null, alert_id text not null, seq int not null, act text not null, note text,
       done_by text, done_by_name text, done_at timestamptz not null, primary key (client_id, alert_id, seq),
       foreign key (client_id, alert_id) references alerts(client_id, id) on delete cascade`,
    ),
    ...clientTable(
      'detection_settings',
      `client_id text not null references clients(id) on delete cascade, rule text not null, is_on boolean,
       number double precision, reason text not null, changed_by_name text not null, changed_at timestamptz not null,
       version int not null default 1, primary key (client_id, rule)`,
    ),
    ...clientTable(
      'detection_silences',
      `client_id text not null references clients(id) on delete cascade, id text not null, rule text not null, grp text,
       about text not null, reason text not null, until_day text not null, made_by_name text not null,
       made_at timestamptz not null, ended_by_name text, ended_at timestamptz, primary key (client_id, id)`,
      ['create index detection_silences_rule on detection_silences (client_id, rule)'],
    ),
  ],
};
