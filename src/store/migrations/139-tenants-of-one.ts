import type { Migration } from '../migrate.ts';

/**
 * What step 090 was to do and did not where the database's user is held by row-level security: a second client could
 * connect a tenant that was connected before that step.
 */
export const migration: Migration = {
  name: '139-tenants-of-one',
  statements: [
    `update source_connections as own set tenant_of_one = own.tenants -> 0 ->> 'id'
     where own.vendor = 'microsoft' and own.tenant_of_one is null and not exists
       (select 1 from source_connections as other where other.vendor = own.vendor and other.key_kind = own.key_kind
         and other.client_id <> own.client_id
         and own.tenants -> 0 ->> 'id' in (other.tenants -> 0 ->> 'id', other.tenant_of_one))`,
  ],
};
