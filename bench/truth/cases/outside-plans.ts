import { DOMAIN, type Person, profile, staff } from '../client.ts';
import { acknowledgementsCsv, charter, journal, membersCsv, peopleFiles, rosterCsv } from '../documents.ts';
import { apiKey, connectorUse, ENTERPRISE, event, feed, SETTINGS, settings } from '../enterprise.ts';
import { counts, file, is, lists, never, noPass, noPasses, reported, says, silent } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { connectorTable } from '../tables.ts';
import { cells, csv } from '../text.ts';

/** Nine people who pay for Claude themselves: no organization, no console, no members file. */
function personalPlan() {
  const people = staff(9);
  return outsideCase('personal-plans-paid-by-card')(
    {
      'charter.yaml': charter(people, { owners: [], admins: [] }),
      'journal.yaml': journal(people, {
        lockdown: undefined,
        defaultConnectorsRemoved: undefined,
        firstInvitation: undefined,
      }),
      'paylocity.csv': csv([
        ['Employee Id', 'Preferred Name', 'Work Email', 'Cost Center 1', 'Employee Status', 'Term Date'],
        ...people.map((one, n) => [`10${n}`, one.name, one.email, one.department, 'Active', '']),
      ]),
      'ramp transactions.csv': csv([
        ['Transaction Date', 'Merchant', 'Cardholder', 'Amount', 'Memo', 'Accounting Category'],
        ...people.map(
          (one) => cells`2026-11-02|ANTHROPIC* CLAUDE PRO|${one.name}|20.00|Claude Pro subscription|Software`,
        ),
      ]),
      'connectors.csv': connectorTable([
        ['Microsoft 365 (Outlook)', 'Search email', 'Always allow'],
        ['Microsoft 365 (Outlook)', 'Read email', 'Always allow'],
        ['Microsoft 365 (Outlook)', 'All other actions', 'Blocked'],
      ]),
      'acknowledgements.csv': acknowledgementsCsv(people),
    },
    [
      is('ACC-02', 'not_licensed', 'a personal plan has no owners'),
      is('ACC-04', 'not_licensed', 'a personal plan has no owners and admins'),
      is('ACC-07', 'not_licensed', 'a personal plan has no seats'),
      is('ACC-12', 'not_licensed', 'a personal plan has no invite links'),
      is('ACC-14', 'not_licensed', 'a personal plan has no single sign-on'),
      is('ACC-15', 'not_licensed', 'a personal plan has no directory sync'),
      is('CON-04', 'not_licensed', 'nobody can enable connectors for an organization'),
      is('CON-06', 'not_licensed', 'there are no states of the organization'),
      is('CON-09', 'not_licensed', 'there are no permissions of the organization'),
      is('CON-10', 'not_licensed', 'there are no permissions of the organization'),
      is('CON-11', 'not_licensed', 'there are no permissions of the organization'),
      is('CON-13', 'not_licensed', 'there are no permissions of the organization'),
      is('CON-20', 'not_licensed', 'there is no restriction of domains'),
      is('VIS-04', 'not_licensed', 'there is no Compliance API'),
      is('VIS-05', 'not_licensed', 'there is no audit log'),
      never('VIS-01', ['pass', 'pending'], 'use cannot be read'),
      noPass('VIS-03', 'nothing shows who uses how much'),
      noPass('VIS-09', 'nothing shows which tools are called'),
      noPass('VIS-16', 'nothing shows exports'),
      noPass('ACC-13', 'there are no seats to match'),
      ...noPasses('there are no seats', 'ACC-18 ACC-20'),
      noPass('CON-03', 'there was no lockdown'),
      noPass('CON-26', 'nothing shows whose connectors are linked'),
      noPass('SHA-01', 'anyone can open a personal account'),
      noPass('SHA-03', 'all nine are personal accounts'),
      counts('members', null, 'there is no organization'),
      counts('staff', 9, 'nine work here'),
      is('OPS-02', 'pass', 'owner and deputy are staff'),
      is('POL-04', 'pass', 'the policy names a contact'),
      file('ramp transactions.csv', ['not_placed', 'malformed'], 'card statements are no file of Claude'),
    ],
    { profile: profile({ claudePlan: 'free_pro', claudeSeats: 0, staffCount: 9 }) },
  );
}

