import { DOMAIN, profile, staff } from '../client.ts';
import { charter, entraUsers, membersCsv, peopleFiles } from '../documents.ts';
import { policies, policy } from '../microsoft.ts';
import { file, is, noPass, noPasses, type TruthCase } from '../model.ts';
import { outsideCase } from '../outside.ts';
import { acknowledgementTable, connectorTable, membershipTable, staffTable } from '../tables.ts';
import { cells, csv, graph } from '../text.ts';

const OUTLOOK = [
  ['Microsoft 365 (Outlook)', 'Search email', 'Always allow'],
  ['Microsoft 365 (Outlook)', 'Read email', 'Always allow'],
  ['Microsoft 365 (Outlook)', 'Send email', 'Blocked'],
  ['Microsoft 365 (Outlook)', 'All other actions', 'Blocked'],
] as const;

/** A table of planned permissions, a directory of June, a response of August, signatures from before the policy. */
function plansAndLeftovers() {
  const people = staff(14);
  return outsideCase('plans-and-leftovers')(
    {
      ...peopleFiles(people),
      'members.csv': membersCsv(people),
      'removed members.csv': csv([
        ['Name', 'Email', 'Role', 'Status', 'Removed on'],
        ['Gil Moran', `gil.moran@${DOMAIN}`, 'User', 'Removed', '2026-10-12'],
        ['Ida Prior', `ida.prior@${DOMAIN}`, 'Admin', 'Removed', '2026-10-14'],
      ]),
      'staff.csv': `Staff directory as of June 30, 2026\n\n${staffTable([
        ...people.map((one) => [one.name, one.email, one.department, 'Active', '']),
      ])}`,
      'users.json': entraUsers(
        people,
        ['1', '2'].map((n) => `emergency${n}@${DOMAIN}`),
      ),
      'groups.json': graph('groups', [
        { id: '5ea5e100-0000-4000-8000-000000009001', displayName: 'Emergency access', members: [] },
      ]),
      'ca.json': policies([policy()]),
      'connectors.csv': `Proposed settings - not yet applied\n\n${connectorTable([...OUTLOOK])}`,
      'dig.txt': `; <<>> DiG 9.18.28 <<>> TXT ${DOMAIN}\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4\n;; QUESTION SECTION:\n;${DOMAIN}.\tIN\tTXT\n\n;; ANSWER SECTION:\n${DOMAIN}.\t3600\tIN\tTXT\t"anthropic-domain-verification-q8Zk3tVw1x"\n\n;; WHEN: Mon Aug 03 08:40:11 EDT 2026\n`,
      'acknowledgements.csv': acknowledgementTable([
        ...people.map((one) => [one.name, one.email, 'Claude policy v3', '2026-07-01']),
      ]),
      'domain memberships.csv': membershipTable([]),
      'charter.yaml': charter(people),
    },
    [
      ...noPasses('the directory is of June', 'ACC-07 ACC-13 ACC-21'),
      noPass('ACC-10', 'the answer is of August'),
      ...noPasses('what is proposed is not set', 'CON-06 CON-09 CON-10 CON-12 CON-04'),
      noPass('M365-13', 'the group that is left out holds nobody'),
      ...noPasses('the directory is of June', 'M365-17 OPS-05'),
      noPass('POL-03', 'all signed before there was a v3'),
      ...noPasses('the report lists nobody, not even ourselves', 'SHA-02 SHA-03'),
      is('ACC-02', 'pass', 'a Primary Owner and one Owner'),
      is('ACC-06', 'pass', 'every seat is on the domain'),
      is('ACC-18', 'pass', 'fourteen of sixty'),
      file(
        'removed members.csv',
        ['malformed', 'not_placed', 'ignored', 'replaced'],
        'it lists nobody with a seat',
      ),
    ],
    { profile: profile({ staffCount: 14 }) },
  );
}

/** Sheets and files whose names say that they do not record the current state. */
function tablesByName(): readonly TruthCase[] {
  const people = staff(14);
  const table = connectorTable([...OUTLOOK]);
  return cells`connectors target state.csv|connector settings - geplant.csv|Proposed connector settings.csv|connectors - planned for January.csv`.map(
    (name, n) =>
      outsideCase(`a-table-that-is-called-a-plan-${n + 1}`)(
        { ...peopleFiles(people), [name]: table },
        [
          ...noPasses('what is planned is not set', 'CON-06 CON-09 CON-10'),
          is('ACC-07', 'pass', 'everyone with a seat is staff'),
        ],
        { profile: profile({ staffCount: 14 }) },
      ),
  );
}

export const outsidePlansOfFiles = [plansAndLeftovers(), ...tablesByName()];
