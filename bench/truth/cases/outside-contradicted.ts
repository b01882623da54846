import { DOMAIN, profile, staff } from '../client.ts';
import { acknowledgementsCsv, charter, entraUsers, peopleFiles } from '../documents.ts';
import { apiKey, connectorUse, event, feed, SETTINGS, settings } from '../enterprise.ts';
import { applications, policies, policy } from '../microsoft.ts';
import { counts, is, noPass, noPasses, reported, says } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { connectorTable, membershipTable, memberTable } from '../tables.ts';
import { cells, csv, graph, yaml } from '../text.ts';

const ENTERPRISE_OF_TEN = {
  profile: profile({ claudePlan: 'enterprise', m365: 'e5', claudeSeats: 10, staffCount: 18 }),
};

/** An Owner attests on November 20 that all is well; files of November 23 show otherwise. */
function statementsAgainstFiles() {
  const people = staff(18);
  const owner = at(people, 0).name;
  const members = people.map((one, n) => (n === 4 || n === 5 ? { ...one, role: 'Owner' as const } : one));
  const stated = cells`ACC-02|ACC-04|ACC-10|ACC-11|ACC-12|ACC-14|ACC-15|ACC-18|CON-15|CON-17|CON-18|CON-20|CON-30|M365-04|M365-09|M365-10|M365-19|SHA-01|VIS-04|VIS-09|VIS-14|VIS-17`;
  return outsideCase('statements-against-files')(
    {
      ...peopleFiles(people),
      'members.csv': memberTable([
        ...members.map(({ name, email, role }) => [name, email, role, 'Standard', 'Active']),
      ]),
      'charter.yaml': charter(people, {
        chatRetentionDays: 365,
        provisioning: 'scim',
        approvedApiKeys: ['Archive'],
      }),
      'acknowledgements.csv': acknowledgementsCsv(people),
      'attestations.yaml': yaml({
        attestations: stated.map((control) => ({
          control: `CLA-${control}`,
          holds: true,
          seen: '2026-11-20',
          by: owner,
        })),
      }),
      'settings.json': settings(
        {
          ...SETTINGS,
          directory_sync_enabled: false,
          sso_claude_ai_enforced: false,
          sso_provisioning_mode: 'login_only',
          allowed_invite_domains: [DOMAIN, 'gmail.com'],
          connector_tools_default_always_allow: true,
          desktop_extension_allowlist_enabled: false,
          data_retention_periods: { all: { type: 'indefinite' } },
        },
        [
          apiKey('apikey_01Vendor', 'Backup vendor', {
            created_at: '2026-10-14T09:30:00Z',
            created_by_id: 'user_01adeleabbott',
          }),
        ],
      ),
      'feed.json': feed([
        event('Guard', '2026-11-22', 'org_connector_domain_guard_updated', { enforced: false }),
        event('Link', '2026-11-22', 'org_invite_link_generated'),
        event('Always', '2026-11-22', 'org_cowork_mcp_always_allow_enabled'),
        event('Early', '2026-05-02', 'claude_chat_viewed', { claude_chat_id: 'claude_chat_01B' }),
      ]),
      'connectors.json': JSON.stringify({
        data: [
          connectorUse('slack', 21, 0, 0, { connector_display_name: 'Slack' }),
          connectorUse('microsoft_365', 12, 7, 0, { connector_display_name: 'Microsoft 365 (Outlook)' }),
        ],
        date: '2026-11-22',
        has_more: false,
        next_page: null,
      }),
      'dig.txt': `; <<>> DiG 9.18.28 <<>> TXT ${DOMAIN}\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4\n;; QUESTION SECTION:\n;${DOMAIN}.\tIN\tTXT\n\n;; ANSWER SECTION:\n${DOMAIN}.\t3600\tIN\tTXT\t"v=spf1 include:spf.protection.outlook.com -all"\n${DOMAIN}.\t3600\tIN\tTXT\t"google-site-verification=q8Zk3tVw1x"\n\n;; WHEN: Mon Nov 23 08:40:11 EST 2026\n`,
      'domain memberships.csv': membershipTable([
        ...people.map(({ email }) => [email, 'Teasel Guild', 'enterprise', 'Yes', '2026-09-15']),
        [at(people, 8).email, 'Personal', 'free', 'No', '2026-11-21'],
      ]),
      'apps.json': applications({ assignment: false }),
      'ca.json': policies([policy({ state: 'disabled' })]),
      'signins.json': graph(
        'auditLogs/signIns',
        people.map((one, n) => ({
          id: `s-${n}`,
          createdDateTime: '2026-11-22T15:04:05Z',
          userPrincipalName: one.email,
          userId: one.id,
          appId: '5ea5e100-2222-4333-8444-0123456789ab',
          appDisplayName: 'Claude',
          ipAddress: '203.0.113.5',
          status: { errorCode: 0 },
          authenticationRequirement: 'multiFactorAuthentication',
          conditionalAccessStatus: 'success',
          deviceDetail: { isCompliant: n !== 6, isManaged: n !== 6, operatingSystem: 'Windows 11' },
          location: { city: 'Washington', countryOrRegion: 'US' },
        })),
      ),
      'users.json': entraUsers(people),
    },
    [
      counts('members', 18, 'eighteen seats'),
      is('ACC-02', 'fail', 'a Primary Owner and three Owners'),
      ...reported('ACC-04', 'fail', 'two Owners are not in the charter', at(people, 4).email),
      noPass('ACC-10', 'the record is not in DNS'),
      ...reported('ACC-11', 'fail', 'gmail.com can be invited', 'gmail.com'),
      noPass('ACC-12', 'an invite link was made on the 22nd'),
      is('ACC-14', 'fail', 'single sign-on is not enforced'),
      noPass('ACC-15', 'directory sync is off'),
      is('ACC-18', 'fail', 'eighteen seats are held and ten were bought'),
      is('CON-15', 'fail', 'the allowlist is off'),
      is('CON-17', 'fail', 'new tools start at Always allow'),
      noPass('CON-18', 'Always allow was enabled on the 22nd'),
      is('CON-20', 'fail', 'the guard was switched off on the 22nd'),
      ...reported('CON-30', 'fail', 'Slack is used and not approved', 'Slack'),
      is('M365-04', 'fail', 'no assignment is required'),
      noPass('M365-09', 'the only policy is off'),
      noPass('M365-10', 'no policy asks for a device'),
      noPass('M365-19', 'one signed in from a device that is not compliant'),
      noPass('SHA-01', 'a personal account was made on the 21st'),
      is('SHA-03', 'fail', 'a personal account is open'),
      is('VIS-09', 'fail', 'seven calls wrote where nothing may be written'),
      is('VIS-14', 'fail', 'chats are kept for ever'),
      ...reported('VIS-17', 'fail', 'a key that nobody approved', 'Backup vendor'),
    ],
    ENTERPRISE_OF_TEN,
  );
}

