import { DOMAIN, type Person, profile, SIGN_IN_APP, staff } from '../client.ts';
import { charter, journal, peopleFiles, rosterCsv } from '../documents.ts';
import { apiKey, connectorUse, ENTERPRISE, event, feed, otlp, SETTINGS, settings } from '../enterprise.ts';
import { is, noPass, noPasses, reported, says, silent } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { usageTable } from '../tables.ts';
import { cells, csv, graph, plus } from '../text.ts';

/** Two exports of the audit log with a gap of four weeks, a feed that stopped, unexplained keys and exports. */
function gapInTheLog() {
  const people = staff(18);
  const [gone, exporter, night] = [at(people, 14), at(people, 9), at(people, 6)];
  const kinds = ['user_signed_in_sso', 'conversation_created', 'project_created', 'user_logout'];
  const log = (from: string, days: number) =>
    csv([
      ['created_at', 'event', 'actor_info', 'event_info', 'entity_info', 'ip_address'],
      ...Array.from({ length: days }, (_, d) => plus(from, d)).flatMap((day, d) =>
        kinds.map((kind, n) => {
          const who = at(people, (d + n) % 14);
          return cells`${day}T1${n + 3}:04:05.000000+00:00|${kind}|{'name': '${who.name}', 'uuid': 'user_${who.id}', 'metadata': {'email_address': '${who.email}'}}|{}|{}|192.0.2.34`;
        }),
      ),
    ]);
  return outsideCase('four-weeks-missing-from-the-log')(
    {
      ...peopleFiles(people),
      'staff.csv': rosterCsv(people, { [gone.email]: '2026-11-06' }),
      'charter.yaml': charter(people, {
        chatRetentionDays: 180,
        provisioning: 'jit',
        approvedApiKeys: ['Archive'],
        telemetry: { endpoint: `https://otlp.${DOMAIN}`, since: '2026-09-15' },
        cowork: { enabled: true, runInCloud: false, automaticApproval: false, alwaysAllow: false },
      }),
      'journal.yaml': journal(people, {
        approvedExports: [{ on: '2026-10-01', by: exporter.email, reason: 'Annual archive' }],
      }),
      'audit log (spring).csv': log('2026-05-25', 96),
      'audit log (autumn).csv': log('2026-09-26', 58),
      'feed.json': feed([
        event('Guard2', '2026-11-02', 'org_connector_domain_guard_updated', { enforced: true }),
        event('Guard1', '2026-11-03', 'org_connector_domain_guard_updated', { enforced: false }),
        event('Cloud', '2026-11-03', 'org_cowork_remote_enabled'),
        event('Hooks', '2026-11-03', 'inference_hooks_config_deleted'),
        event('Domain', '2026-11-03', 'org_domain_removed', { domain: DOMAIN }),
        event(
          'Export',
          '2026-11-03',
          'org_data_export_started',
          { export_type: 'conversations' },
          exporter.email,
        ),
        event('Last', '2026-11-04', 'claude_chat_created', { claude_chat_id: 'claude_chat_01A' }),
        event('Early', '2026-05-02', 'claude_chat_viewed', { claude_chat_id: 'claude_chat_01B' }),
      ]),
      'settings.json': settings(
        {
          ...SETTINGS,
          directory_sync_enabled: false,
          sso_provisioning_mode: 'jit',
          allowed_invite_domains: [DOMAIN],
          data_retention_periods: { chat: { type: 'fixed', timescale: 'month', duration: 24 } },
        },
        ['Archive', 'Analytics trial'].map((name, n) =>
          apiKey(`apikey_01${n}`, name, {
            created_at: '2026-09-16T09:30:00Z',
            created_by_id: 'user_01adeleabbott',
          }),
        ),
      ),
      'signins.json': graph(
        'auditLogs/signIns',
        people.slice(0, 14).map((one) => ({
          id: `s-${one.id}`,
          createdDateTime: one === night ? '2026-11-21T08:14:05Z' : '2026-11-20T15:04:05Z',
          userPrincipalName: one.email,
          userId: one.id,
          appId: SIGN_IN_APP,
          appDisplayName: 'Claude',
          ipAddress: '203.0.113.5',
          status: { errorCode: 0 },
          authenticationRequirement: 'multiFactorAuthentication',
          conditionalAccessStatus: 'success',
          deviceDetail: { isCompliant: true, isManaged: true },
          location: {
            city: one === night ? 'Lagos' : 'Washington',
            countryOrRegion: one === night ? 'NG' : 'US',
          },
        })),
      ),
    },
    [
      is('ACC-14', 'pass', 'single sign-on is enforced'),
      is('ACC-11', 'pass', 'only our domain can be invited'),
      is('CON-17', 'pass', 'new tools do not start at Always allow'),
      noPass('ACC-15', 'sign-in just in time removes nobody'),
      noPass('ACC-16', 'one leaver was removed in neither place'),
      noPass('ACC-10', 'the domain was removed on 3 November'),
      ...reported('ACC-07', 'fail', 'one has left', new RegExp(`${gone.name}|${gone.email}`)),
      noPass('CON-20', 'the guard was switched off after it was switched on'),
      is('CON-20', 'fail', 'the guard was switched off after it was switched on'),
      is('CON-19', 'fail', 'Cowork runs in the cloud, the charter says no'),
      noPass('CON-27', 'no roles were given'),
      noPass('VIS-04', 'the feed stopped on 4 November'),
      noPass('VIS-05', 'four weeks are in no export'),
      says('VIS-05', /Aug|Sep/, 'the days that are missing are said'),
      noPass('VIS-06', 'nothing shows that telemetry arrives'),
      is('VIS-10', 'fail', 'one signed in at 3 in the morning of a Saturday'),
      says('VIS-10', new RegExp(`${night.name}|${night.email}`), 'who is named'),
      is('VIS-14', 'fail', 'chats are kept for two years'),
      is('VIS-16', 'fail', 'the approval is of an export in October'),
      says('VIS-16', new RegExp(`${exporter.name}|${exporter.email}`, 'i'), 'who exported is named'),
      ...reported('VIS-17', 'fail', 'one key is not approved', 'Analytics trial'),
      noPass('VIS-18', 'the hooks were deleted and nobody decided'),
      noPass('OPS-05', 'nothing was done for the leaver'),
    ],
    ENTERPRISE,
  );
}

