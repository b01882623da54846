import type { Migration } from '../migrate.ts';

/**
 * What step 136 was to do and did not where the database's user is held by row-level security: a statement without the
 * domains of its day would vouch for every domain that came later.
 */
export const migration: Migration = {
  name: '138-older-statements',
  statements: [
    `update attestations a set domains = c.profile -> 'domains' from clients c
     where c.id = a.client_id and a.domains is null`,
  ],
};
