import { DOMAIN, profile, staff } from '../client.ts';
import {
  acknowledgementsCsv,
  charter,
  entraUsers,
  journal,
  membersCsv,
  peopleFiles,
  rosterCsv,
} from '../documents.ts';
import { connectorUse, ENTERPRISE, event, feed, SETTINGS, settings } from '../enterprise.ts';
import {
  counts,
  file,
  is,
  lists,
  never,
  noPass,
  noPasses,
  reported,
  says,
  silent,
  unlisted,
} from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { membershipTable } from '../tables.ts';

const NEWCOMERS = 'burdock.example.org';

/** Two associations merged on October 1; half of the documents are older. */
function merged() {
  const ours = staff(12);
  const theirs = staff(20, NEWCOMERS).slice(12);
  const all = [...ours, ...theirs.map((one) => ({ ...one, role: 'User' as const }))];
  return outsideCase('merged-in-october')(
    {
      'members.csv': membersCsv(all),
      'before the merger/staff 2026-09-28.csv': rosterCsv(ours),
      'users.json': entraUsers(ours),
      'charter.yaml': charter(ours, { seatsFor: 'everyone', inviteDomains: [DOMAIN, NEWCOMERS] }),
      'journal.yaml': journal(ours),
      'acknowledgements.csv': acknowledgementsCsv(ours),
      'dig.txt': `; <<>> DiG 9.18.28 <<>> TXT ${DOMAIN}\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4\n;; QUESTION SECTION:\n;${DOMAIN}.\tIN\tTXT\n\n;; ANSWER SECTION:\n${DOMAIN}.\t3600\tIN\tTXT\t"anthropic-domain-verification-q8Zk3tVw1x"\n\n;; WHEN: Mon Nov 23 08:40:11 EST 2026\n`,
      'domain-memberships.csv': membershipTable([
        ...ours.map(({ email }) => [email, 'Teasel Guild', 'team', 'Yes', '2026-09-15']),
      ]),
    },
    [
      noPass('ACC-07', 'the roster is from before the merger'),
      noPass('ACC-13', 'eight seats are of people whom the roster cannot know'),
      noPass('ACC-20', 'who works here today is in no file'),
      noPass('ACC-21', 'the roster of September holds half of staff'),
      is('ACC-06', 'pass', 'both domains are ours'),
      ...reported(
        'ACC-10',
        ['fail', 'cannot_read'],
        'the second domain is not shown to be verified',
        NEWCOMERS,
      ),
      noPass('ACC-11', 'no settings were given'),
      ...reported('ACC-18', 'fail', '20 seats are held and 15 were bought', /\b20\b/),
      noPass('SHA-02', 'the report covers one domain of two'),
      noPass('SHA-03', 'personal accounts on the second domain are in no report'),
      ...reported('POL-03', 'fail', 'eight have not acknowledged', at(theirs, 3).name),
      silent('POL-03', at(ours, 5).name, 'who has acknowledged is not accused'),
      is('SHA-11', ['fail', 'cannot_read', 'pending'], 'twelve of twenty were told'),
      noPass('OPS-12', 'nobody was trained by any file'),
      noPass('M365-17', 'nobody knows from these files who has left'),
      noPass('OPS-05', 'a roster of September shows no leavers of November'),
      is('ACC-02', 'pass', 'a Primary Owner and one Owner'),
      counts('members', 20, 'twenty seats'),
      unlisted('leavers', at(theirs, 0).email, 'nobody of the merged association has left'),
      lists('leavers', [], 'nobody is shown to have left'),
    ],
    { profile: profile({ domains: [DOMAIN, NEWCOMERS], claudeSeats: 15, staffCount: 20 }) },
  );
}

