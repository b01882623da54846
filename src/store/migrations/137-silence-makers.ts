import type { Migration } from '../migrate.ts';

/** Who made a silence, and by which names and addresses alerts would name them: their own alerts are not silenced by it. */
export const migration: Migration = {
  name: '137-silence-makers',
  statements: [
    `select set_config('bylaw.scope', '*', true)`,
    "alter table detection_silences add column made_by text, add column made_by_names jsonb not null default '[]'",
    // An older silence says only the name of who made it, so the addresses of everyone who has or had it are taken.
    `update detection_silences s set made_by_names = jsonb_build_array(s.made_by_name) || coalesce(
       (select jsonb_agg(u.email) from users u
        where u.name = s.made_by_name or u.former_names @> to_jsonb(s.made_by_name)), '[]')`,
  ],
};
