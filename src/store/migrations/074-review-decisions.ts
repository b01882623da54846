import type { Migration } from '../migrate.ts';

/**
 * What is decided line by line of a list in a review, and reviews that are ended without a signature. A review that was
 * ended is not open any more, so another one of its kind can be.
 */
export const migration: Migration = {
  name: '074-review-decisions',
  statements: [
    `alter table review_answers add column decisions jsonb not null default '[]'`,
    'alter table reviews add column ended_by text',
    'alter table reviews add column ended_by_name text',
    'alter table reviews add column ended_at timestamptz',
    'alter table reviews add column ended_why text',
    'drop index reviews_open',
    'create unique index reviews_open on reviews (client_id, kind) where signed_at is null and ended_at is null',
  ],
};
