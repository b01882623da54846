import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastCpu } from '../../testing/cpu.ts';
import { approvalsOf, approvedConnectors } from './chartered.ts';
import { matchAction, matchConnector } from './match.ts';
import { ASANA, CATALOGUE, OUTLOOK, SHAREPOINT } from './testing/catalogue.ts';

const entriesOf = (name: string) => matchConnector(name, CATALOGUE).entries.map((entry) => entry.id);

describe('matchConnector', () => {
  it.each([
    'SharePoint / OneDrive',
    'Microsoft 365 - SharePoint',
    'M365 SharePoint',
    'ms 365: sharepoint',
    'Office 365 OneDrive',
    'microsoft365_sharepoint',
    ' SHAREPOINT ',
    'Microsoft SharePoint connector',
    'OneDrive/SharePoint',
    'Microsoft 365 (SharePoint / OneDrive)',
  ])('matches "%s" to SharePoint', (name) => {
    expect(entriesOf(name)).toEqual(['microsoft365_sharepoint']);
  });

  it.each(['Microsoft 365', 'M365', 'microsoft-365 MCP server', 'Office 365', 'O365'])(
    'matches "%s" to all parts of Microsoft 365',
    (name) => {
      expect(entriesOf(name)).toEqual(['microsoft365_sharepoint', 'microsoft365_outlook']);
    },
  );

  it('matches two names in one cell to both parts', () => {
    expect(entriesOf('Outlook, SharePoint')).toEqual(['microsoft365_sharepoint', 'microsoft365_outlook']);
  });

  it.each(['Asana Rovo', 'SharePoint Embedded Designer', 'Out look here', 'Canvas', 'Sana', ''])(
    'does not know "%s"',
    (name) => {
      expect(entriesOf(name)).toEqual([]);
    },
  );

  it('keeps an unknown name as one, whatever its spelling', () => {
    const keys = ['Chapter Portal', 'chapter-portal', 'CHAPTER PORTAL (MCP server)', 'Portal, Chapter'].map(
      (name) => matchConnector(name, CATALOGUE).key,
    );
    expect(new Set(keys)).toEqual(new Set(['chapter portal']));
  });

  it('ignores case and punctuation in a name', () => {
    const marks = fc.constantFrom(' ', ' - ', ' / ', '_', ': ');
    fc.assert(
      fc.property(
        fc.constantFrom('microsoft 365', 'M365', 'Microsoft'),
        marks,
        fc.constantFrom('sharepoint', 'SharePoint', 'SHAREPOINT'),
        (vendor, mark, name) => {
          expect(entriesOf(`${vendor}${mark}${name}`)).toEqual(['microsoft365_sharepoint']);
        },
      ),
    );
  });
});

const found = (text: string, entries = [SHAREPOINT], side: 'observed' | 'charter' = 'observed') => {
  const match = matchAction(text, entries, side);
  if (match.kind === 'actions') return match.actions.map((one) => one.action.id);
  return match.kind === 'class'
    ? [...match.effects].sort()
    : match.kind === 'unknown'
      ? `unknown ${match.key}`
      : 'rest';
};

