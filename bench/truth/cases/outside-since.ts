import { graphUser, journal, rosterCsv } from '../documents.ts';
import { apiKey, event, feed, ORGANIZATION, SETTINGS, settings } from '../enterprise.ts';
import { sku } from '../microsoft.ts';
import { is, never, noPass, noPasses, reported, type Statement, says } from '../model.ts';
import { association, at, outsideCase } from '../outside.ts';
import { connectorTable } from '../tables.ts';
import { csv, graph, plus, yaml } from '../text.ts';

/** Events after a file was exported, in another organization, or on days that a log omits. */

const { people, profile, charter, files } = association('Saltmarsh Alliance', 'saltmarsh.example.org', 11);
const ENTERPRISE = profile({ claudePlan: 'enterprise', m365: 'e5' });
const own = (more: object = {}) => charter({ claudeOrganization: ORGANIZATION, ...more });
const [owner] = people;

/** Someone signed in on each of these days. */
const everyDay = (from: string, to: string) => {
  const days: string[] = [];
  for (let day = from; day <= to; day = plus(day, 1)) days.push(day);
  return days;
};
const signIns = (from: string, to: string) =>
  everyDay(from, to).map((day, n) =>
    event(`s${day.replaceAll('-', '')}`, day, 'sso_login_succeeded', {}, at(people, n % 11).email),
  );
const RECENT_SIGN_INS = signIns('2026-10-20', '2026-11-23');
const happened = (id: string, day: string, type: string, more: object, who = owner) =>
  event(id, day, type, more, who?.email);

const enterprise = (
  name: string,
  events: readonly object[],
  statements: readonly Statement[],
  {
    more = {},
    decided = {},
    saved = {},
  }: { more?: Record<string, string>; decided?: object; saved?: Record<string, string> } = {},
) =>
  outsideCase(name)(
    { ...files({ 'charter.yaml': own(decided), ...more }), 'feed.json': feed(events) },
    statements,
    {
      profile: ENTERPRISE,
      saved,
    },
  );

const guard = (day: string, enforced: boolean, more: object = {}) => ({
  ...happened(`guard${day}`, day, 'org_connector_domain_guard_updated', { enforced }),
  ...more,
});
const BEFORE = { 'members.csv': '2026-11-20' };
const STATES = connectorTable(
  [
    'Search email|Always allow',
    'Read email|Always allow',
    'Send email|Blocked',
    'All other actions|Blocked',
  ].map((line) => ['Microsoft 365 (Outlook)', ...line.split('|')]),
);
const server = { mcp_server_id: 'mcp_1', mcp_server_name: 'Zapier' };
const keys = (...names: readonly string[]) => ({
  'settings.json': settings(
    { ...SETTINGS, allowed_invite_domains: ['saltmarsh.example.org'] },
    names.map((name, n) => apiKey(`apikey_0${n}`, name)),
  ),
});

const auditLog = (days: readonly string[]) =>
  csv([
    ['created_at', 'event', 'actor_info', 'entity_info', 'ip_address', 'user_agent', 'client_platform'],
    ...days.map((day, n) => {
      const { name, email } = at(people, n % 11);
      const actor = `{'name': '${name}', 'metadata': {'email_address': '${email}'}}`;
      return [
        `${day}T14:03:11Z`,
        n % 2 ? 'user_signed_in_sso' : 'conversation_created',
        actor,
        '{}',
        '192.0.2.10',
        'Mozilla/5.0',
        'web',
      ];
    }),
  ]);
const logged = (name: string, days: readonly string[], statements: readonly Statement[]) =>
  outsideCase(name)({ ...files(), 'audit_log.csv': auditLog(days) }, statements, { profile: ENTERPRISE });
const HALF_A_YEAR = everyDay('2026-05-28', '2026-11-23');
const without = (from: string, to: string) => HALF_A_YEAR.filter((day) => day < from || day > to);

const team = (
  name: string,
  more: Record<string, string>,
  statements: readonly Statement[],
  about: object = {},
) => outsideCase(name)(files(more), statements, { profile: profile(about) });
const device = ({ email }: { readonly email: string }, n: number, lastSyncDateTime: string) => ({
  id: `device-${n}`,
  deviceName: `LT-${n}`,
  userPrincipalName: email,
  operatingSystem: 'Windows',
  complianceState: 'compliant',
  lastSyncDateTime,
  managedDeviceOwnerType: 'company',
});
const devices = (lastSync: string) => ({
  'users.json': graph(
    'users',
    people.map((one) => graphUser(one)),
  ),
  'devices.json': graph(
    'deviceManagement/managedDevices',
    people.map((one, n) => device(one, n, lastSync)),
  ),
});
const asked = (decidedOn: string) => ({
  'journal.yaml': journal(people, {
    connectorRequests: [
      { on: '2026-10-12', by: at(people, 3).name, connector: 'Miro', decision: 'refused', decidedOn },
    ],
  }),
});
const seen = (by: string | undefined) => ({
  'attestations.yaml': yaml({
    attestations: ['ACC-12', 'ACC-19'].map((id) => ({
      control: `CLA-${id}`,
      holds: true,
      seen: '2026-11-16',
      by,
    })),
  }),
});
const GRACE = { capabilityStatus: 'Warning', prepaidUnits: { enabled: 0, suspended: 0, warning: 25 } };
const licenses = graph('subscribedSkus', [
  sku(
    'SPB',
    'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46',
    [['AAD_PREMIUM', '41781fb2-bc02-4b7c-bd55-b576c07bb09d']],
    GRACE,
  ),
]);

