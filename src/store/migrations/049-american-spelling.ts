import type { Migration } from '../migrate.ts';

/** JSON in which one word takes the place of another, as a key or as a whole value: both end at a quotation mark. */
const reworded = (column: string, words: readonly (readonly [string, string])[]): string =>
  words.reduce((text, [former, word]) => `replace(${text}, '${former}"', '${word}"')`, `${column}::text`);

const DOCUMENT_WORDS = [
  ['"organisation_accounts', '"organization_accounts'],
  ['"unauthorised_access', '"unauthorized_access'],
  ['"foreignOrganisation', '"foreignOrganization'],
  ['"ownOrganisation', '"ownOrganization'],
] as const;

/** Lines of a document are found by the path of what is on them. */
const LINE_WORDS = [
  ['.foreignOrganisation', '.foreignOrganization'],
  ['.ownOrganisation', '.ownOrganization'],
] as const;

const FIELD = [['"organisation', '"organization']] as const;

/**
 * Names of columns, states and keys in American spelling, as everywhere else. What is recorded for good (activities,
 * audit log, packed rows of files, texts of messages) stays as it is and is read in both spellings.
 */
export const migration: Migration = {
  name: '049-american-spelling',
  statements: [
    `select set_config('bylaw.scope', '*', true)`,
    'alter table activity_intake rename column other_organisation to other_organization',
    'alter table activity_intake rename column no_organisation to no_organization',
    `update activity_intake set last_type = 'other_organization' where last_type = 'other_organisation'`,
    'alter table activity_organisations rename to activity_organizations',
    'alter table activity_organizations rename column organisation to organization',
    'alter table activity_organizations rename constraint activity_organisations_pkey to activity_organizations_pkey',
    'alter table source_connections rename column organisations to organizations',
    'alter table source_places rename column organisations to organizations',
    `update imports set state = 'canceled' where state = 'cancelled'`,
    ...['documents', 'charter_drafts', 'claims'].map(
      (table) => `update ${table} set value = ${reworded('value', DOCUMENT_WORDS)}::jsonb
        where value::text ~ 'rganisation|unauthorised_access'`,
    ),
    ...['documents', 'claims'].map(
      (table) => `update ${table} set lines = ${reworded('lines', LINE_WORDS)}::jsonb
        where lines::text like '%Organisation"%'`,
    ),
    ...['mapping', 'asks'].map(
      (column) => `update observations set ${column} = ${reworded(column, FIELD)}::jsonb
        where ${column}::text like '%"organisation"%'`,
    ),
  ],
};
