import type { Migration } from '../migrate.ts';
import { clientTable } from './security.ts';

/**
 * What is written with every event becomes less. Matches of rules stand many to a row: those of one rule and group that
 * came together within an hour, all of them part of an alert (`hot`) or none. Activities lose their tie to the client,
 * which was looked up once per row: the numbers that they are given come from `activity_heads`, whose row is tied to the
 * client and locked while something is added, and they go when that row goes.
 */
export const migration: Migration = {
  name: '021-match-chunks',
  statements: [
    ...clientTable(
      'activity_match_chunks',
      `client_id text not null references clients(id) on delete cascade, rule text not null, grp text not null,
       first_at timestamptz not null, last_at timestamptz not null, id uuid not null default gen_random_uuid(),
       hot boolean not null, matches json not null, primary key (client_id, rule, grp, last_at, id)`,
      ['create index activity_match_chunks_age on activity_match_chunks (client_id, last_at) where not hot'],
    ),
    `select set_config('bylaw.scope', '*', true)`,
    `insert into activity_match_chunks (client_id, rule, grp, first_at, last_at, hot, matches)
       select client_id, rule, grp, min(at), max(at), hot,
         json_agg(json_build_array((extract(epoch from at) * 1000)::bigint, activity_id, base, value)
           order by at, activity_id, base)
       from activity_matches group by client_id, rule, grp, hot, date_trunc('hour', at, 'UTC')`,
    'drop table activity_matches',
    'alter table activities drop constraint activities_client_id_fkey',
    // The scope is put back: what comes next in the transaction sees no more than before.
    `create function remove_activities() returns trigger language plpgsql security definer set search_path from current
       as $$
       declare before text := current_setting('bylaw.scope', true);
       begin
         perform set_config('bylaw.scope', '*', true);
         delete from activities where client_id = old.client_id;
         perform set_config('bylaw.scope', coalesce(before, ''), true);
         return null;
       end $$`,
    `create trigger remove_activities after delete on activity_heads
       for each row execute function remove_activities()`,
  ],
};
