import { type Connector, connectorSchema } from '../../../model/catalogue.ts';

/**
 * A small catalogue for tests of connector rules, with the shape of the real one but only the content that tests need.
 */

type Row = readonly [
  id: string,
  title: string,
  aliases: readonly string[],
  effect: Connector['actions'][number]['effect'],
  baseline: 'allow' | 'ask' | 'blocked' | null,
];

function entry(
  id: string,
  name: string,
  aliases: readonly string[],
  parts: Partial<Connector>,
  rows: readonly Row[],
): Connector {
  return connectorSchema.parse({
    id,
    name,
    aliases,
    category: 'files',
    holdsMemberData: true,
    sensitivity: 'high',
    directory: 'confirmed',
    dataClasses: null,
    verifiedDomain: null,
    managedAuth: null,
    limits: null,
    sources: [{ title: 'A page', url: 'https://example.org/page', read: '2026-08-22' }],
    ...parts,
    actions: rows.map(([action, title, names, effect, baseline]) => ({
      id: action,
      title,
      aliases: names,
      effect,
      baseline,
    })),
  });
}

export const SHAREPOINT = entry(
  'microsoft365_sharepoint',
  'Microsoft 365 (SharePoint / OneDrive)',
  ['SharePoint', 'OneDrive'],
  {},
  [
    ['sharepoint_search', 'Search content', ['Search'], 'read', 'allow'],
    ['sharepoint_update_file', 'Edit file', ['Edit'], 'write', 'ask'],
    ['sharepoint_delete_item', 'Delete item', ['Delete', 'Delete files'], 'delete', 'blocked'],
  ],
);

export const OUTLOOK = entry(
  'microsoft365_outlook',
  'Microsoft 365 (Outlook)',
  ['Outlook', 'Exchange Online'],
  { category: 'mail' },
  [
    ['outlook_email_search', 'Search e-mail', ['Search'], 'read', 'allow'],
    ['outlook_send_mail', 'Send e-mail', ['outlook_send_email'], 'send', 'blocked'],
    ['outlook_send_draft', 'Send draft', [], 'send', 'blocked'],
    ['outlook_trash_thread', 'Trash thread', [], 'delete', 'blocked'],
    ['outlook_untrash_thread', 'Restore thread', [], 'write', null],
  ],
);

export const ASANA = entry(
  'asana',
  'Asana',
  ['Asana project tools'],
  { category: 'project', sensitivity: 'low', holdsMemberData: false },
  [
    ['read_tasks', 'Read tasks', ['View status'], 'read', 'allow'],
    ['create_task', 'Create task', [], 'write', 'ask'],
    ['delete_task', 'Delete task', [], 'delete', 'blocked'],
  ],
);

export const IMIS = entry('imis', 'iMIS', [], { category: 'ams', directory: 'unconfirmed' }, [
  ['read_members', 'Read member records', [], 'read', 'allow'],
  ['write_members', 'Change member records', [], 'write', 'blocked'],
]);

export const SALESFORCE = entry('salesforce', 'Salesforce', [], { category: 'crm' }, [
  ['read_records', 'Read contacts', [], 'read', 'allow'],
  ['write_records', 'Update records', [], 'write', 'ask'],
]);

export const FONTEVA = entry('fonteva', 'Fonteva', [], { category: 'ams', recordsIn: 'salesforce' }, [
  ['read_members', 'Read member records', [], 'read', 'allow'],
]);

export const CATALOGUE = { connectors: [SHAREPOINT, OUTLOOK, ASANA, IMIS] };
