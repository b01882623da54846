import { type Person, profile, staff } from '../client.ts';
import { acknowledgementsCsv, graphUser, membersCsv, peopleFiles, rosterCsv } from '../documents.ts';
import { ENTERPRISE, event } from '../enterprise.ts';
import { counts, file, is, lists, noPass, noPasses, reported, says, silent, unlisted } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { workbook } from '../packed.ts';
import { accountTable, acknowledgementTable, memberTable, usageTable } from '../tables.ts';
import { cells, csv } from '../text.ts';

/** Lists that end at a thousand rows, at a filter or at the first page, each of which says so differently. */
function cutAndFiltered() {
  const people = staff(1040);
  const { 'users.json': _, ...files } = peopleFiles(people.slice(0, 30));
  const user = (one: Person) => graphUser(one, { assignedLicenses: [] });
  return outsideCase('lists-cut-and-filtered')(
    {
      ...files,
      'members.csv': membersCsv(people.slice(0, 1000)),
      'staff.csv': `${rosterCsv(people.slice(0, 40))}\n"Applied filters:\nStatus is Active\nDepartment is not Board"\n`,
      'users.json': JSON.stringify({
        '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users',
        '@odata.count': 1040,
        '@odata.nextLink': 'https://graph.microsoft.com/v1.0/users?$skiptoken=RFNwdAIAAQ',
        value: people.slice(0, 100).map(user),
      }),
      'acknowledgements.csv': `${acknowledgementsCsv(people.slice(0, 1000))}Results limited to 1000 of 1040 rows\n`,
      'feed.json': JSON.stringify({
        data: [event('A', '2026-11-23', 'claude_chat_created', { claude_chat_id: 'c1' })],
        has_more: true,
        first_id: 'activity_01A',
        last_id: 'activity_01A',
      }),
      'grants.json': JSON.stringify({
        '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#oauth2PermissionGrants',
        '@odata.nextLink': 'https://graph.microsoft.com/v1.0/oauth2PermissionGrants?$skiptoken=X',
        value: [],
      }),
    },
    [
      ...noPasses('the roster is filtered', 'ACC-07 ACC-13 ACC-20 ACC-21'),
      ...noPasses('the filter leaves out who has left', 'OPS-05 OPS-10'),
      noPass('OPS-11', 'the filter leaves out who is new'),
      ...noPasses('the filter leaves out who has left', 'M365-17 M365-18 CON-26'),
      noPass('VIS-16', 'one page of many shows no absence of exports'),
      noPass('ACC-12', 'one page of many shows no absence of links'),
      noPass('CON-14', 'one page of many shows no absence of changes'),
      noPass('M365-06', 'one page of grants shows no absence of scopes'),
      noPass('M365-03', 'one page of grants'),
      noPass('SHA-05', 'one page of users and of grants'),
      noPass('POL-03', 'the list says that it is cut'),
      says('OPS-05', /filter|part|whole/i, 'that the roster is a part is said'),
      file('staff.csv', 'taken', 'what the filter was is said', /filter|part/i),
      file('users.json', 'taken', 'that more pages follow is said', /page|next|more|part/i),
      file('grants.json', 'taken', 'that more pages follow is said', /page|next|more|part/i),
      is('ACC-02', 'pass', 'a Primary Owner and one Owner in the list of a thousand'),
      is('ACC-18', ['fail', 'cannot_read'], 'a thousand seats are more than sixty'),
    ],
    ENTERPRISE,
  );
}

