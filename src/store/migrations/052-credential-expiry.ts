import type { Migration } from '../migrate.ts';

/** When a source's credential ends, so that somebody hears of it a month before. */
export const migration: Migration = {
  name: '052-credential-expiry',
  statements: ['alter table source_connections add column expires_at timestamptz'],
};
