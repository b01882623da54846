import { profile, staff } from '../client.ts';
import { charter, entraUsers, journal, membersCsv, peopleFiles } from '../documents.ts';
import { grants, policies, policy } from '../microsoft.ts';
import { is, noPass, noPasses, nowhere, says, silent } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { connectorTable, staffTable } from '../tables.ts';
import { csv } from '../text.ts';

/** An acquired society: payroll has the new addresses, Claude still has the old ones. */
function acquired() {
  const people = staff(8);
  const gone = at(people, 6);
  const stays = at(people, 5);
  const now = (email: string) => email.replace(/@.*/, '@lakes.example.net');
  return outsideCase('acquired-society')(
    {
      'members.csv': membersCsv(people),
      'payroll.csv': staffTable(
        people.map((one) => [
          one.name,
          one === gone || one === stays ? now(one.email) : one.email,
          one.department,
          one === gone ? 'Left' : 'Active',
          one === gone ? '2026-10-30' : '',
        ]),
      ),
      'charter.yaml': charter(people, { approvedBy: ['Teasel Guild Board'] }),
      'journal.yaml': journal(people, {
        offboardings: [{ email: gone.email, lastDay: '2026-10-30', claudeRemoved: '2026-11-02' }],
      }),
    },
    [
      is('ACC-07', 'fail', 'the journal names the very account, and it is still a seat'),
      says('ACC-07', new RegExp(`has left: ${gone.name}`), 'the leaver is named'),
      silent('ACC-07', new RegExp(`has left[^.]*${stays.name}`), 'someone with a new address has not left'),
      noPass('CON-07', 'a board is no person, so no one is known to have approved'),
    ],
    { profile: profile({ domains: ['teasel.example.org', 'lakes.example.net'], staffCount: 7 }) },
  );
}

/** An auxiliary whose connectors are in a note, and whose exception has an unknown owner. */
function auxiliary() {
  const people = staff(8);
  const note = (outlook: string) =>
    `Claude connectors we turned on

Microsoft 365 (Outlook)
Search email - Always allow
Read email - Always allow
Send email - ${outlook}
Everything else - Blocked

Canva (for the gala)
Create designs - Needs approval
Everything else - Blocked
`;
  const exception = (owner: string, items: readonly string[]) => ({
    exceptions: [
      {
        control: 'CLA-CON-10',
        items,
        reason: 'Gala invitations',
        owner,
        from: '2026-11-01',
        until: '2027-01-31',
      },
    ],
  });
  const item = 'Microsoft 365 (Outlook)/Send email';
  const files = (owner: string) => ({
    ...peopleFiles(people),
    'users.json': entraUsers(people),
    'charter.yaml': charter(people, exception(owner, [item])),
    'connectors.txt': note('Always allow'),
    'grants.json': grants('User.Read Mail.Read'),
    'policies.json': policies([policy()]),
    'sites.csv': csv([
      [
        'Site name',
        'Site URL',
        'Primary admin email',
        'Number of users having access',
        'Guest user permissions',
        'Anyone link count',
        'PeopleInYourOrg link count',
        'EEEU permission count',
        'Everyone permission count',
      ],
      [
        'Gift shop',
        'https://teasel.sharepoint.com/sites/gift',
        at(people, 1).email,
        '4',
        '0',
        '2',
        '0',
        '1',
        '0',
      ],
    ]),
  });
  return [
    outsideCase('auxiliary-note-of-connectors')(files('Pat Nolan'), [
      is('M365-08', 'not_applicable', 'only the Outlook part is on and approved'),
      says('CON-09', /Send email/, 'sending is open'),
      is('CON-10', 'fail', 'no one knows the owner of the exception'),
      says('CON-10', /Pat Nolan is neither on the roster/, 'why the exception does not count'),
      silent('CON-10', /not among what is found/, 'it names what is found'),
      noPass('OPS-14', 'an exception that does not count is not in force'),
      is('CON-04', 'fail', 'Canva was never approved'),
    ]),
    outsideCase('auxiliary-exception-by-name')(files(at(people, 0).name), [
      is('CON-10', 'accepted', 'the exception names the action as the table does'),
    ]),
  ];
}

/** A table that names file search in the console's words, with or without a line for the rest. */
function searchOnly() {
  const people = staff(8);
  const files = (...rest: [string, string, string][]) => ({
    ...peopleFiles(people),
    'charter.yaml': charter(people, {
      connectors: [
        {
          name: 'SharePoint',
          actions: { sharepoint_search: 'allow', '*': 'blocked' },
          justifications: { sharepoint_search: 'Permissions were audited' },
          actionsClassified: '2026-09-10',
          sourceReviewed: '2026-09-08',
        },
      ],
    }),
    'connectors.csv': connectorTable([['SharePoint', 'Search content', 'Always allow'], ...rest]),
  });
  return [
    outsideCase('sharepoint-search-only')(files(['SharePoint', 'All other actions', 'Blocked']), [
      is('CON-09', 'pass', 'it is set as decided'),
      ...noPasses('not given', 'VIS-04'),
    ]),
    outsideCase('sharepoint-search-and-no-rest')(
      files(),
      noPasses('nothing says how folders are set', 'CON-09'),
    ),
    outsideCase('sharepoint-search-and-an-open-rest')(
      files(['SharePoint', 'All other actions', 'Always allow']),
      [is('CON-09', 'fail', 'the rest is open')],
    ),
  ];
}

/** Lists of a small office with names and addresses that have nothing to do with Claude. */
function lists() {
  const people = staff(8);
  const none = 'it says nothing of staff or Claude';
  return outsideCase('lists-of-dues-guests-and-grants')(
    {
      ...peopleFiles(people),
      'dues arrears november.csv': csv([
        ['Ledger', 'Name', 'Email', 'Owed'],
        ['1001', 'P. Marsh', 'pmarsh@example.com', '45.00'],
        ['1002', 'T. Ueda', 'tueda@example.com', '90.00'],
      ]),
      'Gala seating.csv': csv([
        ['Table', 'Guest', 'Email', 'Meal'],
        ['1', 'Dr. Lum', 'lum@example.com', 'Fish'],
        ['1', 'Mrs. Lum', '', 'Vegetarian'],
      ]),
      'Grant calendar 2027.csv': csv([
        ['Grant', 'Amount', 'Due', 'Status'],
        ['Northwoods Literacy', '25000', '2027-01-15', 'Open'],
        ['River Cleanup', '10000', '2027-02-01', 'Declined'],
      ]),
    },
    [
      is('ACC-01', 'pass', 'the members file names the owner'),
      nowhere(/(?:dues arrears|Gala seating|Grant calendar)[^.]*\.csv may be/, none),
    ],
  );
}

export const outsideAcquired = [lists(), acquired(), ...auxiliary(), ...searchOnly()];
