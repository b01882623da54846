import type { Migration } from '../migrate.ts';

/**
 * Sources of any vendor: what of a credential is no secret, such as an application's tenant, is stored beside the sealed
 * rest, and what the credential reads is called tenants, whatever the vendor calls them.
 */
export const migration: Migration = {
  name: '050-source-credentials',
  statements: [
    "alter table source_connections add column settings jsonb not null default '{}'",
    'alter table source_connections rename column organizations to tenants',
    'alter table source_places rename column organizations to tenants',
  ],
};
