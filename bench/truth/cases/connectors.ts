import { clientsOf, profile, staff } from '../client.ts';
import { charter, journal, peopleFiles } from '../documents.ts';
import {
  anywhere,
  file,
  is,
  noPass,
  noPasses,
  notCalledAbsent,
  nowhere,
  reported,
  says,
  silent,
} from '../model.ts';
import { csv } from '../text.ts';

const client = clientsOf('connectors');
const people = staff(20);
const base = peopleFiles(people);
const OUTLOOK = 'Microsoft 365 Outlook';

/** Permissions of Outlook as in the charter, by action. */
const IN_ORDER: readonly (readonly [string, string])[] = [
  ['Search email', 'Always allow'],
  ['Read email', 'Always allow'],
  ['Send email', 'Blocked'],
  ['Create rules', 'Blocked'],
  ['Delete', 'Blocked'],
  ['All other actions', 'Blocked'],
];
const OPEN = IN_ORDER.map(([action, state]): readonly [string, string] => [
  action,
  action === 'Send email' ? 'Always allow' : state,
]);

function table(
  headings: readonly string[],
  actions: readonly (readonly [string, string])[],
  { separator = ',', name = OUTLOOK }: { separator?: string; name?: string } = {},
): string {
  return csv([headings, ...actions.map(([action, state]) => [name, action, state])], { separator });
}

function withTable(text: string) {
  return { ...base, 'connectors.csv': text };
}
const tableOf = (...args: Parameters<typeof table>) => withTable(table(...args));

const HEADINGS = ['Connector', 'Action', 'Permission'];

const sendIsOpen = [
  ...reported('CON-09', 'fail', 'sending mail is always allowed and the charter blocks it', 'Send email'),
  noPass('CON-10', 'an action that sends is always allowed'),
];
const sendIsOpenOrAsked = [
  noPass('CON-09', 'sending mail is always allowed and the charter blocks it'),
  noPass('CON-10', 'an action that sends is always allowed'),
];

