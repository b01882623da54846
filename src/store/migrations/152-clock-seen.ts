import type { Migration } from '../migrate.ts';
import { identityTable } from './security.ts';

/** What time it was when the server last looked, and since when that goes on without a leap. */
export const migration: Migration = {
  name: '152-clock-seen',
  statements: identityTable(
    'clock_seen',
    'id integer primary key, seen_at timestamptz not null, steady_since timestamptz not null',
  ),
};
