import type { Migration } from '../migrate.ts';

/** Whether an inference hook asks the client's Purview policies for a second opinion. It does not until someone says so. */
export const migration: Migration = {
  name: '145-hook-purview',
  statements: ['alter table inference_hooks add column purview boolean not null default false'],
};
