import { clientsOf, type Person, staff } from '../client.ts';
import { charter, peopleFiles } from '../documents.ts';
import { connectorUse, ENTERPRISE, ORGANIZATION, otlp } from '../enterprise.ts';
import { anywhere, file, is, never, noPass, reported, type Statement, says } from '../model.ts';

const client = clientsOf('activity');
const people = staff(20);
const base: Record<string, string> = peopleFiles(people);
const member = people[6] as Person;

const fromConnectors =
  (name: string) =>
  (
    rows: readonly object[],
    statements: readonly Statement[],
    envelope: (rows: readonly object[]) => object = (data) => ({ data, next_page: null }),
  ) =>
    client(name)(
      { ...base, 'connector use 2026-11-22.json': JSON.stringify(envelope(rows)) },
      statements,
      ENTERPRISE,
    );

export const telemetryCases = [
  client('summaries-in-data-form')(
    {
      ...base,
      'summaries.json': JSON.stringify({
        data: [
          {
            starting_at: '2026-11-22T00:00:00Z',
            ending_at: '2026-11-23T00:00:00Z',
            assigned_seat_count: 90,
            pending_invite_count: 0,
            daily_active_user_count: 9,
            weekly_active_user_count: 15,
            monthly_active_user_count: 19,
          },
        ],
      }),
    },
    [
      file('summaries.json', 'taken', 'summaries in the vendor’s own envelope are summaries'),
      noPass('ACC-18', 'Claude counts ninety seats and sixty were bought'),
    ],
    ENTERPRISE,
  ),
  fromConnectors('writes-where-reads-are-chartered')(
    [connectorUse('microsoft 365', 200, 3, 0)],
    [noPass('VIS-09', 'three calls wrote'), is('VIS-09', 'fail', 'three calls wrote')],
  ),
  fromConnectors('split-not-known')(
    [connectorUse('microsoft 365', null, null, null)],
    [noPass('VIS-09', 'whether calls wrote is not known')],
  ),
  fromConnectors('not-classified')(
    [connectorUse('microsoft 365', 200, 0, 40)],
    [noPass('VIS-09', 'forty calls are not classified')],
  ),
  fromConnectors('unchartered-in-use')(
    [connectorUse('microsoft 365', 200, 0, 0), connectorUse('dropbox', 2, 0, 0)],
    [...reported('CON-30', 'fail', 'a connector is in use that nobody approved', /dropbox/i)],
  ),
  fromConnectors('display-name')(
    [connectorUse('9f1c_custom', 2, 0, 0, { connector_display_name: 'Dropbox' })],
    [says('CON-30', 'Dropbox', 'the connector is named as people know it')],
  ),
  fromConnectors('unified-metrics')(
    [
      connectorUse('dropbox', 2, 0, 0, {
        chat_metrics: undefined,
        chat_cowork_unified_metrics: { distinct_conversation_connector_used_count: 3 },
      }),
    ],
    [is('CON-30', 'fail', 'a connector is in use that nobody approved')],
  ),
  fromConnectors('connectors-as-a-plain-list')(
    [connectorUse('dropbox', 2, 0, 0)],
    [is('CON-30', 'fail', 'a connector is in use that nobody approved')],
    (rows) => rows as unknown as object,
  ),
  client('telemetry-of-a-collector')(
    {
      ...base,
      'collector.json': otlp([
        { at: '2026-11-20T15:00:00.000Z', email: member.email, tool: 'outlook_email_search' },
      ]),
    },
    [file('collector.json', 'taken', 'what a collector wrote down is telemetry')],
    ENTERPRISE,
  ),
  client('telemetry-line-by-line')(
    {
      ...base,
      'collector.jsonl': [1, 2, 3]
        .map((n) =>
          otlp([{ at: `2026-11-2${n}T15:00:00.000Z`, email: member.email, tool: 'outlook_email_search' }]),
        )
        .join('\n'),
    },
    [file('collector.jsonl', 'taken', 'what a collector wrote down line by line is telemetry')],
    ENTERPRISE,
  ),
  client('telemetry-of-a-write')(
    {
      ...base,
      'collector.json': otlp([
        { at: '2026-11-20T15:00:00.000Z', email: member.email, tool: 'outlook_send_mail' },
      ]),
    },
    [
      says(
        'VIS-09',
        new RegExp(`${member.email}|${member.name}`),
        'someone sent mail where the charter opens reading only',
      ),
      noPass('VIS-09', 'a call wrote where the charter opens reading only'),
    ],
    ENTERPRISE,
  ),
  client('telemetry-of-a-refused-write')(
    {
      ...base,
      'collector.json': otlp([
        {
          at: '2026-11-20T15:00:00.000Z',
          email: member.email,
          tool: 'outlook_send_mail',
          event: 'tool_decision',
        },
      ]),
    },
    [never('VIS-09', ['fail'], 'the write was refused and never happened')],
    ENTERPRISE,
  ),
  client('telemetry-at-night')(
    {
      ...base,
      'collector.json': otlp(
        [1, 2, 3].map((n) => ({
          at: `2026-11-1${n + 6}T07:20:00.000Z`,
          email: member.email,
          tool: 'outlook_email_search',
        })),
      ),
    },
    [
      anywhere(
        new RegExp(
          `(?:outside|normal hours|night)[^]{0,400}${member.email}|${member.email}[^]{0,400}(?:outside|normal hours|night)`,
          'i',
        ),
        'someone worked three nights at two o’clock',
      ),
    ],
    ENTERPRISE,
  ),
  client('telemetry-in-bulk')(
    {
      ...base,
      'collector.json': otlp(
        Array.from({ length: 400 }, (_, n) => ({
          at: new Date(Date.parse('2026-11-19T15:00:00Z') + n * 4000).toISOString(),
          email: member.email,
          tool: 'outlook_email_search',
        })),
      ),
    },
    [
      anywhere(
        new RegExp(
          `(?:${member.email}|${member.name})[^]{0,300}\\b400\\b|\\b400\\b[^]{0,300}(?:${member.email}|${member.name})`,
        ),
        'someone made 400 calls in half an hour',
      ),
    ],
    ENTERPRISE,
  ),
  client('telemetry-of-another-organization')(
    {
      ...base,
      'collector.json': otlp([
        {
          at: '2026-11-20T15:00:00.000Z',
          email: member.email,
          tool: 'outlook_email_search',
          more: { 'organization.id': '99999999-2345-4789-8bcd-ef0123456789' },
        },
      ]),
      'charter.yaml': charter(people, {
        claudeOrganization: ORGANIZATION,
        telemetry: { endpoint: 'https://collect.teasel.example.org' },
      }),
    },
    [noPass('VIS-06', 'the telemetry is of another organization')],
    ENTERPRISE,
  ),
];
