import { DOMAIN, profile, staff } from '../client.ts';
import { entraUsers, journal, membersCsv, peopleFiles, rosterCsv } from '../documents.ts';
import { counts, file, is, lists, noPass, noPasses, reported, says, silent } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { connectorTable } from '../tables.ts';
import { cells, csv } from '../text.ts';

/** A charter, a journal and attestations typed by hand, each with a mistake; ServiceNow tickets. */
function typedByHand() {
  const people = staff(14);
  const [owner, deputy, admin] = [at(people, 0), at(people, 1), at(people, 2)];
  const gone = at(people, 9);
  return outsideCase('documents-with-slips')(
    {
      'members.csv': membersCsv(people),
      'staff.csv': rosterCsv(people, { [gone.email]: '2026-11-02' }),
      'users.json': entraUsers(people),
      'charter.yaml': `# Teasel Guild, agreed 14 September
version: 2
inForceSince: 2026-09-14
approvedBy: [${owner.name}, ${deputy.name}]
accountOwner: ${owner.email}
recoveryPlan: The IT lead resets the mailbox of the account owner
owners: [${owner.email}, ${deputy.email}]
admins: [${admin.email}]
inviteDomains: [${DOMAIN}]
seatsFor: on_request
provisioning: invite
ssoRequired: true
governanceOwner: { name: ${owner.name}, email: ${owner.email} }
governanceDeputy: { name: ${deputy.name}, email: ${deputy.email} }
connectors:
  - name: Microsoft 365 (Outlook)
    sensitivity: high
    actions: { Search email: allow, Read email: allow, Send email: blocked, '*': blocked }
    justifications: { Search email: Approved by the board, Read email: Approved by the board }
    actionsClassified: 2026-09-10
    sourceReviewed: 2026-09-08
desktopExtensions: []
localMcpAllowed: false
claudeInChromeAllowed: false
cowork:
  enabled: true
  runInCloud: false
  alwaysAllow: false
policy:
  version: v3
  published: 2026-09-12
  approvedBy: ${owner.name}
  contact: help@${DOMAIN}
  clauses: [purpose, no_personal_accounts, no_member_data, no_credentials]
  noticeCovers: [usage, connectors, sign-ins]
`,
      'journal.yaml': journal(people).replace('"reviews"', '"revews"'),
      'attestations.yaml': `attestations:
  - { control: CLA-ACC-1O, holds: true, seen: 2026-11-20, by: ${owner.name}, note: Verified }
  - { control: CLA-ACC-12, holds: true, seen: 2026-11-20, by: ${owner.name}, note: No link is active }
  - { control: CLA-CON-16, holds: yes, seen: 2026-11-20, by: ${owner.name}, note: Off }
  - { control: CLA-CON-15, holds: true, seen: 2026-13-02, by: ${owner.name}, note: On and empty }
`,
      'incident.csv': csv([
        cells`Number|Short description|Caller|Opened|State|Assignment group|Assigned to|Closed`,
        cells`RITM0010231|Offboarding ${gone.name}|${owner.name}|2026-11-02 09:10:00|Closed Complete|Service Desk|${admin.name}|2026-11-03 10:00:00`,
        cells`RITM0010299|Onboarding new analyst|${owner.name}|2026-11-12 09:10:00|Work in Progress|Service Desk|${admin.name}|`,
      ]),
    },
    [
      says('CON-19', /automatic approval/i, 'what the charter does not decide is named'),
      file('journal.yaml', ['document', 'malformed'], 'the misspelled key is named', /revews/),
      file('attestations.yaml', ['document', 'malformed'], 'the misspelled control is named', /CLA-ACC-1O/),
      file('attestations.yaml', ['document', 'malformed'], 'the impossible day is named', /2026-13-02|seen/),
      file('incident.csv', ['not_placed', 'malformed'], 'tickets are not read'),
      is(
        'ACC-04',
        'pass',
        'owners and admin are as the charter says; a slip elsewhere takes nothing from it',
      ),
      is('ACC-02', 'pass', 'a Primary Owner and one Owner'),
      is('ACC-07', 'fail', 'one has left and holds a seat'),
      lists('leavers', [gone.email], 'one has left'),
      is('OPS-02', 'pass', 'owner and deputy are named and work here'),
      is('POL-04', 'pass', 'the policy names a contact'),
      says('ACC-12', 'attestations.yaml', 'the list of statements was given and cannot be used'),
      noPass('ACC-10', 'a statement on a control that does not exist is none on this one'),
      noPass('CON-15', 'the day of the statement does not exist'),
      noPass('CON-19', 'whether approval is automatic was not decided'),
      silent('CON-07', /no charter/i, 'there is a charter'),
      silent('OPS-02', /no charter/i, 'there is a charter'),
      is('OPS-05', 'fail', 'the journal has no offboarding, and a ticket shows none'),
      noPass('OPS-11', 'a ticket is no onboarding'),
      ...noPasses('the reviews cannot be read', 'OPS-01 OPS-03'),
      silent('OPS-01', /no review|never/i, 'reviews were written down under a misspelled key'),
      counts('staff', 13, 'one has left'),
      counts('members', 14, 'fourteen hold a seat'),
      is('M365-17', 'fail', 'the account of the leaver is enabled'),
    ],
    { profile: profile({ staffCount: 13 }) },
  );
}

