import { DOMAIN, type Person, staff } from '../client.ts';
import {
  acknowledgementsCsv,
  charter,
  entraUsers,
  membersCsv,
  peopleFiles,
  rosterCsv,
} from '../documents.ts';
import {
  apiKey,
  connectorUse,
  ENTERPRISE,
  event,
  feed,
  ORGANIZATION,
  SETTINGS,
  settings,
} from '../enterprise.ts';
import { applications, grants, policies, policy } from '../microsoft.ts';
import { is, lists, noPass, noPasses, says, unlisted } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { accountTable, usageTable } from '../tables.ts';

const SECOND = 'b2c3d4e5-f601-4789-8abc-def012345678';

/** A guild and its foundation: two organizations at Anthropic, with separate files in one folder. */
function twoOrganizations() {
  const people = staff(18);
  const guild = people.slice(0, 12);
  const foundation = people
    .slice(12)
    .map((one, n) => ({ ...one, role: n === 0 ? 'Primary Owner' : 'User' }) as Person);
  const inOrder = {
    ...SETTINGS,
    allowed_invite_domains: [DOMAIN],
    data_retention_periods: { chat: { type: 'fixed', timescale: 'day', duration: 180 } },
  };
  const loose = {
    ...SETTINGS,
    directory_sync_enabled: false,
    sso_claude_ai_enforced: false,
    sso_provisioning_mode: 'login_only',
    allowed_invite_domains: [],
    connector_tools_default_always_allow: true,
    desktop_extension_allowlist_enabled: false,
    data_retention_periods: { all: { type: 'indefinite' } },
  };
  const key = apiKey('apikey_01Second', 'Foundation export', { created_by_id: 'user_01adeleabbott' });
  const month = (who: readonly Person[], requests: number) =>
    usageTable([
      ...who.map(({ email }) => [email, 'Chat', 'claude-sonnet-5', requests, '2026-10-25', '2026-11-22']),
    ]);
  return outsideCase('two-organizations-in-one-folder')(
    {
      ...peopleFiles(people),
      'guild/members.csv': membersCsv(guild),
      'foundation/members.csv': membersCsv(foundation),
      'members.csv': '',
      'charter.yaml': charter(people, { chatRetentionDays: 180, provisioning: 'scim' }),
      'guild/settings.json': settings(inOrder),
      'foundation/settings.json': settings(loose, [key]).replaceAll(ORGANIZATION, SECOND),
      'guild/feed.json': feed([
        event('Today', '2026-11-23', 'claude_chat_created', { claude_chat_id: 'c1' }),
        event('Guard', '2026-10-02', 'org_connector_domain_guard_updated', { enforced: true }),
        event('Early', '2026-05-02', 'claude_chat_viewed', { claude_chat_id: 'c2' }),
      ]),
      'guild/use.csv': month(guild, 90),
      'foundation/use.csv': month(foundation, 80),
    },
    [
      noPass('ACC-14', 'the foundation does not require single sign-on'),
      noPass('ACC-15', 'the foundation has no directory sync'),
      noPass('ACC-11', 'the foundation lets everybody be invited'),
      noPass('CON-17', 'at the foundation tools start at Always allow'),
      noPass('CON-15', 'the foundation has no allowlist'),
      noPass('VIS-14', 'the foundation keeps chats for ever'),
      noPass('VIS-17', 'the foundation has a key that nobody approved'),
      noPass('ACC-16', 'the foundation provisions otherwise'),
      noPass('ACC-02', 'two lists, each with a Primary Owner'),
      noPass('ACC-04', 'the Primary Owner of the foundation is not approved'),
      ...noPasses('the feed is of the guild alone', 'ACC-12 VIS-16 CON-20'),
      noPass('VIS-04', 'the foundation has no feed'),
      noPass('CON-18', 'nothing shows Cowork'),
      ...noPasses('two lists of one day differ', 'ACC-07 ACC-20'),
      noPass('POL-03', 'no acknowledgments were given'),
      noPass('VIS-05', 'no audit log was given'),
      unlisted('leavers', at(people, 14).email, 'nobody has left'),
      unlisted('withoutSeat', at(people, 14).email, 'who has a seat at the foundation has a seat'),
      is('OPS-02', 'pass', 'owner and deputy are staff'),
      is('CON-07', 'pass', 'the charter is in force'),
    ],
    ENTERPRISE,
  );
}