describe('matchAction', () => {
  it.each([
    'Delete item',
    'sharepoint_delete_item',
    'Delete',
    'Delete files',
    'delete file',
    'DELETE ITEMS',
    'SharePoint: delete item',
    'Delete item (SharePoint)',
    'Delete the item in SharePoint',
  ])('matches "%s" to the deletion of an item', (text) => {
    expect(found(text)).toEqual(['sharepoint_delete_item']);
  });

  it.each([
    'undelete item',
    'Undelete',
    'sharepoint_undelete_item',
    'delete list',
    'Do not delete item',
    'deleteitems now',
  ])('does not match "%s" to the deletion of an item', (text) => {
    expect(found(text)).toMatch(/^unknown /);
  });

  it.each([
    'Eliminar elemento',
    'Eliminar archivos',
    'Supprimer un élément',
    'Dateien löschen',
    'Das Element löschen',
  ])('understands "%s" in its language', (text) => {
    expect(found(text)).toEqual(['sharepoint_delete_item']);
    expect(found('Correos enviar', [OUTLOOK])).toEqual(found('Send email', [OUTLOOK]));
    expect(found('E-Mails senden', [OUTLOOK])).toEqual(found('Send email', [OUTLOOK]));
  });

  it('does not guess where a word is not known or two verbs stand', () => {
    expect(found('Eliminar papelera')).toMatch(/^unknown /);
    expect(found('Nicht löschen')).toMatch(/^unknown /);
    expect(found('Leer eliminar archivo')).toMatch(/^unknown /);
  });

  it('gives an action that the catalogue does not know one name in each language', () => {
    const key = (text: string) => found(text, []);
    expect(key('Crear diseños')).toBe(key('Create designs'));
    expect(key('Aufgaben suchen')).toBe(key('Search tasks'));
    expect(key('Rechercher des fichiers')).toBe(key('Search files'));
  });

  it('keeps trash and untrash, send and send draft apart', () => {
    expect(found('outlook_trash_thread', [OUTLOOK])).toEqual(['outlook_trash_thread']);
    expect(found('outlook_untrash_thread', [OUTLOOK])).toEqual(['outlook_untrash_thread']);
    expect(found('Send draft', [OUTLOOK])).toEqual(['outlook_send_draft']);
    expect(found('outlook_send_email', [OUTLOOK])).toEqual(['outlook_send_mail']);
    expect(found('Send email', [OUTLOOK])).toEqual(['outlook_send_mail']);
    expect(found('Send drafts later', [OUTLOOK])).toBe('unknown senddraftlater');
  });

  it.each([
    '*',
    'all',
    'Default',
    'All tools',
    'all other actions',
    'Server default',
    'everything else',
    'default for all tools',
  ])('reads "%s" as the rest', (text) => {
    expect(found(text)).toBe('rest');
  });

  it.each([
    ['read-only tools', ['read']],
    ['Read/search', ['read']],
    ['all read actions', ['read']],
    ['write/delete tools', ['admin', 'delete', 'send', 'write']],
    ['Write and delete', ['admin', 'delete', 'send', 'write']],
    ['all write, delete and admin actions', ['admin', 'delete', 'send', 'write']],
    ['write tools', ['write']],
    ['admin', ['admin']],
  ])('reads "%s" as a category', (text, effects) => {
    expect(found(text)).toEqual(effects);
  });

  it('reads a bare verb as a class in a charter, and as the one action of that name in a table', () => {
    expect(found('delete', [SHAREPOINT, OUTLOOK], 'charter')).toEqual(['delete']);
    expect(found('delete', [SHAREPOINT, OUTLOOK], 'observed')).toEqual(['sharepoint_delete_item']);
    expect(found('send', [OUTLOOK], 'charter')).toEqual(['send']);
  });

  it('finds the part of Microsoft 365 by the tool name, and every part that has an action of one name', () => {
    expect(found('outlook_send_mail', [SHAREPOINT, OUTLOOK])).toEqual(['outlook_send_mail']);
    expect(found('Search', [SHAREPOINT, OUTLOOK])).toEqual(['sharepoint_search', 'outlook_email_search']);
  });

  it('finds every catalogue action by id and title, and never two by an id', () => {
    for (const connector of CATALOGUE.connectors) {
      for (const action of connector.actions) {
        expect(found(action.id, [connector])).toEqual([action.id]);
        expect(found(action.title.toUpperCase(), [connector])).toEqual([action.id]);
      }
    }
  });

  it('never matches a longer name that merely contains an action', () => {
    const word = fc
      .stringMatching(/^[a-z]{3,8}$/)
      .filter(
        (text) =>
          ![
            'tool',
            'tools',
            'asana',
            'the',
            'for',
            'file',
            'files',
            'from',
            'via',
            'with',
            'using',
            'asanas',
          ].includes(text) && !text.startsWith('asana'),
      );
    fc.assert(
      fc.property(
        word,
        fc.constantFrom('Delete task', 'Create task'),
        fc.boolean(),
        (extra, title, before) => {
          expect(found(before ? `${extra} ${title}` : `${title} ${extra}`, [ASANA])).toMatch(/^unknown /);
        },
      ),
    );
  });
});

it('finds the entries of a charter in time that grows with their number alone', async () => {
  const names = Array.from({ length: 20_000 }, (_, at) => `Server ${at}`);
  const charter = { connectors: names.map((name) => ({ name, actions: {}, justifications: {} })) };
  const find = () => {
    const approved = approvedConnectors(charter, CATALOGUE);
    expect(approved.every((one) => approvalsOf(one.place, approved)[0] === one)).toBe(true);
  };
  // With a linear scan for each, it took more than five seconds.
  expect(await leastCpu(2_000, find)).toBeLessThan(2_000);
});