/** A workbook in daily use: an empty first sheet, hidden rows, formulas, last year's sheet at the end. */
function livingWorkbook() {
  const people = staff(16);
  const [gone, hidden, unknown, elder] = [at(people, 8), at(people, 9), at(people, 10), at(people, 11)];
  const { 'staff.csv': _, ...files } = peopleFiles(people);
  return outsideCase('workbook-in-daily-use')(
    {
      ...files,
      'people.xlsx': workbook({
        Dashboard: [],
        Pivot: [
          ['Department', 'Count'],
          ['Events', 4],
          ['Finance', 4],
        ],
        Staff: [
          ['Teasel Guild'],
          ['Full name', 'Work email', 'Department', 'Status', 'Last day'],
          ...people.map((one) => {
            const cells = [
              one.name,
              one.email,
              one.department,
              one === unknown
                ? { formula: 'IF(E13="","Active","Left")', value: null }
                : one === gone
                  ? { formula: 'IF(E11="","Active","Left")', value: 'Left' }
                  : one === hidden
                    ? 'Left'
                    : 'Active',
              one === gone
                ? { formula: 'DATE(2026,11,6)', value: 46332 }
                : one === hidden
                  ? '2026-11-10'
                  : '',
            ];
            return one === hidden ? { hidden: true, cells } : cells;
          }),
        ],
      }),
      'tickets.xlsx': workbook({
        Offboarding: [
          ['Ticket', 'Person', 'State'],
          ['T-1', elder.name, '#N/A'],
        ],
      }),
    },
    [
      counts('members', 16, 'sixteen seats'),
      ...reported('ACC-07', 'fail', 'two have left', new RegExp(`${gone.name}|${gone.email}`)),
      says('ACC-07', new RegExp(`${hidden.name}|${hidden.email}`), 'a hidden line is a line'),
      lists('leavers', [gone.email, hidden.email], 'two have left and hold a seat'),
      unlisted('leavers', unknown.email, 'what the formula gives is not known'),
      unlisted('leavers', elder.email, 'a ticket is no roster'),
      noPass('ACC-07', 'a status that was never computed is unknown'),
      noPass('ACC-13', 'whether one of them works here is not known'),
      noPass('OPS-05', 'nothing was done for two'),
      ...reported('OPS-05', 'fail', 'nothing was done for two', new RegExp(`${hidden.name}|${hidden.email}`)),
      is('M365-17', 'fail', 'the accounts of two are enabled'),
      says('M365-17', new RegExp(`${hidden.name}|${hidden.email}`), 'the hidden leaver is named'),
      noPass('M365-18', 'nothing was done for two'),
      noPass('CON-26', 'whose connectors are linked is in no file'),
      noPass('OPS-10', 'whose projects were handed over is in no file'),
      silent('ACC-13', /Events|Pivot|Teasel Guild/, 'a title or a pivot is nobody'),
      is('ACC-21', 'pass', 'everyone has an address of ours'),
      is('ACC-02', 'pass', 'a Primary Owner and one Owner'),
      is('ACC-06', 'pass', 'every seat is on the domain'),
      is('OPS-02', 'pass', 'owner and deputy are staff'),
      file('tickets.xlsx', ['not_placed', 'malformed'], 'tickets are not read'),
    ],
    { profile: profile({ staffCount: 13 }) },
  );
}

/** Cells that say that someone still has to find out. */
function placeholders() {
  const people = staff(18);
  const [tbd, unknown, dash, na, pending, question] = [5, 6, 7, 8, 9, 10].map((n) => at(people, n)) as [
    Person,
    Person,
    Person,
    Person,
    Person,
    Person,
  ];
  const last = new Map([
    [tbd, 'TBD'],
    [unknown, 'unknown'],
    [dash, '—'],
    [na, 'N/A'],
    [question, '??'],
  ]);
  return outsideCase('cells-to-be-determined')(
    {
      ...peopleFiles(people),
      'members.csv': memberTable([
        ...people.map(
          (one) =>
            cells`${one.name}|${one.email}|${one === na ? 'N/A' : one === dash ? 'TBD' : one.role}|Standard|${one === pending ? 'Unknown' : 'Active'}`,
        ),
      ]),
      'staff.csv': csv([
        ['Full name', 'Work email', 'Last day'],
        ...people.map((one) => [one.name, one === question ? 'pending' : one.email, last.get(one) ?? '']),
      ]),
      'acknowledgements.csv': acknowledgementTable([
        ...people.map(
          (one) =>
            cells`${one.name}|${one.email}|Claude policy v3|${one === tbd ? 'TBD' : one === na ? 'N/A' : one === dash ? '-' : '2026-09-20'}`,
        ),
      ]),
      'domain-memberships.csv': accountTable([
        ...people.map(
          (one) =>
            cells`${one.email}|Team|${one === tbd ? 'unknown' : one === unknown ? '?' : 'Yes'}|2026-09-15`,
        ),
      ]),
      'usage.csv': usageTable([
        ...people.map(
          (one) =>
            cells`${one.email}|Chat|claude-sonnet-5|${one === tbd ? 'N/A' : one === dash ? '#REF!' : 90}|2026-10-25|2026-11-22`,
        ),
      ]),
    },
    [
      ...noPasses('whether two still work here is not known', 'ACC-07 ACC-13'),
      unlisted('leavers', tbd.email, 'a day to be determined is no last day yet'),
      unlisted('leavers', dash.email, 'a dash is no day'),
      unlisted('leavers', na.email, 'not applicable is no day'),
      ...noPasses('two roles are not known', 'ACC-02 ACC-04 ACC-05'),
      is('POL-03', ['fail', 'cannot_read'], 'three have no day'),
      says('POL-03', new RegExp(`${na.name}|${na.email}|3 `), 'who has no day is named'),
      silent('POL-03', at(people, 12).name, 'who has acknowledged is not accused'),
      is('SHA-03', 'pass', 'the plan is ours and both are members, although one cell does not say'),
      unlisted('personalAccounts', tbd.email, 'unknown is no accusation'),
      noPass('VIS-03', 'the use of two is not known'),
      noPass('ACC-21', 'an address is pending'),
      ...noPasses('whether somebody has left is not known', 'OPS-05 M365-17 CON-26'),
      is('ACC-06', 'pass', 'every seat is on the domain'),
      is('OPS-02', ['pass', 'cannot_read'], 'owner and deputy are on the roster'),
      is('POL-04', 'pass', 'the policy names a contact'),
      file('usage.csv', 'taken', 'the figure that is none is named', /N\/A|#REF|total_requests|requests/),
    ],
  );
}

export const outsideSheets = [cutAndFiltered(), livingWorkbook(), placeholders()];