/** Enterprise: overlapping pages of the feed, a key, roles, an export, writing calls, loose settings. */
function enterprise() {
  const people = staff(24);
  const [gone, exporter] = [at(people, 20), at(people, 9)];
  const early = event('Early', '2026-05-02', 'claude_chat_viewed', { claude_chat_id: 'claude_chat_01B' });
  const shared = event(
    'Shared',
    '2026-11-19',
    'org_data_export_started',
    { export_type: 'conversations' },
    exporter.email,
  );
  const usual = Array.from({ length: 30 }, (_, n) =>
    event(
      `Usual${n}`,
      `2026-11-${String(22 - (n % 20)).padStart(2, '0')}T15:0${n % 10}:05Z`,
      'claude_chat_created',
      { claude_chat_id: `claude_chat_1${n}` },
      at(people, n % 20).email,
    ),
  );
  return outsideCase('enterprise-with-loose-settings')(
    {
      ...peopleFiles(people),
      'staff.csv': rosterCsv(people, { [gone.email]: '2026-11-13' }),
      'charter.yaml': charter(people, { chatRetentionDays: 365, provisioning: 'scim' }),
      'feed page 1.json': feed([
        event('Guard', '2026-11-21', 'org_connector_domain_guard_updated', { enforced: false }),
        event('Link', '2026-11-20', 'org_invite_link_generated'),
        shared,
        ...usual,
      ]),
      'feed page 2.json': feed([shared, early]),
      'settings.json': settings(
        {
          ...SETTINGS,
          allowed_invite_domains: [DOMAIN, 'teasel-events.example'],
          connector_tools_default_always_allow: true,
          desktop_extension_allowlist_enabled: false,
          data_retention_periods: { chat: { type: 'fixed', timescale: 'month', duration: 36 } },
        },
        [apiKey('apikey_01Warehouse', 'Data warehouse', { created_by_id: 'user_01adeleabbott' })],
      ),
      'connector analytics.json': JSON.stringify({
        data: [
          connectorUse('microsoft_365', 212, 14, 0, { connector_display_name: 'Microsoft 365 (Outlook)' }),
          connectorUse('dropbox', 9, 0, 0, { connector_display_name: 'Dropbox' }),
        ],
        date: '2026-11-20',
        has_more: false,
        next_page: null,
      }),
    },
    [
      counts('members', 24, 'twenty-four members'),
      counts('staff', 23, 'one has left'),
      lists('leavers', [gone.email], 'one has left and holds a seat'),
      is('ACC-07', 'fail', 'one has left'),
      ...reported('ACC-11', 'fail', 'another domain can be invited', 'teasel-events.example'),
      is('ACC-14', 'pass', 'single sign-on is enforced'),
      noPass('ACC-15', 'a leaver holds a seat'),
      noPass('ACC-12', 'an invite link was made'),
      is('CON-15', 'fail', 'the allowlist is off'),
      is('CON-17', 'fail', 'tools start at Always allow'),
      is('CON-20', 'fail', 'the domain guard is off'),
      ...reported('CON-30', 'fail', 'a connector that is not in the charter is used', 'Dropbox'),
      ...reported('VIS-09', 'fail', 'fourteen calls wrote where the charter opens no write', /\b14\b/),
      is('VIS-14', 'fail', 'chats are kept for three years, the charter says one'),
      is('VIS-16', 'fail', 'an export that nobody approved'),
      says('VIS-16', new RegExp(`${exporter.name}|${exporter.email}`, 'i'), 'who exported is named'),
      silent('VIS-16', /\b2 exports\b/i, 'one export on two pages is one'),
      ...reported('VIS-17', 'fail', 'a key that nobody approved', 'Data warehouse'),
      is('VIS-04', 'pass', 'the feed goes on until yesterday or nearly'),
      noPass('VIS-06', 'nothing shows a collector'),
      noPass('CON-27', 'no roles or groups were given'),
      ...noPasses('the states of actions were not given', 'CON-09 CON-10'),
      noPass('SHA-01', 'nothing shows that creation is restricted'),
    ],
    ENTERPRISE,
  );
}