/** Headings for the column of actions. None of them may turn a line into "everything". */
const unusual = ['What it may do', 'Tool', 'Function', 'Operation', 'Item', 'Column B', ''].flatMap(
  (heading) => [
    client(`action-column-called-${heading || 'nothing'}`)(
      tableOf(['Connector', heading, 'Permission'], OPEN),
      [
        ...sendIsOpenOrAsked,
        noPass('CON-12', 'what is always allowed cannot be determined, or is more than the charter'),
        nowhere(
          /all other actions[^"]{0,40}(?:is|are)? ?Always allow/i,
          'no line says that everything is always allowed',
        ),
      ],
    ),
  ],
);

/** A membership system to which Claude has access through the client's own server. */
function ams(actions: readonly (readonly [string, string])[], effects: Record<string, string> = {}) {
  return {
    ...base,
    'charter.yaml': charter(people, {
      ams: {
        name: 'iMIS',
        methods: ['custom_mcp'],
        vendorConsulted: { on: '2026-08-20', contact: 'iMIS support', outcome: 'read-only API' },
        serviceAccount: { name: 'claude-ro', readOnly: true, admin: false, reviewed: '2026-09-01' },
        privateNetwork: false,
      },
      connectors: [
        {
          name: 'iMIS',
          kind: 'custom',
          url: 'https://mcp.teasel.example.org/imis',
          sensitivity: 'high',
          holdsMemberData: true,
          isAms: true,
          actions: Object.fromEntries(actions.map(([action]) => [action, 'ask'])),
          effects,
          actionsClassified: '2026-09-10',
          sourceReviewed: '2026-09-08',
          securityReview: { on: '2026-09-01', by: people[0]?.name, vendorContact: 'iMIS support' },
        },
      ],
    }),
    'connectors.csv': table(HEADINGS, actions, { name: 'iMIS' }),
  };
}

export const connectorCases = [
  client('in-order')(tableOf(HEADINGS, IN_ORDER), [
    is('CON-06', 'pass', 'every action has a state'),
    is('CON-09', 'pass', 'no action is wider than the charter'),
    is('CON-10', 'pass', 'what sends and deletes is blocked'),
    is('CON-04', 'pass', 'the one enabled connector is in the charter'),
  ]),
  ...['Comment', 'Notes:', 'Legend', 'Bemerkung'].map((word) =>
    client(`line-called-${word.replace(/\W/g, '')}`)(
      withTable(`${table(HEADINGS, IN_ORDER)}\n${word},Send email,Always allow\n`),
      [
        is('CON-04', 'cannot_read', 'which connector the line is about is not known'),
        noPass('CON-09', 'the line may be about Outlook'),
        anywhere(/may be a remark and no connector/, 'it is said why the line is asked about'),
      ],
    ),
  ),
  client('send-is-open')(tableOf(HEADINGS, OPEN), sendIsOpen),
  ...unusual,
  client('empty-state-beside-all-others-blocked')(
    tableOf(
      HEADINGS,
      IN_ORDER.map(([action, state]) => [action, action === 'Send email' ? '' : state]),
    ),
    [
      ...reported('CON-06', ['fail', 'cannot_read'], 'one action has no state', 'Send email'),
      ...noPasses('the state of an action that sends is not known', 'CON-09 CON-10'),
    ],
  ),
  client('empty-state-of-a-write')(
    tableOf(HEADINGS, [...IN_ORDER.slice(0, 5), ['Create draft', ''], ['All other actions', 'Blocked']]),
    [
      noPass('CON-06', 'one action has no state'),
      noPass('CON-11', 'the state of an action that writes is not known'),
    ],
  ),
  client('dash-for-a-state')(
    tableOf(
      HEADINGS,
      IN_ORDER.map(([action, state]) => [action, action === 'Send email' ? '-' : state]),
    ),
    [
      noPass('CON-06', 'a dash is no state'),
      noPass('CON-10', 'the state of an action that sends is not known'),
    ],
  ),
  client('unknown-state-word')(
    tableOf(
      HEADINGS,
      IN_ORDER.map(([action, state]) => [action, action === 'Send email' ? 'Depends on the role' : state]),
    ),
    [
      noPass('CON-06', 'one action has a state that nobody knows'),
      noPass('CON-10', 'the state of an action that sends is not known'),
      file(
        'connectors.csv',
        ['taken', 'malformed'],
        'the word that is no state is named',
        /Depends on the role/,
      ),
    ],
  ),
  client('one-action-twice')(tableOf(HEADINGS, [...IN_ORDER, ['Send email', 'Always allow']]), [
    ...noPasses('one of two lines says that sending is always allowed', 'CON-09 CON-10'),
    says('CON-09', 'Send email', 'the action of two states is named'),
  ]),
  client('no-permission-column')(
    withTable(csv([['Connector', 'Action'], ...IN_ORDER.map(([action]) => [OUTLOOK, action])])),
    [...noPasses('no state is written at all', 'CON-06 CON-09 CON-10')],
  ),
  client('others-not-mentioned')(tableOf(HEADINGS, IN_ORDER.slice(0, 2)), [
    ...noPasses('what sends and deletes is not in the table', 'CON-06 CON-10'),
  ]),
  client('unchartered-connector')(
    withTable(`${table(HEADINGS, IN_ORDER)}Dropbox,All actions,Needs approval\n`),
    [...reported('CON-04', 'fail', 'a connector is enabled that the charter does not know', 'Dropbox')],
  ),
  client('connector-without-its-name')(
    withTable(
      csv([
        HEADINGS,
        ['', 'Search email', 'Always allow'],
        ...IN_ORDER.slice(1).map(([a, s]) => [OUTLOOK, a, s]),
      ]),
    ),
    [noPass('CON-09', 'one line is of no connector')],
  ),
  client('enabled-unreadable')(
    withTable(
      csv([
        [...HEADINGS, 'Enabled'],
        ...IN_ORDER.map(([a, s]) => [OUTLOOK, a, s, 'yes']),
        ['Dropbox', 'All actions', 'Always allow', 'perhaps'],
      ]),
    ),
    [noPass('CON-04', 'whether an unapproved connector is enabled cannot be determined')],
  ),
  client('formula-in-a-name')(
    withTable(`${table(HEADINGS, IN_ORDER)}"=cmd|'/c calc'!A1",All actions,Always allow\n`),
    [is('CON-04', 'fail', 'a line of a strange name is a connector that nobody approved')],
  ),
  client('right-to-left-mark-in-a-name')(
    withTable(table(HEADINGS, OPEN).replaceAll('Outlook', 'Out\u200Flook')),
    sendIsOpenOrAsked,
  ),
  client('login-page')(
    withTable('<html><head><title>Log in</title></head><body>Please sign in</body></html>\n'),
    [
      is('CON-09', 'cannot_read', 'there is no table'),
      file(
        'connectors.csv',
        ['malformed', 'not_placed'],
        'a sign-in page is said to be one',
        /web page|sign-in page|login page|HTML/i,
      ),
    ],
  ),
  client('refused-is-not-absent')(withTable(table(HEADINGS, IN_ORDER).replace('Read', 'Re\u0000ad')), [
    is('CON-09', 'cannot_read', 'the table was refused'),
    notCalledAbsent('connectors', 'the table was given and refused'),
    silent('CON-09', /has not been provided/, 'the table was given and refused'),
  ]),
  client('two-tables-of-one-day')(
    { ...base, 'connectors.csv': table(HEADINGS, IN_ORDER), 'connectors (1).csv': table(HEADINGS, OPEN) },
    [
      noPass('CON-09', 'one of two tables of the same day says that sending is always allowed'),
      noPass('CON-10', 'one of two tables of the same day says that sending is always allowed'),
    ],
  ),
  client('opened-since-the-earlier-table')(
    {
      ...base,
      'connectors 2026-10-20.csv': table(HEADINGS, IN_ORDER),
      'connectors 2026-11-23.csv': table(HEADINGS, OPEN),
    },
    [...reported('CON-14', 'fail', 'an action was opened without an approved change', 'Send email')],
    { saved: { 'connectors 2026-10-20.csv': '2026-10-20' } },
  ),
  client('member-system-reads')(
    ams([
      ['get_member', 'Needs approval'],
      ['search_members', 'Needs approval'],
      ['list_events', 'Needs approval'],
    ]),
    [
      silent('CON-13', /\bwrites?\b.*get_member|get_member.*\bwrites?\b/i, 'a reading action does not write'),
      is('CON-13', ['pass', 'cannot_read'], 'only reads are open'),
    ],
  ),
  client('member-system-unclassified')(
    ams([
      ['get_member', 'Needs approval'],
      ['roster_sync_2', 'Needs approval'],
    ]),
    [
      is('CON-13', 'cannot_read', 'what an action does that nobody classified is asked'),
      says('CON-13', 'roster_sync_2', 'the unclassified action is named'),
      silent('CON-13', 'get_member', 'a plain read is not asked about'),
    ],
  ),
  client('member-system-write')(
    ams([
      ['get_member', 'Needs approval'],
      ['update_member', 'Needs approval'],
    ]),
    [
      is('CON-13', 'fail', 'an action that writes into the membership system is open'),
      says('CON-13', /update[ _]member/i, 'the writing action is named'),
    ],
  ),
  client('member-system-write-called-read')(
    ams(
      [
        ['get_member', 'Needs approval'],
        ['update_member', 'Needs approval'],
      ],
      { update_member: 'read' },
    ),
    [noPass('CON-13', 'an action is called reading whose name says that it writes')],
  ),
  client('lockdown-after-first-invitation')(
    {
      ...tableOf(HEADINGS, IN_ORDER),
      'journal.yaml': journal(people, { lockdown: { on: '2026-09-22', by: people[0]?.name } }),
    },
    [
      is('CON-03', 'fail', 'the catalog was locked down a week after the first invitation'),
      is('OPS-13', 'fail', 'a step was done after the first invitation'),
    ],
  ),
  client('linked-by-nobody-with-a-seat')(
    {
      ...tableOf(HEADINGS, IN_ORDER),
      'feed.json': JSON.stringify({
        data: [
          {
            id: 'activity_01LinkA',
            created_at: '2026-11-18T15:00:00Z',
            organization_id: 'org_01Teasel',
            organization_uuid: 'abcdef01-2345-4789-8bcd-ef0123456789',
            actor: {
              type: 'user_actor',
              email_address: 'stranger@teasel.example.org',
              user_id: 'user_01Stranger',
              ip_address: '192.0.2.9',
              user_agent: 'Mozilla/5.0',
            },
            type: 'integration_user_connected',
            integration_type: 'mcp',
            mcp_server_id: 'mcpsrv_01Outlook',
            mcp_server_name: OUTLOOK,
          },
        ],
        has_more: false,
        first_id: 'activity_01LinkA',
        last_id: 'activity_01LinkA',
      }),
    },
    [says('CON-26', 'stranger@teasel.example.org', 'a connector was linked by someone without a seat')],
    { profile: profile({ claudePlan: 'enterprise' }) },
  ),
];