/** Usage reports that say less than they seem to, and a collector's files that say more. */
function useOfTools() {
  const people = staff(12);
  const [heavy, writer, bulk] = [at(people, 5), at(people, 6), at(people, 7)];
  const month = (who: readonly Person[], from: string, to: string) =>
    usageTable([
      ...who.map((one) => [one.email, 'Chat', 'claude-sonnet-5', one === heavy ? '1,640' : '92', from, to]),
    ]);
  return outsideCase('use-of-tools-by-three-people')(
    {
      ...peopleFiles(people),
      'usage.csv': month(people, '2026-10-20', '2026-11-20'),
      'usage of September.csv': month(people, '2026-09-01', '2026-09-30'),
      'journal.yaml': journal(people, {
        explainedUsage: [
          { email: writer.email, on: '2026-11-12', by: at(people, 0).name, reason: 'Annual report' },
        ],
      }),
      'connectors.json': JSON.stringify({
        data: [
          connectorUse('microsoft_365', 12, 3, 2, { connector_display_name: 'Microsoft 365 (Outlook)' }),
          connectorUse('hubspot', 6, 0, 0, { connector_display_name: 'HubSpot' }),
        ],
        date: '2026-11-19',
        has_more: false,
        next_page: null,
      }),
      'collector/otlp-2026-11-18.json': otlp([
        { at: '2026-11-18T15:00:00Z', email: writer.email, tool: 'send_email' },
        ...Array.from({ length: 90 }, (_, n) => ({
          at: new Date(Date.parse('2026-11-18T16:00:00Z') + n * 4000).toISOString(),
          email: bulk.email,
          tool: 'read_email',
        })),
        { at: '2026-11-19T08:30:00Z', email: bulk.email, tool: 'read_email' },
      ]),
    },
    [
      is('VIS-01', 'pass', 'use of a month can be read'),
      is('VIS-03', 'fail', 'one is far above the average, and another was explained'),
      says('VIS-03', new RegExp(`${heavy.name}|${heavy.email}`), 'who is named'),
      says(
        'VIS-03',
        new RegExp(`${bulk.name}|${bulk.email}`),
        'who called ninety times in six minutes is named',
      ),
      silent('VIS-03', at(people, 9).email, 'nobody else is accused'),
      noPass('VIS-08', 'the report holds no spend'),
      ...reported(
        'VIS-09',
        'fail',
        'mail was sent where the charter opens no write',
        /Outlook|Microsoft 365/,
      ),
      ...reported(
        'VIS-10',
        'fail',
        'a call at 3:30 in the morning',
        new RegExp(`${bulk.name}|${bulk.email}`),
      ),
      ...reported('CON-30', 'fail', 'HubSpot is not in the charter', 'HubSpot'),
      ...noPasses('the states of actions were not given', 'CON-09 CON-10'),
      noPass('CON-14', 'no changes are shown'),
      noPass('VIS-04', 'no feed was given'),
      noPass('VIS-05', 'no audit log was given'),
      noPass('VIS-14', 'no settings were given'),
      noPass('VIS-16', 'no log was given'),
      noPass('VIS-17', 'no keys were given'),
      noPass('VIS-18', 'nobody decided'),
      noPass('CON-18', 'no settings of Cowork were given'),
      noPass('CON-20', 'no settings of connectors were given'),
      noPass('ACC-12', 'nothing shows that links are off'),
      noPass('ACC-15', 'no settings were given'),
      is('ACC-18', 'pass', 'twelve of sixty'),
    ],
    { profile: profile({ claudePlan: 'enterprise', m365: 'e5', staffCount: 12 }) },
  );
}

export const outsideRecords = [gapInTheLog(), useOfTools()];
