import { journal } from '../documents.ts';
import { file, is, never, noPass, noPasses, nowhere, reported, silent } from '../model.ts';
import { association, at, onlyGiven, outsideCase } from '../outside.ts';
import { connectorTable, usageTable } from '../tables.ts';
import { cells, csv } from '../text.ts';

const client = association('Betony Union', 'betony.example.org', 9);
const { people } = client;
const links = association('Lovage Network', 'lovage.example.org', 8);

export const outsideFigures = [
  // Spend in another currency, and one person with the usage of ten.
  outsideCase('spend-in-euros')(
    client.files({
      'spend.csv': csv([
        ['User email', 'Product', 'Model', 'total_requests', 'total_net_spend_eur', 'Start date', 'End date'],
        ...people.map(
          ({ email }, n) =>
            cells`${email}|Chat|claude-sonnet-5|${n === 4 ? 4200 : 60 + n}|${n === 4 ? '212,40' : '1,20'}|2026-10-20|2026-11-18`,
        ),
      ]),
    }),
    [
      is('VIS-01', 'cannot_read', 'on Team a spend report lists only use above the seats'),
      ...reported('VIS-03', 'fail', 'one with seventy times the others', at(people, 4).name),
      is('VIS-08', ['pass', 'cannot_read'], 'spend is there, in euros'),
      noPass('VIS-03', 'one with seventy times the others'),
      nowhere(/\$ ?2[12]\d|USD ?2[12]\d|21240/, 'euros are no dollars, and a comma is no group'),
      silent('VIS-08', /may be it|\$/, 'a column of euros holds no dollars'),
      silent('VIS-03', at(people, 3).name, 'as much as the others'),
      ...onlyGiven('members', 'use', 'journal', 'charter'),
    ],
    { profile: client.profile() },
  ),
  // An export that ends a week early, with an explanation and people without usage.
  outsideCase('use-with-the-last-week-missing')(
    client.files({
      'journal.yaml': journal(people, {
        explainedUsage: [
          { email: at(people, 4).email, on: '2026-11-20', by: at(people, 0).name, reason: 'Annual meeting' },
        ],
        siemTest: { on: '2026-10-15', by: at(people, 1).name, arrived: true },
      }),
      'use.csv': usageTable(
        people
          .slice(0, 6)
          .map(
            ({ email }, n) =>
              cells`${email}|Chat|claude-sonnet-5|${n === 4 ? 4200 : 60 + n}|2026-10-18|2026-11-16`,
          ),
      ),
    }),
    [
      is('VIS-01', 'cannot_read', 'on Team a spend report lists only use above the seats'),
      is('VIS-03', ['pass', 'cannot_read'], 'the one was explained'),
      is('VIS-02', 'pass', 'the review of 10 November'),
      is('VIS-07', 'pass', 'the test of 15 October arrived'),
      is('OPS-03', 'pass', 'the review of 10 November'),
      never('VIS-03', ['fail'], 'explained on 20 November'),
      never('VIS-08', ['pass'], 'requests are no spend'),
      silent('VIS-03', at(people, 7).email, 'missing is not zero'),
      nowhere(/Henrik Hansen[^"]{0,40}\b0 (requests|messages)/, 'missing is not zero'),
      file('use.csv', 'taken', 'use'),
      ...onlyGiven('members', 'use', 'journal', 'charter'),
    ],
    { profile: client.profile({ siem: 'sentinel' }) },
  ),
  linkedTwice(),
  renamed(),
];

/** One connector, connected for the organization and again by a person, with different permissions. */
function linkedTwice() {
  const row = (name: string, action: string, state: string, by: string) => [name, action, state, by];
  return outsideCase('a-connector-linked-twice')(
    links.files({
      'connectors.csv': csv([
        ['Connector', 'Action', 'Permission', 'Linked by'],
        row('Microsoft 365 (Outlook)', 'Search email', 'Always allow', 'Organization'),
        row('Microsoft 365 (Outlook)', 'Read email', 'Always allow', 'Organization'),
        row('Microsoft 365 (Outlook)', 'Send email', 'Blocked', 'Organization'),
        row('Microsoft 365 (Outlook)', 'Delete', 'Blocked', 'Organization'),
        row('Microsoft 365 (Outlook)', 'Send email', 'Needs approval', at(links.people, 3).email),
        row('M365 Outlook', 'Delete', 'Always allow', at(links.people, 3).email),
        row('Notion', 'Search', 'Always allow', at(links.people, 4).email),
      ]),
    }),
    [
      ...reported('CON-04', 'fail', 'the charter does not name Notion', 'Notion'),
      is('CON-09', ['fail', 'cannot_read'], 'sending and deleting are wider where a person linked it'),
      is('CON-10', ['fail', 'cannot_read'], 'sending and deleting are open where a person linked it'),
      is('CON-13', ['pass', 'not_applicable', 'cannot_read'], 'no membership system is linked'),
      ...noPasses('wider where a person linked it', 'CON-09 CON-10'),
      noPass('CON-04', 'the charter does not name Notion'),
      noPass('CON-06', 'two states of one action'),
      noPass('CON-12', 'Notion and deleting are always allowed'),
      silent('CON-04', /M365 Outlook/, 'another spelling of one that the charter names'),
      ...onlyGiven('members', 'states', 'journal', 'charter'),
    ],
    { profile: links.profile() },
  );
}

/** The vendor renamed a connector between two tables; nothing was added or removed. */
function renamed() {
  const table = (name: string, read = 'Read email') =>
    connectorTable([
      [name, 'Search email', 'Always allow'],
      [name, read, 'Always allow'],
      [name, 'Send email', 'Blocked'],
      [name, 'Create rules', 'Blocked'],
      [name, 'Delete', 'Blocked'],
      [name, 'All other actions', 'Blocked'],
    ]);
  return outsideCase('a-connector-renamed-by-its-vendor')(
    links.files({
      'connectors 2026-10-20.csv': table('Office 365'),
      'connectors 2026-11-20.csv': table('Microsoft 365 (Outlook)', 'Read mail'),
    }),
    [
      is('CON-04', 'pass', 'one connector, that of the charter'),
      is('CON-06', 'pass', 'each action has a state'),
      is('CON-09', 'pass', 'as the charter has it'),
      is('CON-10', 'pass', 'sending and deleting are blocked'),
      is('CON-12', ['pass'], 'both have their reason'),
      is('CON-14', ['pass', 'cannot_read'], 'nothing changed but the name'),
      never('CON-14', ['fail'], 'nothing changed but the name'),
      never('CON-04', ['fail'], 'one connector, that of the charter'),
      silent('CON-14', /Office 365/, 'a name is no removal'),
      file('connectors 2026-10-20.csv', ['replaced', 'taken'], 'the earlier table'),
      ...onlyGiven('members', 'states', 'journal', 'charter'),
    ],
    { profile: links.profile() },
  );
}
