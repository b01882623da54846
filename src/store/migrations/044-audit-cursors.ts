import type { Migration } from '../migrate.ts';

/** Sinks that are there already can be given the audit log, too; until somebody chooses so they are given none of it. */
export const migration: Migration = {
  name: '044-audit-cursors',
  statements: [
    `select set_config('bylaw.scope', '*', true)`,
    `insert into activity_sink_cursors (sink_id, client_id, stream, seq)
     select s.id, s.client_id, stream, 0 from sinks s, unnest(array['audit', 'workspace_audit']) as stream
     on conflict do nothing`,
  ],
};
