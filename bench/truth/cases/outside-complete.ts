import { profile, staff } from '../client.ts';
import {
  acknowledgementsCsv,
  charter,
  journal,
  membersCsv,
  memberships,
  reviewed,
  rosterCsv,
} from '../documents.ts';
import { connectorUse, event, feed, ORGANIZATION, settings } from '../enterprise.ts';
import { counts, file, is, lists, never, noPass, noPasses, reported, silent, unlisted } from '../model.ts';
import { at, first, last, outsideCase, without } from '../outside.ts';
import { workbook } from '../packed.ts';
import { connectorTable, memberTable } from '../tables.ts';
import { cells, csv } from '../text.ts';

const CAMPS = 'summer-camps.example.org';

/** Seasonal staff, a fiscal year from July, Google instead of Microsoft, and mailboxes with seats. */
function camps() {
  const people = staff(12, CAMPS);
  const yearRound = people.slice(0, 7);
  const seasonal = people.slice(7);
  const ended = at(people, 8);
  const again = at(people, 9);
  const [owner, deputy, admin] = people;
  const heading = ['Name', 'Work email', 'Status', 'First day', 'Last day'];
  return outsideCase('camps-with-seasons')(
    {
      'members.csv': memberTable([
        ...people.map(({ name, email, role }) => [name, email, role, 'Standard', 'Active']),
        ['Registrar', `registrar@${CAMPS}`, 'User', 'Standard', 'Active'],
        ['Camp office', `office@${CAMPS}`, 'User', 'Standard', 'Active'],
      ]),
      'Staff FY27.xlsx': workbook({
        'Year-round': [heading, ...yearRound.map((one) => [one.name, one.email, 'Active', '2020-01-06', ''])],
        'Seasonal 2026': [
          heading,
          ...seasonal.map((one) => [
            one.name,
            one.email,
            one === ended ? 'Season ended' : 'Active',
            '2026-05-18',
            one === ended ? '2026-09-04' : one === again ? '2027-01-31' : '',
          ]),
        ],
      }),
      'google users.csv': csv([
        cells`First Name [Required]|Last Name [Required]|Email Address [Required]|Status [READ ONLY]|Last Sign In [READ ONLY]`,
        ...people.map(
          (one) =>
            cells`${first(one)}|${last(one)}|${one.email}|${one === ended ? 'Suspended' : 'Active'}|2026/11/20 10:11:12`,
        ),
      ]),
      'usage September.csv': csv([
        ['User email', 'Product', 'Model', 'total_requests', 'Start date', 'End date'],
        ...people.map(({ email }) => [email, 'Chat', 'claude-sonnet-5', 50, '2026-09-01', '2026-09-30']),
      ]),
      'charter.yaml': charter(people, {
        inviteDomains: [CAMPS],
        connectors: [],
        entra: undefined,
        ams: { name: 'CampMinder', methods: ['manual_upload'] },
      }),
      'journal.yaml': journal(people, {
        connectorConsent: undefined,
        sharePointAudit: undefined,
        reviews: [
          reviewed('quarterly', '2026-07-20', owner?.name),
          reviewed('monthly', '2026-08-25', deputy?.name),
        ],
        nextReview: '2026-10-20',
        trainings: [
          { on: '2026-05-20', topic: 'Claude at camp', attended: yearRound.map(({ email }) => email) },
        ],
        incidents: [{ id: 'FY27-1', type: 'credential_exposed', opened: '2026-08-02' }],
      }),
    },
    [
      counts('members', 14, 'twelve people and two mailboxes'),
      counts('staff', 11, 'one season has ended'),
      ...reported('ACC-07', 'fail', 'a season has ended and the seat is held', ended.name),
      lists('leavers', [ended.email], 'one season has ended'),
      ...reported('ACC-08', 'cannot_read', 'nobody said who uses two mailboxes', `registrar@${CAMPS}`),
      is('OPS-01', 'fail', 'the last quarterly review was in July'),
      is('OPS-03', 'fail', 'the last monthly review was in August'),
      is('OPS-07', 'fail', 'the next one was to be in October'),
      is('OPS-09', 'fail', 'an incident is open since August'),
      ...reported('OPS-12', 'fail', 'seasonal staff were not trained', again.name),
      is('M365-09', 'not_applicable', 'there is no Microsoft'),
      is('M365-17', 'not_applicable', 'there is no Microsoft'),
      is('ACC-06', 'pass', 'every seat is on the domain'),
      file('Staff FY27.xlsx', 'taken', 'two sheets are one roster'),
      silent('ACC-07', again.name, 'this season ends in January'),
      unlisted('leavers', again.email, 'this season ends in January'),
      silent('OPS-12', at(people, 4).name, 'was trained in May'),
      noPass('OPS-04', 'connectors were last reviewed in August'),
      noPass('OPS-05', 'nothing was written of who left'),
      noPass('OPS-10', 'nothing was written of the projects'),
      noPass('CON-26', 'nothing was written of the connectors'),
      noPass('CON-32', 'lists are uploaded, and the policy is silent on it'),
      noPass('VIS-01', 'figures of September'),
      noPass('VIS-02', 'use was last looked at in August'),
      noPass('VIS-03', 'figures of September'),
      noPass('VIS-08', 'no spend in any file'),
      noPass('ACC-13', 'two seats are nobody'),
      noPass('CON-30', 'nothing shows which connectors were used'),
      ...noPasses('there is no Microsoft', 'M365-02 M365-13'),
      silent('ACC-08', admin?.email ?? '', 'is a person'),
      ...without('settings', 'states', 'events', 'domains', 'acknowledgments', 'statements'),
    ],
    { profile: profile({ domains: [CAMPS], staffCount: 11, m365: [] }) },
  );
}

