import { profile, staff } from '../client.ts';
import { acknowledgementsCsv, charter, journal, membersCsv } from '../documents.ts';
import { counts, file, is, lists, noPass, noPasses, reported, says, silent, unlisted } from '../model.ts';
import { at, first, last, onlyGiven, outsideCase } from '../outside.ts';
import { connectorTable, membershipTable } from '../tables.ts';
import { cells, csv } from '../text.ts';

const BREWERS = 'brewers.example.org';
const MALTSTERS = 'maltsters.example.org';

/** Two societies merged on October 1: two payrolls of the same day, two addresses for one person, two charters. */
function merged() {
  const brewers = staff(7, BREWERS);
  const maltsters = staff(13, MALTSTERS).slice(7);
  const twice = at(brewers, 5);
  const second = { ...twice, email: twice.email.replace(BREWERS, MALTSTERS) };
  const gone = at(maltsters, 2);
  const members = [...brewers, ...maltsters, second];
  const gusto = (people: typeof brewers, ended: string) =>
    csv([
      ['First name', 'Last name', 'Work email', 'Employment status', 'Termination date', 'Payroll as of'],
      ...people.map(
        (one) =>
          cells`${first(one)}|${last(one)}|${one.email}|${one.email === ended ? 'Terminated' : 'Active'}|${one.email === ended ? '10/09/2026' : ''}|11/20/2026`,
      ),
    ]);
  return outsideCase('merged-with-two-payrolls')(
    {
      'members.csv': membersCsv(members),
      'Brewers payroll 2026-11-20.csv': gusto(brewers, ''),
      'Maltsters payroll 2026-11-20.csv': gusto(maltsters, gone.email),
      'charter.yaml': charter(brewers, { inviteDomains: [BREWERS] }),
      'Maltsters charter.yaml': charter(maltsters, {
        version: 1,
        inForceSince: '2025-03-01',
        inviteDomains: [MALTSTERS],
      }),
      'journal.yaml': journal(brewers, {
        offboardings: [{ email: gone.email, lastDay: '2026-10-09', entraDisabled: '2026-10-09' }],
      }),
      'acknowledgements.csv': acknowledgementsCsv(brewers),
    },
    [
      counts('members', 14, 'fourteen seats, one person holds two'),
      is('ACC-06', 'pass', 'both domains are ours'),
      is('ACC-02', 'pass', 'one Primary Owner and one Owner'),
      is('ACC-18', 'pass', 'fourteen of sixty'),
      is('POL-03', 'cannot_read', 'two charters name two policies'),
      ...reported('OPS-05', 'fail', 'four steps are open after six weeks', gone.email),
      is('OPS-10', 'fail', 'projects were not handed over'),
      says('ACC-07', '--map "roster=Brewers payroll 2026-11-20.csv"', 'how to say that both are halves'),
      file('Maltsters charter.yaml', 'malformed', 'whose charter it is somebody has to say', /--charter/),
      is('CON-07', 'cannot_read', 'two charters settle nothing'),
      noPass('ACC-07', 'each payroll lacks half of the seats'),
      noPass('ACC-13', 'one person holds two seats'),
      noPass('ACC-20', 'each payroll lacks half of the staff'),
      noPass('ACC-11', 'the second domain cannot be invited, by the charter'),
      noPass('CON-26', 'the connectors of who was terminated are open'),
      noPass('M365-17', 'no accounts were given'),
      noPass('M365-18', 'nothing shows that devices were revoked'),
      noPass('OPS-12', 'nobody was trained'),
      noPass('SHA-11', 'the announcement reached seven of thirteen'),
      ...noPasses('the maltsters never acknowledged', 'SHA-07 POL-06'),
      noPass('CON-31', 'leadership was not told'),
      unlisted('notOnRoster', at(brewers, 3).email, 'is on a payroll'),
      unlisted('notOnRoster', at(maltsters, 1).email, 'is on a payroll'),
      ...noPasses('nobody knows which roster is whole', 'OPS-11'),
      ...onlyGiven('members', 'users', 'acknowledgments', 'journal', 'charter'),
    ],
    { profile: profile({ domains: [BREWERS, MALTSTERS], staffCount: 12 }) },
  );
}

