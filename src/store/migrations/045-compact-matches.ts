import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

const SHA256 = (text: string) => `encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`;

/**
 * Matches take less room: they are found by a short key of their client, rule and group (store/detections/match-keys.ts)
 * instead of by all three with an id, and by age through an index of a few bytes for each hundred of them. Calls in
 * alerts are noted by name, so that whether another source told of one already takes one look, not a reading of the day.
 */
export const migration: Migration = {
  name: '045-compact-matches',
  statements: [
    `select set_config('bylaw.scope', '*', true)`,
    ...clientTable(
      'activity_match_rows',
      `client_id text not null references clients(id) on delete cascade, key bigint not null, rule text not null,
       grp text not null, first_at timestamptz not null, last_at timestamptz not null, hot boolean not null,
       matches json not null`,
    ),
    `insert into activity_match_rows (client_id, key, rule, grp, first_at, last_at, hot, matches)
       select client_id, ('x' || substr(${SHA256(`client_id || E'\\n' || rule || E'\\n' || grp`)}, 1, 12))::bit(48)::bigint,
         rule, grp, first_at, last_at, hot, matches
       from activity_match_chunks order by last_at, client_id`,
    'drop table activity_match_chunks',
    'alter table activity_match_rows rename to activity_match_chunks',
    'create index activity_match_chunks_near on activity_match_chunks (key, last_at)',
    'create index activity_match_chunks_age on activity_match_chunks using brin (last_at) with (pages_per_range = 16)',
    ...clientTable(
      'activity_told_calls',
      `client_id text not null references clients(id) on delete cascade, key uuid not null, at timestamptz not null,
       source text not null, activity text not null`,
    ),
    `insert into activity_told_calls (client_id, key, at, source, activity)
       select client_id, substr(${SHA256(
         `client_id || E'\\n' || rule || E'\\n' || grp || E'\\n' || (m.value ->> 2) || E'\\n' || (m.value ->> 4)`,
       )}, 1, 32)::uuid, to_timestamp((m.value ->> 0)::bigint / 1000.0), m.value ->> 5, m.value ->> 1
       from activity_match_chunks, json_array_elements(matches) as m
       where hot and m.value ->> 4 is not null and m.value ->> 5 is not null`,
    'create index activity_told_calls_key on activity_told_calls (key)',
  ],
};
