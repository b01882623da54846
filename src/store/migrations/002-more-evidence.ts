import type { Migration } from '../migrate.ts';

/** A statement may rest on more than one file: those beside the first. */
export const migration: Migration = {
  name: '002-more-evidence',
  statements: [`alter table attestations add column evidence_more jsonb not null default '[]'`],
};