const TRUST = 'stonemasons.example.org';

/** The association and its foundation each have Claude; both exports and both tables are in one folder. */
function foundation() {
  const people = staff(16, TRUST);
  const association = people.slice(0, 10);
  const chief = at(people, 10);
  const ofFoundation = people
    .slice(10)
    .map((one, n) => ({ ...one, role: (['Primary Owner', 'Owner'] as const)[n] ?? ('User' as const) }));
  const states = (search: string) => [
    ['Microsoft 365 (Outlook)', 'Search email', search],
    ['Microsoft 365 (Outlook)', 'Read email', 'Always allow'],
    ['Microsoft 365 (Outlook)', 'All other actions', 'Blocked'],
  ];
  return outsideCase('association-and-foundation')(
    {
      'association/members.csv': membersCsv(association),
      'foundation/members.csv': membersCsv(ofFoundation),
      'association/connectors.csv': connectorTable(states('Always allow')),
      'foundation/connectors.csv': connectorTable([
        ...states('Blocked'),
        ['Raiser’s Edge', 'Update constituent', 'Always allow'],
      ]),
      'staff.csv': csv([
        ['Full name', 'Work email', 'Employer', 'Status', 'Last day'],
        ...people.map((one, n) => [one.name, one.email, n < 10 ? 'Association' : 'Foundation', 'Active', '']),
      ]),
      'domain memberships.csv': membershipTable([
        ...association.map(({ email }) => [email, 'Stonemasons Association', 'team', 'true', '2026-09-15']),
        ...ofFoundation.map(({ email }) => [email, 'Stonemasons Foundation', 'team', 'false', '2026-09-20']),
        [at(people, 4).email, 'Personal', 'max', 'false', '2025-05-05'],
      ]),
      'charter.yaml': charter(people, { inviteDomains: [TRUST] }),
      'journal.yaml': journal(people),
    },
    [
      counts('staff', 16, 'both employers are on one list'),
      is('ACC-21', 'pass', 'all have an address on the domain'),
      is('ACC-02', 'cannot_read', 'two lists of members of one day'),
      says('ACC-02', /foundation\/members\.csv|association\/members\.csv/, 'which files'),
      ...reported('SHA-03', 'fail', 'one Max account is open', at(people, 4).email),
      is('SHA-02', 'pass', 'the report is of this month'),
      is('OPS-02', 'pass', 'owner and deputy work here'),
      is('CON-07', 'pass', 'two people approved the charter'),
      is('POL-04', 'pass', 'there is somebody to ask'),
      is('OPS-01', 'pass', 'reviewed on 28 October'),
      lists('leavers', [], 'nobody has left'),
      says('SHA-03', 'in another organization (Stonemasons Foundation)', 'what the others are'),
      unlisted('personalAccounts', at(people, 2).email, 'an account of the association'),
      silent('SHA-03', at(people, 1).email, 'an account of the association'),
      silent('ACC-07', chief.name, 'works here'),
      ...noPasses(
        'two lists of members of one day settle nothing',
        'ACC-02 ACC-03 ACC-04 ACC-05 ACC-06 ACC-07 ACC-08 ACC-13 ACC-18 ACC-20 POL-03',
      ),
      ...noPasses('two tables of one day settle nothing', 'CON-04 CON-06 CON-09 CON-10 CON-11 CON-12 CON-14'),
      noPass('SHA-01', 'nothing shows that new accounts are stopped'),
      noPass('SHA-04', 'nobody asked'),
      ...onlyGiven('members', 'states', 'domains', 'journal', 'charter'),
    ],
    { profile: profile({ domains: [TRUST], staffCount: 16 }) },
  );
}

export const outsideJoined = [merged(), foundation()];