/** A service provider's client that changed from Team to Enterprise on November 10. */
function changedPlan() {
  const people = staff(16);
  const days = Array.from({ length: 14 }, (_, n) => `2026-11-${String(10 + n).padStart(2, '0')}`);
  const kinds = ['user_signed_in_sso', 'conversation_created', 'project_created', 'user_logout'];
  const log = csv([
    ['created_at', 'event', 'actor_info', 'event_info', 'entity_info', 'ip_address'],
    ...days.flatMap((day, d) =>
      kinds.map((kind, n) => {
        const who = at(people, (d + n) % 16);
        return cells`${day}T1${n}:04:05.000000+00:00|${kind}|{'name': '${who.name}', 'uuid': 'user_${who.id}', 'metadata': {'email_address': '${who.email}'}}|{}|{}|192.0.2.34`;
      }),
    ),
  ]);
  const spend = (from: string, to: string, of: readonly Person[], requests: (one: Person) => number) =>
    csv([
      ['User email', 'Product', 'Model', 'total_requests', 'total_net_spend_usd', 'Start date', 'End date'],
      ...of.map((one) => [one.email, 'Chat', 'claude-sonnet-5', requests(one), '1.10', from, to]),
    ]);
  const heavy = at(people, 7);
  return outsideCase('team-until-10-november')(
    {
      ...peopleFiles(people),
      'Team/members (October).csv': membersCsv(people.slice(0, 14)),
      'Team/spend.csv': spend('2026-10-01', '2026-10-31', people.slice(0, 14), () => 100),
      'Enterprise/spend.csv': spend('2026-11-01', '2026-11-22', people, (one) => (one === heavy ? 1800 : 90)),
      'Enterprise/audit_logs.csv': log,
      'Enterprise/audit_logs (1).csv': log,
      'Enterprise/settings.json': settings({
        sso_enabled: true,
        sso_claude_ai_enforced: false,
        allowed_invite_domains: [DOMAIN],
        connector_tools_default_always_allow: false,
      }),
    },
    [
      counts('members', 16, 'the members of today, not those of October'),
      file('Team/members (October).csv', 'replaced', 'an older list is replaced'),
      is('ACC-14', 'fail', 'single sign-on is not enforced'),
      is('ACC-11', 'pass', 'only our domain can be invited'),
      is('CON-17', 'pass', 'tools of new connectors do not start at Always allow'),
      noPass('VIS-16', 'what was exported before 10 November is not told'),
      says('VIS-16', /Nov 10, 2026/, 'from when the log speaks is said'),
      noPass('VIS-05', 'fourteen days of log show no six months'),
      is('VIS-17', 'pass', 'the settings list no key'),
      noPass('CON-14', 'changes before 10 November are not told'),
      is('VIS-03', 'fail', 'one person is far above the average in November'),
      says('VIS-03', new RegExp(`${heavy.name}|${heavy.email}`), 'the person is named'),
      is('VIS-01', 'pass', 'use can be read'),
      is('ACC-07', 'pass', 'everyone with a seat is staff'),
      is('ACC-02', 'pass', 'a Primary Owner and an Owner'),
      is('ACC-18', 'pass', '16 of 60'),
      is('ACC-06', 'pass', 'every seat is on the domain'),
      never('VIS-04', ['not_licensed'], 'Enterprise has a Compliance API'),
      noPass('VIS-04', 'no feed was given'),
      never('ACC-15', ['not_licensed'], 'Enterprise has directory sync'),
      file(
        'Enterprise/audit_logs (1).csv',
        ['replaced', 'taken', 'ignored'],
        'the same log twice is said to be there',
      ),
    ],
    ENTERPRISE,
  );
}

export const outsidePlans = [personalPlan(), enterprise(), changedPlan()];