export const outsideSince = [
  enterprise(
    'an-owner-made-after-the-export',
    [
      ...RECENT_SIGN_INS,
      happened('role', '2026-11-22', 'claude_user_role_updated', {
        user_email: at(people, 6).email,
        previous_role: 'user',
        current_role: 'owner',
      }),
    ],
    [
      ...noPasses('a third owner is in no row of the file', 'ACC-02 ACC-03 ACC-04 ACC-05'),
      says('ACC-02', at(people, 6).email, 'who'),
      is('ACC-06', 'pass', 'the address is ours'),
    ],
    { saved: BEFORE },
  ),
  enterprise(
    'ownership-and-an-invitation-after-the-export',
    [
      ...RECENT_SIGN_INS,
      happened('moved', '2026-11-21', 'primary_owner_transferred', { new_owner_id: 'user_x' }),
      happened('invited', '2026-11-22', 'org_user_invite_sent', {
        invited_email: 'pal@else.example.net',
        invited_role: 'admin',
      }),
    ],
    [
      ...noPasses('done after the export', 'ACC-01 ACC-04 ACC-06'),
      says('ACC-06', 'pal@else.example.net', 'who'),
    ],
    { saved: BEFORE },
  ),
  enterprise(
    'a-user-invited-after-the-export',
    [
      ...RECENT_SIGN_INS,
      happened('invited', '2026-11-22', 'org_user_invite_sent', {
        invited_email: 'new@saltmarsh.example.org',
        invited_role: 'user',
      }),
    ],
    ['ACC-01', 'ACC-02', 'ACC-04', 'ACC-06'].map((id) => is(id, 'pass', 'one more user changes nothing')),
    { saved: BEFORE },
  ),
  enterprise(
    'a-switch-of-another-organization',
    [
      ...RECENT_SIGN_INS,
      guard('2026-11-02', false),
      guard('2026-11-05', true, { organization_uuid: '11111111-2222-4333-8444-555555555555' }),
    ],
    [is('CON-20', 'fail', 'ours is off'), noPass('CON-20', 'another one is on')],
  ),
  enterprise('events-of-next-year', signIns('2027-01-05', '2027-02-08'), [
    ...noPasses('none of it has happened', 'VIS-04 VIS-16 CON-14 CON-18 CON-20'),
  ]),
  enterprise(
    'a-connector-for-a-day',
    [
      ...RECENT_SIGN_INS,
      happened('added', '2026-11-12', 'mcp_server_created', server),
      happened('removed', '2026-11-13', 'mcp_server_deleted', server),
    ],
    [...reported('CON-14', 'fail', 'nobody approved it', 'Zapier'), never('CON-04', ['fail'], 'it is gone')],
    { more: { 'connectors.csv': STATES }, saved: { 'connectors.csv': '2026-11-10' } },
  ),
  enterprise(
    'two-keys-of-one-name',
    RECENT_SIGN_INS,
    [noPass('VIS-17', 'one was approved'), says('VIS-17', 'apikey_01', 'which')],
    { more: keys('SIEM', 'SIEM'), decided: { approvedApiKeys: ['SIEM'] } },
  ),
  logged('a-log-with-six-weeks-missing', without('2026-08-10', '2026-09-20'), [
    is('VIS-05', 'pending', 'they can still be exported'),
    says('VIS-05', /Aug 10, 2026 to Sep 20, 2026/, 'which days'),
  ]),
  logged('a-log-with-two-weeks-of-this-month-missing', without('2026-11-03', '2026-11-17'), [
    ...noPasses('they are missing', 'VIS-05 VIS-16'),
  ]),
  logged('a-log-of-an-office-closed-for-ten-days', without('2026-08-08', '2026-08-17'), [
    is('VIS-05', 'pass', 'an office closes for a while'),
    is('VIS-16', 'pass', 'nothing was exported'),
  ]),
  team('devices-silent-since-june', devices('2026-06-02T08:00:00Z'), [
    noPass('M365-19', 'none has reported for half a year'),
  ]),
  team('devices-that-report', devices('2026-11-22T08:00:00Z'), [
    is('M365-19', 'pass', 'each reported yesterday'),
  ]),
  team('decided-before-it-was-asked', asked('2026-10-01'), [is('CON-25', 'cannot_read', 'one day is wrong')]),
  team('decided-after-it-was-asked', asked('2026-10-20'), [is('CON-25', 'pass', 'within eight days')]),
  team(
    'seen-by-a-mailbox',
    seen('frontdesk@saltmarsh.example.org'),
    noPasses('a mailbox sees nothing', 'ACC-12 ACC-19'),
  ),
  team('seen-by-a-technician', seen('tomas@provider.example.com'), [is('ACC-19', 'pass', 'of an agency')]),
  team(
    'a-contact-who-left',
    {
      'staff.csv': rosterCsv(people, { [at(people, 8).email]: '2026-10-02' }),
      'charter.yaml': charter({
        policy: {
          version: 'v3',
          published: '2026-09-12',
          approvedBy: owner?.name,
          contact: at(people, 8).email,
        },
      }),
    },
    [is('POL-04', 'fail', 'nobody reads this mailbox')],
  ),
  team(
    'licenses-in-their-days-of-grace',
    { 'licenses.json': licenses },
    [never('M365-01', ['not_licensed', 'fail'], 'they still work'), noPass('M365-01', 'they end soon')],
    { m365: undefined },
  ),
];
