import { DOMAIN, profile, staff } from '../client.ts';
import { entraUsers, journal, peopleFiles, probed } from '../documents.ts';
import { counts, file, is, lists, noPass, unlisted } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { membershipTable } from '../tables.ts';
import { cells, csv, yaml } from '../text.ts';

/** Gateways, discovery, Purview and a SharePoint list; one person's attestations: expired, current and untrue. */
function gateways() {
  const people = staff(18);
  const owner = at(people, 0).name;
  const [first, second] = [at(people, 4), at(people, 11)];
  const account = (email: string, created: string) => [email, 'Personal', 'free', 'No', created];
  return outsideCase('gateways-discovery-and-purview')(
    {
      ...peopleFiles(people),
      'users.json': entraUsers(people),
      'journal.yaml': journal(people, {
        tenantRestrictionProbe: probed('2026-11-10', owner, 'refused', 'refused'),
        networkBlockProbe: { on: '2026-11-10', by: owner, guestNetwork: 'allowed', managedDevice: 'allowed' },
        siemTest: { on: '2026-11-10', by: owner, arrived: false },
        dlpTest: { on: '2026-11-10', by: owner, blocked: false },
      }),
      'attestations.yaml': yaml({
        attestations: [
          { control: 'CLA-ACC-12', holds: true, seen: '2026-11-20', by: owner, note: 'No link is active' },
          { control: 'CLA-CON-16', holds: true, seen: '2026-03-01', by: owner, note: 'Off in the policy' },
          { control: 'CLA-CON-28', holds: false, seen: '2026-11-20', by: owner, note: 'Nobody decided' },
          { control: 'CLA-ACC-14', holds: true, seen: '2026-12-20', by: owner },
        ],
      }),
      'dig.txt': `; <<>> DiG 9.18.28 <<>> TXT ${DOMAIN}\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4\n;; QUESTION SECTION:\n;${DOMAIN}.\tIN\tTXT\n\n;; ANSWER SECTION:\n${DOMAIN}.\t3600\tIN\tTXT\t"anthropic-domain-verification-q8Zk3tVw1x"\n\n;; WHEN: Mon Nov 23 08:40:11 EST 2026\n`,
      'domain-memberships.csv': membershipTable([
        ...people.map(({ email }) => [email, 'Teasel Guild', 'team', 'Yes', '2026-09-15']),
        account(first.email.toUpperCase(), '2025-12-02'),
        account(second.email, '2026-02-02'),
        account(`harriet@teasel.example.org.uk`, '2026-02-02'),
      ]),
      'Discovered apps.csv': csv([
        cells`Name|Score|Category|Traffic|Upload|Transactions|Users|IP addresses|Last seen (UTC)`,
        ['Anthropic Claude', '8', 'Generative AI', '1.2 GB', '140 MB', '5120', '14', '9', '2026-11-22'],
        ['ChatGPT', '8', 'Generative AI', '640 MB', '80 MB', '2210', '9', '7', '2026-11-22'],
      ]),
      'umbrella activity.csv': csv([
        cells`Timestamp|Most Granular Identity|Identities|Internal IP|External IP|Action|Query Type|Response Code|Domain|Categories`,
        cells`2026-11-20 14:02:03|${first.email}|${first.email}|10.0.0.4|203.0.113.5|Allowed|1 (A)|NOERROR|claude.ai|Generative AI`,
      ]),
      'zscaler web insights.csv': `Report Created By:,admin@${DOMAIN}\nReport Type:,Web Insights Logs\nDate Range:,"11/01/2026 00:00 - 11/20/2026 23:59"\n\n${csv(
        [
          ['No.', 'Logged Time', 'User', 'URL', 'URL Category', 'Action', 'Policy Type'],
          cells`1|Friday, November 20, 2026 2:02:03 PM EST|${first.email}|claude.ai/new|AI and ML|Allowed|URL Filtering`,
        ],
      )}`,
      'netskope events.csv': csv([
        ['access_method', 'activity', 'app', 'appcategory', 'user', 'timestamp', 'instance_id', 'action'],
        cells`Client|Upload|Anthropic Claude|Generative AI|${second.email}|1763700000|personal|allow`,
      ]),
      'purview audit.csv': csv([
        cells`RecordId|CreationDate|RecordType|Operation|UserId|AuditData|AssociatedAdminUnits`,
        ...people.map((one, n) => [
          `r-${n}`,
          `2026-11-1${n % 9}T12:00:00.0000000Z`,
          '6',
          'FileAccessed',
          one.email,
          JSON.stringify({ Workload: 'SharePoint', ClientAppId: '08ad6f98-a4f8-4635-bb8d-f1a3044760f0' }),
          '',
        ]),
      ]),
      'AI tool requests.csv': csv([
        ['Title', 'Requested by', 'Status', 'Created', 'Item Type', 'Path'],
        ['Otter.ai for meetings', second.name, 'Approved', '10/3/2026', 'Item', 'sites/it/Lists/AI requests'],
      ]),
    },
    [
      is('SHA-03', 'fail', 'two accounts of ours are outside the organization'),
      lists('personalAccounts', [first.email, second.email], 'two accounts of ours, in whatever capitals'),
      unlisted('personalAccounts', 'harriet@teasel.example.org.uk', 'that domain is not ours'),
      noPass('SHA-04', 'nobody was written to'),
      noPass('SHA-06', 'the restriction shuts out our own organization'),
      noPass('SHA-09', 'nothing shows that uploads are caught'),
      noPass('SHA-10', 'guests can reach Claude'),
      noPass('SHA-12', 'a list of tools is no review'),
      noPass('M365-20', 'the test file was not blocked'),
      noPass('VIS-07', 'the test event did not arrive'),
      is('ACC-12', 'pass', 'a person saw it four days ago'),
      noPass('CON-16', 'what was seen in March says nothing today'),
      is('CON-28', 'fail', 'a person says that nobody decided'),
      noPass('ACC-14', 'nobody has seen what is dated in December'),
      is('ACC-10', 'pass', 'the record is in DNS'),
      is('ACC-07', 'pass', 'everyone with a seat is staff'),
      is('M365-17', ['not_applicable', 'cannot_read'], 'nobody on the roster has left'),
      noPass('VIS-16', 'Purview’s log is no log of Claude'),
      noPass('VIS-09', 'Purview’s log does not show Claude’s writes'),
      noPass('VIS-03', 'no use was given'),
      counts('members', 18, 'lists of gateways are no members'),
      counts('staff', 18, 'lists of gateways are no staff'),
      file('Discovered apps.csv', 'taken', 'discovery is read, and asked for its days'),
      file('umbrella activity.csv', 'taken', 'a DNS log is read'),
      file('zscaler web insights.csv', 'taken', 'a web log is read'),
      file('netskope events.csv', ['not_placed', 'malformed'], 'events of a gateway are not read'),
      file('purview audit.csv', ['not_placed', 'malformed'], 'Purview’s log is not read'),
      file('AI tool requests.csv', ['not_placed', 'malformed'], 'a list of requests is not read'),
    ],
    { profile: profile({ m365: 'e3', swg: 'netskope', siem: 'sentinel', staffCount: 18 }) },
  );
}

export const outsideGateways = [gateways()];
