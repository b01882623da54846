import { SIGN_IN_APP } from '../client.ts';
import { membersCsv, rosterCsv } from '../documents.ts';
import { otlp } from '../enterprise.ts';
import { applications } from '../microsoft.ts';
import { counts, is, lists, never, noPass, noPasses, reported, says, silent } from '../model.ts';
import { association, at, outsideCase } from '../outside.ts';
import { workbook } from '../packed.ts';
import { csv, graph, plus, yaml } from '../text.ts';

const DOMAIN = 'fescue.example.org';
const client = association('Fescue League', DOMAIN);
const { people } = client;
const leaver = at(people, 7);
const left = rosterCsv(people, { [leaver.email]: '2026-10-30' });

/** A sign-in to Claude on a working day, during business hours and from a managed device. */
const signIn = (day: string, { id, name, email }: (typeof people)[number]) => ({
  id: `sign-in-${day}`,
  createdDateTime: `${day}T15:00:00Z`,
  userDisplayName: name,
  userPrincipalName: email,
  userId: id,
  appId: SIGN_IN_APP,
  appDisplayName: 'Claude',
  ipAddress: '192.0.2.1',
  clientAppUsed: 'Browser',
  isInteractive: true,
  authenticationRequirement: 'multiFactorAuthentication',
  status: { errorCode: 0 },
  deviceDetail: { deviceId: 'device-1', isCompliant: true, isManaged: true },
  location: {},
});

const yesNo = (heading: string, here: string, gone: string) => ({
  'staff.csv': csv([
    ['Worker', 'Email - Work', heading],
    ...people.map((one) => [one.name, one.email, one === leaver ? gone : here]),
  ]),
});