/** Enterprise with every feature enabled, and one problem in each area. */
function complete() {
  const people = staff(20);
  const gone = at(people, 17);
  const maker = at(people, 8);
  const [owner, deputy] = people;
  const key = (id: string, name: string, more: object = {}) => ({
    type: 'compliance_api_key',
    id,
    name,
    scopes: ['read:compliance_activities'],
    is_active: true,
    created_at: '2026-09-14T12:30:00Z',
    expires_at: null,
    ...more,
  });
  return outsideCase('everything-on-enterprise')(
    {
      'members.csv': membersCsv(people),
      'staff.csv': rosterCsv(people, { [gone.email]: '2026-11-06' }),
      'settings.json': settings(
        {
          sso_enabled: true,
          sso_claude_ai_enforced: true,
          sso_provisioning_mode: 'scim_advanced',
          directory_sync_enabled: true,
          allowed_invite_domains: ['teasel.example.org', 'contractor.example.net'],
          connector_tools_default_always_allow: true,
          desktop_extension_allowlist_enabled: true,
          data_retention_periods: { chat: { type: 'fixed', timescale: 'day', duration: 365 } },
        },
        [key('apikey_01a', 'Archive'), key('apikey_01b', 'Trial of a consultant')],
      ),
      'activities.json': feed([
        event('a01', '2026-11-23T15:00:00Z', 'sso_login_succeeded'),
        event('a02', '2026-11-20T15:00:00Z', 'org_data_export_started', {}, owner?.email),
        event('a03', '2026-11-18T15:00:00Z', 'org_cowork_mcp_always_allow_enabled', {}, deputy?.email),
        event('a04', '2026-11-17T15:00:00Z', 'org_invite_link_generated', {}, deputy?.email),
        event('a05', '2026-11-12T15:00:00Z', 'org_invite_link_disabled', {}, deputy?.email),
        event(
          'a06',
          '2026-11-10T15:00:00Z',
          'org_connector_domain_guard_updated',
          { enforced: false },
          deputy?.email,
        ),
        event('a07', '2026-09-02T15:00:00Z', 'sso_login_succeeded', {}, maker.email),
      ]),
      'analytics/connectors.json': JSON.stringify({
        date: '2026-11-19',
        data: [connectorUse('microsoft_365', 40, 3, 0), connectorUse('slack', 9, 0, 0)],
        has_more: false,
        first_id: null,
        last_id: null,
      }),
      'connectors.csv': connectorTable([
        ['Microsoft 365 (Outlook)', 'Search email', 'Always allow'],
        ['Microsoft 365 (Outlook)', 'Read email', 'Always allow'],
        ['Microsoft 365 (Outlook)', 'Send email', 'Blocked'],
        ['Microsoft 365 (Outlook)', 'Create rules', 'Blocked'],
        ['Microsoft 365 (Outlook)', 'Delete', 'Blocked'],
        ['Microsoft 365 (Outlook)', 'All other actions', 'Blocked'],
      ]),
      'memberships.json': memberships([], people),
      'acknowledgements.csv': acknowledgementsCsv(people),
      'charter.yaml': charter(people, {
        claudeOrganization: ORGANIZATION,
        provisioning: 'scim',
        chatRetentionDays: 90,
        approvedApiKeys: ['Archive'],
      }),
      'journal.yaml': journal(people),
    },
    [
      counts('members', 20, 'twenty seats'),
      counts('staff', 19, 'one has left'),
      is('ACC-07', 'fail', 'one left on 6 November and holds a seat'),
      lists('leavers', [gone.email], 'one has left'),
      ...reported('ACC-11', 'fail', 'another domain can be invited', 'contractor.example.net'),
      is('ACC-12', 'fail', 'a link was made again after it was switched off'),
      is('ACC-14', 'pass', 'single sign-on is required'),
      is('ACC-15', 'fail', 'a leaver holds a seat in spite of the directory'),
      is('CON-17', 'fail', 'new tools start at Always allow'),
      is('CON-18', 'fail', 'switched on again on 18 November'),
      is('CON-20', 'fail', 'the guard was switched off'),
      ...reported('CON-30', 'fail', 'Slack is used and not approved', /slack/i),
      ...reported('CON-09', 'cannot_read', 'Slack is used and not in the table', 'Slack'),
      is('VIS-09', 'fail', 'three writes where the charter opens none'),
      is('VIS-14', 'fail', 'a year where the charter says ninety days'),
      is('VIS-16', 'fail', 'an export that nobody announced'),
      ...reported('VIS-17', 'fail', 'a key that nobody approved', 'Trial of a consultant'),
      is('POL-03', 'pass', 'everyone with a seat acknowledged'),
      is('SHA-03', 'pass', 'no personal account in the report'),
      lists('personalAccounts', [], 'none in the report'),
      never('ACC-17', ['pass'], 'nobody decided on domain capture'),
      noPass('VIS-05', 'no audit log was exported'),
      noPass('VIS-06', 'no telemetry was ever received'),
      noPass('VIS-08', 'no spend in any file'),
      noPass('VIS-18', 'nobody decided on inline checks'),
      noPass('SHA-06', 'no request was tried'),
      noPass('SHA-12', 'nobody looked at the network'),
      noPass('CON-26', 'nothing was written of the connectors of who left'),
      noPass('CON-27', 'no roles were given'),
      noPass('OPS-05', 'nothing was written of who left'),
      noPass('OPS-10', 'nothing was written of the projects'),
      noPass('OPS-12', 'nobody was trained'),
      noPass('CON-31', 'leadership was not told'),
      noPass('M365-17', 'no accounts were given'),
      unlisted('leavers', maker.email, 'works here'),
      silent('CON-30', 'microsoft_365', 'this one is approved'),
      ...without('policies', 'applications', 'sign-ins', 'statements'),
    ],
    { profile: profile({ claudePlan: 'enterprise', m365: 'e5', staffCount: 19 }) },
  );
}

export const outsideComplete = [camps(), complete()];