/**
 * Usage with its period above the table, lists of other AI products with the same columns, one list under two names.
 */
function otherProducts() {
  const people = staff(22);
  const [heavy, gone] = [at(people, 8), at(people, 17)];
  const seats = people.slice(0, 20);
  return outsideCase('other-ai-products-and-period-lines')(
    {
      ...peopleFiles(people),
      'members.csv': membersCsv(seats),
      'Copy of members.csv': membersCsv(seats),
      'staff.csv': rosterCsv(people, { [gone.email]: '2026-11-10' }),
      'chatgpt-enterprise-members.csv': csv([
        ['Name', 'Email', 'Role', 'Status', 'Last active'],
        ...people
          .slice(3, 12)
          .map(({ name, email }, n) => [name, email, n === 0 ? 'Owner' : 'Member', 'Active', '2026-11-20']),
        ['Outside Writer', 'writer@freelance.example', 'Member', 'Active', '2026-11-20'],
      ]),
      'copilot usage.csv': csv([
        cells`Report Refresh Date|User Principal Name|Display Name|Last Activity Date|Copilot Chat Last Activity Date|Report Period`,
        ...people.map(({ name, email }) => ['2026-11-20', email, name, '2026-11-18', '2026-11-18', '30']),
      ]),
      'usage.csv': `Claude usage\n"Period: October 25, 2026 - November 22, 2026"\n\n${csv([
        ['User email', 'Product', 'Model', 'total_requests', 'total_net_spend_usd'],
        ...seats.map((one) => [one.email, 'Chat', 'claude-sonnet-5', one === heavy ? 2600 : 120, '1.00']),
      ])}`,
      'connectors.csv': connectorTable([
        ['Microsoft 365 (Outlook)', 'Search email', 'Always allow'],
        ['Microsoft 365 (Outlook)', 'Read email', 'Always allow'],
        ['Microsoft 365 (Outlook)', 'Send email', 'Blocked'],
        ['Microsoft 365 (Outlook)', 'Create rules', 'Blocked'],
        ['Microsoft 365 (Outlook)', 'Delete', 'Blocked'],
        ['Microsoft 365 (Outlook)', 'All other actions', 'Blocked'],
      ]),
      'policy form.csv': csv([
        ['Timestamp', 'Email Address', 'I have read the Claude policy v3'],
        ...people.slice(0, 19).map(({ email }) => ['10/2/2026 9:14:03', email, 'I agree']),
      ]),
    },
    [
      counts('members', 20, 'members of Claude, not of another product'),
      counts('staff', 21, 'one has left'),
      lists('leavers', [gone.email], 'one has left and holds a seat'),
      lists('notOnRoster', [], 'the writer has an account elsewhere'),
      is('ACC-07', 'fail', 'one has left'),
      is('ACC-06', 'pass', 'every seat of Claude is on the domain'),
      silent('ACC-06', 'freelance.example', 'the writer holds no seat of Claude'),
      silent('ACC-09', 'freelance.example', 'the writer holds no seat of Claude'),
      is('ACC-02', 'pass', 'the owner of another product is no owner'),
      is('ACC-04', 'pass', 'the owner of another product is no owner'),
      is('ACC-18', 'pass', '20 of 60'),
      file(
        'chatgpt-enterprise-members.csv',
        ['not_placed', 'malformed', 'ignored'],
        'members of ChatGPT are none of Claude',
      ),
      file('copilot usage.csv', ['not_placed', 'malformed', 'ignored'], 'use of Copilot is none of Claude'),
      file('Copy of members.csv', ['replaced', 'taken', 'ignored'], 'one list under two names'),
      file('usage.csv', 'taken', 'usage with its period above'),
      is('VIS-01', 'cannot_read', 'on Team a spend report lists only use above the seats'),
      is('VIS-03', 'fail', 'one person is far above the average'),
      says('VIS-03', new RegExp(`${heavy.name}|${heavy.email}`), 'the person is named'),
      says('VIS-03', /2,?600/, 'with the number'),
      silent('VIS-01', /period/i, 'the period stands above the table'),
      is('CON-10', 'pass', 'sending and deleting are blocked'),
      is('CON-04', 'pass', 'only the connector of the charter is there'),
      ...reported('POL-03', 'fail', 'one with a seat has not acknowledged', at(people, 19).name),
      is('OPS-02', 'pass', 'owner and deputy are on the roster'),
    ],
    { profile: profile({ staffCount: 21 }) },
  );
}

export const outsideTyped = [typedByHand(), otherProducts()];