/** Settings that were read on the 10th and changed on the 18th; a newer members list with fewer people. */
function changedAfterReading() {
  const people = staff(18);
  const change = (type: string, more: object) => event(type.slice(4, 12), '2026-11-18', type, more);
  return outsideCase('settings-changed-after-they-were-read')(
    {
      ...peopleFiles(people),
      'members.csv': membersCsv(people),
      'members (Owners and Admins).csv': membersCsv(people.slice(0, 3)),
      'charter.yaml': charter(people, { chatRetentionDays: 365, provisioning: 'scim' }),
      'settings.json': settings({
        ...SETTINGS,
        allowed_invite_domains: [DOMAIN],
        data_retention_periods: { chat: { type: 'fixed', timescale: 'day', duration: 365 } },
      }),
      'feed.json': feed([
        event('Today', '2026-11-23', 'claude_chat_created', { claude_chat_id: 'claude_chat_01A' }),
        change('org_sso_connection_deactivated', {}),
        change('org_sso_toggled', { enabled: false }),
        change('org_directory_sync_deleted', {}),
        change('org_data_retention_policy_changed', {}),
        change('org_invite_link_generated', {}),
        change('org_cowork_mcp_always_allow_enabled', {}),
        change('org_connector_domain_guard_updated', { enforced: null }),
        event('Key', '2026-11-19', 'api_key_created', { api_key_id: 'apikey_01New' }),
        event('Early', '2026-05-02', 'claude_chat_viewed', { claude_chat_id: 'claude_chat_01B' }),
      ]),
    },
    [
      noPass('ACC-14', 'single sign-on was switched off after the settings were read'),
      noPass('ACC-15', 'directory sync was deleted after the settings were read'),
      noPass('ACC-12', 'an invite link was made'),
      noPass('VIS-14', 'retention was changed after it was read'),
      noPass('CON-18', 'Always allow for Cowork was enabled'),
      is('CON-18', 'fail', 'Always allow for Cowork was enabled'),
      noPass('CON-20', 'whether the guard is enforced is not said'),
      noPass('VIS-17', 'a key was made after the list of keys was read'),
      is('CON-15', 'pass', 'the allowlist is on, and the feed shows nothing on it'),
      is('VIS-04', 'pass', 'the feed reaches yesterday'),
      is('VIS-16', 'pass', 'the feed of half a year shows no export'),
      noPass('ACC-20', 'the lists of members differ'),
      noPass('ACC-18', 'two lists of one day give 18 and 3'),
      ...noPasses('two lists of one day differ', 'ACC-06 ACC-07'),
      never('ACC-04', ['pass'], 'two lists of one day differ'),
      noPass('CON-09', 'the states of actions were not given'),
      noPass('CON-27', 'no roles were given'),
      noPass('VIS-05', 'no audit log was kept'),
      noPass('VIS-18', 'no decision on inline checks is on record'),
      is('OPS-02', 'pass', 'owner and deputy are staff'),
      counts('staff', 18, 'the roster holds eighteen'),
    ],
    { ...ENTERPRISE, saved: { 'settings.json': '2026-11-10' } },
  );
}

/** Enterprise until October 31 and Team since: what Enterprise could read is history. */
function backToTeam() {
  const people = staff(16);
  const late = at(people, 12);
  return outsideCase('back-from-enterprise-to-team')(
    {
      ...peopleFiles(people),
      'staff.csv': rosterCsv(people, { [late.email]: '2026-11-20' }),
      'charter.yaml': charter(people, { provisioning: 'scim', chatRetentionDays: 180 }),
      'Enterprise/settings.json': settings({
        ...SETTINGS,
        allowed_invite_domains: [DOMAIN],
        data_retention_periods: { chat: { type: 'fixed', timescale: 'day', duration: 180 } },
      }),
      'Enterprise/feed.json': feed([
        event('Last', '2026-10-30', 'claude_chat_created', { claude_chat_id: 'claude_chat_01A' }),
        event('Guard', '2026-10-02', 'org_connector_domain_guard_updated', { enforced: true }),
        event('Early', '2026-05-02', 'claude_chat_viewed', { claude_chat_id: 'claude_chat_01B' }),
      ]),
      'Enterprise/connectors.json': JSON.stringify({
        data: [
          connectorUse('microsoft_365', 12, 0, 0, { connector_display_name: 'Microsoft 365 (Outlook)' }),
        ],
        date: '2026-10-30',
        has_more: false,
        next_page: null,
      }),
    },
    [
      is('VIS-04', 'not_licensed', 'Team has no Compliance API'),
      is('VIS-05', 'not_licensed', 'Team has no audit log'),
      is('ACC-15', 'not_licensed', 'Team has no directory sync'),
      is('VIS-14', 'not_licensed', 'Team has no retention of its own'),
      is('CON-27', 'not_licensed', 'Team has no roles of its own'),
      is('VIS-17', 'not_licensed', 'Team has no keys of the Compliance API'),
      noPass('ACC-14', 'what Enterprise enforced says nothing of the plan of today'),
      noPass('ACC-11', 'the settings are of October'),
      ...noPasses('nothing is known since 30 October', 'ACC-12 CON-15'),
      noPass('CON-17', 'the settings are of October'),
      noPass('CON-20', 'nothing is known since 30 October'),
      noPass('CON-14', 'changes since 30 October are in no file'),
      noPass('VIS-16', 'exports since 30 October are in no file'),
      ...noPasses('use since 30 October is in no file', 'VIS-09 CON-30'),
      noPass('VIS-10', 'work since 30 October is in no file'),
      is('ACC-07', 'fail', 'one left on 20 November and holds a seat'),
      says('ACC-07', new RegExp(`${late.name}|${late.email}`), 'the leaver is named'),
      lists('leavers', [late.email], 'one has left'),
      is('ACC-02', 'pass', 'a Primary Owner and one Owner'),
      counts('members', 16, 'sixteen seats'),
      file(
        'Enterprise/feed.json',
        ['taken', 'replaced', 'ignored', 'not_placed'],
        'the feed is accounted for',
      ),
    ],
    {
      saved: {
        'Enterprise/settings.json': '2026-10-30',
        'Enterprise/feed.json': '2026-10-30',
        'Enterprise/connectors.json': '2026-10-30',
      },
    },
  );
}

export const outsideTimes = [merged(), changedAfterReading(), backToTeam()];
