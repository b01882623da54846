import type { Migration } from '../migrate.ts';

/**
 * What a charter did not say of a connector was stored as "directory", which nobody can tell from what somebody said. It
 * is left out again: for connectors of the catalogue it says the same, and for any other the kind is asked for.
 */
export const migration: Migration = {
  name: '142-connector-kinds',
  statements: [
    `select set_config('bylaw.scope', '*', true)`,
    ...['documents', 'charter_drafts', 'claims'].map(
      (table) => `update ${table} set value = jsonb_set(value, '{connectors}', (
          select jsonb_agg(case when one ->> 'kind' = 'directory' then one - 'kind' else one end order by place)
          from jsonb_array_elements(value -> 'connectors') with ordinality as each(one, place)))
        where jsonb_typeof(value -> 'connectors') = 'array'
          and value -> 'connectors' @> '[{"kind": "directory"}]'`,
    ),
  ],
};
