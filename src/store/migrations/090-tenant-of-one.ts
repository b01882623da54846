import type { Migration } from '../migrate.ts';

/**
 * A tenant of a vendor whose tenants belong to one client each: the database refuses a second client, also where two
 * people connect it at the same moment. null: the vendor has no such tenants, or which one it is was not known.
 */
export const migration: Migration = {
  name: '090-tenant-of-one',
  statements: [
    'alter table source_connections add column tenant_of_one text',
    `update source_connections as own set tenant_of_one = own.tenants -> 0 ->> 'id' where own.vendor = 'microsoft' and not exists
       (select 1 from source_connections as other where other.vendor = own.vendor and other.key_kind = own.key_kind
         and other.client_id <> own.client_id and other.tenants -> 0 ->> 'id' = own.tenants -> 0 ->> 'id')`,
    'create unique index source_connections_tenant_of_one on source_connections (vendor, key_kind, tenant_of_one)',
  ],
};
