import type { Migration } from '../migrate.ts';

/**
 * What somebody has to put right about a sink, written when it changes, and when it last delivered, written once a day:
 * they belong to the facts of a client that pages
 * remember, while how a sink stands changes with every batch.
 */
export const migration: Migration = {
  name: '029-sink-findings',
  statements: [
    `alter table sinks add column findings jsonb not null default '[]'`,
    `alter table sinks add column delivered_at timestamptz`,
  ],
};