/** Everything was collected in September and never again. */
function twoMonthsOld() {
  const people = staff(14);
  const OLD = '2026-09-20';
  const files = {
    ...peopleFiles(people),
    'acknowledgements.csv': acknowledgementsCsv(people),
    'users.json': entraUsers(people),
    'apps.json': applications(),
    'ca.json': policies([policy()]),
    'connectors.csv': connectorTable([
      ['Microsoft 365 (Outlook)', 'Search email', 'Always allow'],
      ['Microsoft 365 (Outlook)', 'Read email', 'Always allow'],
      ['Microsoft 365 (Outlook)', 'Send email', 'Blocked'],
      ['Microsoft 365 (Outlook)', 'Create rules', 'Blocked'],
      ['Microsoft 365 (Outlook)', 'Delete', 'Blocked'],
      ['Microsoft 365 (Outlook)', 'All other actions', 'Blocked'],
    ]),
    'domain memberships.csv': membershipTable([
      ...people.map(({ email }) => [email, 'Teasel Guild', 'team', 'Yes', '2026-09-15']),
    ]),
    'spend.csv': csv([
      ['User email', 'Product', 'Model', 'total_requests', 'total_net_spend_usd', 'Start date', 'End date'],
      ...people.map(({ email }) => cells`${email}|Chat|claude-sonnet-5|100|1.10|2026-08-20|2026-09-19`),
    ]),
  };
  return outsideCase('collected-once-in-september')(
    files,
    [
      ...cells`ACC-01|ACC-02|ACC-04|ACC-05|ACC-06|ACC-07|ACC-08|ACC-13|ACC-18|ACC-20`.map((control) =>
        noPass(`CLA-${control}`, 'who holds a seat today is in no file'),
      ),
      noPass('POL-03', 'who acknowledged since is in no file'),
      ...['CON-04', 'CON-06', 'CON-09', 'CON-10', 'CON-11', 'CON-12'].map((control) =>
        noPass(`CLA-${control}`, 'the table is of September'),
      ),
      ...noPasses('the report is of September', 'SHA-02 SHA-03'),
      ...noPasses('use ends on 19 September', 'VIS-01 VIS-03'),
      noPass('VIS-08', 'spend ends on 19 September'),
      noPass('M365-04', 'the applications are of September'),
      ...noPasses('the policies are of September', 'M365-09 M365-13'),
      noPass('M365-17', 'the users are of September'),
      is('ACC-07', ['cannot_read', 'fail'], 'it cannot be determined'),
      is('CON-07', 'pass', 'the charter is in force'),
      is('POL-02', ['pass', 'fail'], 'the charter lists clauses'),
      is('POL-04', 'pass', 'the policy names a contact'),
      says('ACC-07', /Sep|65 days/, 'how old the list is is said'),
      says('VIS-01', /Sep|66 days/, 'how long ago use ends is said'),
      is('OPS-01', 'cannot_read', 'the roster is of before the review in October, and no later one counts'),
      is('CON-03', ['pass', 'cannot_read'], 'lockdown came before the first invitation'),
    ],
    {
      profile: profile({ staffCount: 14 }),
      saved: Object.fromEntries(
        Object.keys(files)
          .filter((name) => !name.endsWith('.yaml'))
          .map((name) => [name, OLD]),
      ),
    },
  );
}

export const outsideContradicted = [statementsAgainstFiles(), twoMonthsOld()];