export const outsideUnionsAndBars = [
  outsideCase('a-leaver-who-signs-in-in-hours')(
    client.files({
      'staff.csv': left,
      'applications.json': applications(),
      'sign-ins.json': graph('auditLogs/signIns', [
        ...[0, 1, 2, 3, 4].map((n) => signIn(plus('2026-11-09', n), at(people, 0))),
        signIn('2026-11-16', leaver),
      ]),
    }),
    [
      ...reported('VIS-10', 'fail', 'who left on 30 October signed in on 16 November', leaver.email),
      silent('VIS-10', at(people, 0).email, 'in hours and from a managed device'),
    ],
    { profile: client.profile() },
  ),
  // Without Microsoft 365 there are no sign-ins to read, but telemetry shows the hours.
  outsideCase('work-at-night-and-after-leaving-without-microsoft')(
    client.files({
      'staff.csv': left,
      'otlp.json': otlp([
        { at: '2026-11-17T08:30:00Z', email: at(people, 3).email, tool: 'search_mail' },
        { at: '2026-11-18T16:00:00Z', email: leaver.email, tool: 'search_mail' },
        { at: '2026-11-18T16:00:00Z', email: at(people, 4).email, tool: 'search_mail' },
      ]),
    }),
    [
      ...reported('VIS-10', 'fail', 'at half past three, and after the last day', leaver.email),
      says('VIS-10', at(people, 3).email, 'at half past three in the morning'),
      silent('VIS-10', at(people, 4).email, 'at eleven in the morning'),
    ],
    { profile: client.profile({ m365: [] }) },
  ),
  // The journal says that everything was done, but the seat still exists.
  outsideCase('an-offboarding-that-the-members-file-contradicts')(
    client.files({
      'staff.csv': left,
      'journal.yaml': yaml({
        offboardings: [
          {
            email: leaver.email,
            lastDay: '2026-10-30',
            entraDisabled: '2026-10-30',
            mfaRevoked: '2026-10-30',
            claudeRemoved: '2026-10-30',
            connectorsRevoked: '2026-10-30',
            projectsHandedOver: '2026-10-31',
          },
        ],
      }),
    }),
    [
      is('OPS-05', 'fail', 'the seat is there'),
      is('OPS-10', 'cannot_read', 'the entry is not to be relied on'),
      ...noPasses('the entry is not to be relied on', 'CON-26 M365-18'),
    ],
    { profile: client.profile() },
  ),
  outsideCase('a-roster-that-asks-whether-somebody-is-active')(
    client.files(yesNo('Active Status', 'Yes', 'No')),
    [
      ...reported('ACC-07', 'fail', 'one has left', leaver.name),
      lists('leavers', [leaver.email], 'the answer is no'),
      counts('staff', 11, 'all others'),
    ],
    { profile: client.profile() },
  ),
  outsideCase('a-roster-with-somebody-who-begins-next-month')(
    client.files({
      'staff.csv': csv([
        ['Full name', 'Work email', 'Status', 'Hire date'],
        ...people.map((one, n) => [one.name, one.email, 'Active', n === 11 ? '2026-12-07' : '2019-03-04']),
      ]),
    }),
    [counts('staff', 11, 'one begins in December'), lists('leavers', [], 'who begins later has not left')],
    { profile: client.profile() },
  ),
  outsideCase('a-roster-of-which-most-statuses-cannot-be-read')(
    client.files({
      'staff.csv': csv([
        ['Worker', 'Email - Work', 'Employment Status'],
        ...people.map((one, n) => [one.name, one.email, n < 5 ? 'Active' : 'Q7']),
      ]),
    }),
    [
      counts('staff', null, 'nobody can tell'),
      ...noPasses('nobody can tell who works here', 'ACC-07 OPS-05'),
      never('ACC-07', ['fail'], 'nobody can tell who works here'),
      silent('ACC-21', /may not list everyone/, 'it lists everyone, without a status that can be read'),
    ],
    { profile: client.profile() },
  ),
  // The charter does not say where members are stored, and the CRM is on with writes.
  ...[
    { name: 'unknown', ams: undefined, state: 'cannot_read' },
    { name: 'in-salesforce', ams: { name: 'Fonteva', methods: ['none'] }, state: 'fail' },
    { name: 'elsewhere', ams: { name: 'iMIS', methods: ['manual_upload'] }, state: 'pass' },
  ].map(({ name, ams, state }) =>
    outsideCase(`a-crm-that-is-on-and-the-members-are-${name}`)(
      client.files({
        'charter.yaml': client.charter({ ams }),
        'connectors.csv': csv([
          ['Connector', 'Tool', 'Permission', 'Status'],
          ['Salesforce', 'Read contacts', 'Always allow', 'Enabled'],
          ['Salesforce', 'Update records', 'Needs approval', 'Enabled'],
          ['Notion', 'Search', 'Always allow', 'Disabled'],
        ]),
      }),
      [
        is('CON-13', state as 'cannot_read' | 'fail' | 'pass', 'Fonteva keeps its members in Salesforce'),
        silent('CON-04', /Notion/, 'it is off'),
      ],
      { profile: client.profile() },
    ),
  ),
  outsideCase('a-connectors-table-with-a-column-for-each-kind-of-tools')(
    client.files({
      'connectors.csv': csv([
        ['Connector', 'Read-only tools', 'Write/delete tools'],
        ['Microsoft 365 (Outlook)', 'Always allow', 'Needs approval'],
        ['Slack', 'Always allow', 'Blocked'],
      ]),
    }),
    [
      ...reported('CON-04', 'fail', 'nobody approved it', 'Slack'),
      ...reported('CON-09', 'fail', 'the charter opens no write', 'Outlook'),
      ...reported('CON-10', 'fail', 'what sends needs an approval only', 'Outlook'),
    ],
    { profile: client.profile() },
  ),
  // Microsoft Forms in French, and a learning system's report with both trainings and policies.
  outsideCase('signatures-from-a-french-form')(
    client.files({
      'réponses.xlsx': workbook({
        Form1: [
          [
            'ID',
            'Heure de début',
            'Heure de fin',
            'Adresse de messagerie',
            'Nom',
            'J’ai lu et j’accepte la politique d’utilisation acceptable de Claude (version 3)',
          ],
          ...people.map((one, n) => [
            String(n + 1),
            '2026-09-20 09:00:00',
            '2026-09-20 09:02:00',
            one.email,
            one.name,
            one === at(people, 4) ? 'Non, j’ai des questions' : 'Oui',
          ]),
        ],
      }),
    }),
    [
      ...reported('POL-03', 'fail', 'one said no', at(people, 4).name),
      silent('POL-03', at(people, 5).name, 'said yes'),
    ],
    { profile: client.profile() },
  ),
  outsideCase('trainings-and-policies-of-a-learning-system')(
    client.files({
      'report.csv': csv([
        ['First Name', 'Last Name', 'Email', 'Content Name', 'Content Type', 'Status', 'Completion Date'],
        ...people.flatMap((one, n) => {
          const who = [one.name.split(' ')[0] ?? '', one.name.split(' ')[1] ?? '', one.email];
          const signed = [...who, 'Claude policy v3', 'Policy', 'Acknowledged', '2026-09-20'];
          const taught = [...who, 'Claude policy v3 basics', 'Training Module', 'Passed', '2026-09-21'];
          return n === 4 ? [taught] : [signed, taught];
        }),
      ]),
    }),
    [
      ...reported('POL-03', 'fail', 'a training is no signature', at(people, 4).name),
      silent('POL-03', at(people, 5).name, 'signed'),
    ],
    { profile: client.profile() },
  ),
  // The charter approves connector scopes that reach SharePoint, and names no action of it.
  outsideCase('sharepoint-approved-by-its-scopes')(
    client.files({
      'charter.yaml': client.charter({
        entra: { ssoAppId: SIGN_IN_APP, connectorScopes: ['User.Read', 'Files.Read.All'] },
      }),
      'journal.yaml': yaml({
        sharePointAudit: { on: '2026-09-20', by: at(people, 0).name },
        connectorConsent: { on: '2026-09-14', by: at(people, 1).email },
      }),
    }),
    [is('M365-08', 'fail', 'the audit came after the consent'), noPass('M365-08', 'the same')],
    { profile: client.profile() },
  ),
  // Two days of a log and a line of last month, which says nothing about the days between.
  outsideCase('a-network-log-with-a-stray-line-of-last-month')(
    client.files({
      'charter.yaml': client.charter({ aiTools: [] }),
      'squid.log': ['2026-10-25', '2026-11-19', '2026-11-20']
        .map(
          (day) =>
            `${Date.parse(`${day}T15:00:00Z`) / 1000}.123 120 10.0.0.5 TCP_TUNNEL/200 5300 CONNECT claude.ai:443 - HIER_DIRECT/192.0.2.9 -\n`,
        )
        .join(''),
    }),
    [is('SHA-13', 'cannot_read', 'two days tell of two days')],
    { profile: client.profile() },
  ),
  outsideCase('an-audit-log-of-purview')(
    client.files({
      'members.csv': membersCsv(people),
      'purview.csv': csv([
        [
          'RecordId',
          'CreationDate',
          'RecordType',
          'Operation',
          'UserId',
          'AuditData',
          'AssociatedAdminUnits',
        ],
        [
          'r-1',
          '2026-11-20T10:00:00Z',
          '64',
          'AIAppInteraction',
          at(people, 3).email,
          '{"AppHost":"Claude"}',
          '',
        ],
      ]),
    }),
    [
      silent('CON-06', /purview/i, 'it is no connectors table'),
      silent('SHA-02', /purview/i, 'it is no such report'),
    ],
    { profile: client.profile() },
  ),
].flat();