/** A service provider's folder in which half of the evidence is another client's. */
function neighbor() {
  const people = staff(16);
  const other = staff(16, 'wren.example.net');
  const swap = (text: string) => text.replaceAll(DOMAIN, 'wren.example.net');
  return outsideCase('evidence-of-the-neighbor')(
    {
      ...peopleFiles(people),
      'charter.yaml': charter(people, { claudeOrganization: ORGANIZATION, chatRetentionDays: 180 }),
      'users.json': swap(entraUsers(other)),
      'acknowledgements.csv': acknowledgementsCsv(other),
      'settings.json': settings({
        sso_enabled: true,
        sso_claude_ai_enforced: true,
        sso_provisioning_mode: 'scim_advanced',
        directory_sync_enabled: true,
        allowed_invite_domains: [DOMAIN],
        connector_tools_default_always_allow: false,
        data_retention_periods: { chat: { type: 'fixed', timescale: 'day', duration: 180 } },
      }).replaceAll(ORGANIZATION, SECOND),
      'feed.json': feed([
        event('Today', '2026-11-23', 'claude_chat_created', { claude_chat_id: 'c1' }, at(other, 3).email),
        event(
          'Guard',
          '2026-10-02',
          'org_connector_domain_guard_updated',
          { enforced: true },
          at(other, 0).email,
        ),
        event('Early', '2026-05-02', 'claude_chat_viewed', { claude_chat_id: 'c2' }, at(other, 4).email),
      ]).replaceAll(ORGANIZATION, SECOND),
      'connectors.json': JSON.stringify({
        data: [
          connectorUse('microsoft_365', 12, 0, 0, { connector_display_name: 'Microsoft 365 (Outlook)' }),
        ],
        date: '2026-11-20',
        has_more: false,
        next_page: null,
      }),
      'dig.txt': `; <<>> DiG 9.18.28 <<>> TXT wren.example.net\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4\n;; QUESTION SECTION:\n;wren.example.net.\tIN\tTXT\n\n;; ANSWER SECTION:\nwren.example.net.\t3600\tIN\tTXT\t"anthropic-domain-verification-q8Zk3tVw1x"\n\n;; WHEN: Mon Nov 23 08:40:11 EST 2026\n`,
      'domain-memberships.csv': accountTable([
        ...other.map(({ email }) => [email, 'Team', 'Yes', '2026-09-15']),
      ]),
      'usage.csv': usageTable([
        ...other.map(({ email }) => [email, 'Chat', 'claude-sonnet-5', 90, '2026-10-25', '2026-11-22']),
      ]),
      'apps.json': applications({ signIn: false }),
      'grants.json': grants('User.Read Mail.Read'),
      'ca.json': policies([
        policy({ applications: { includeApplications: ['9f0e0000-2222-4333-8444-0123456789ff'] } }),
      ]),
      'staff of the neighbor.csv': rosterCsv(other),
    },
    [
      noPass('ACC-14', 'the settings are of another organization'),
      ...noPasses('the settings are of another organization', 'ACC-11 CON-17 VIS-14 ACC-15'),
      noPass('VIS-17', 'the keys are of another organization'),
      ...noPasses('the feed is of another organization', 'VIS-04 VIS-16 CON-20'),
      noPass('ACC-10', 'the record is of another domain'),
      ...noPasses('the report is of another domain', 'SHA-02 SHA-03 SHA-04'),
      ...noPasses('the use is another client’s', 'VIS-01 VIS-03'),
      noPass('VIS-08', 'the spend is another client’s'),
      noPass('POL-03', 'the acknowledgments are another client’s'),
      noPass('M365-02', 'the application is not in this tenant'),
      noPass('M365-09', 'no policy reaches our application'),
      noPass('M365-17', 'the users are another client’s'),
      noPass('VIS-10', 'the feed is of another organization'),
      unlisted('notOnRoster', at(people, 5).email, 'our people are on our roster'),
      lists('leavers', [], 'nobody has left'),
      says('VIS-04', /organization/i, 'that the feed is of another organization is said'),
      is('ACC-02', 'pass', 'a Primary Owner and one Owner'),
    ],
    { ...ENTERPRISE },
  );
}

export const outsideOrganizations = [twoOrganizations(), neighbor()];
