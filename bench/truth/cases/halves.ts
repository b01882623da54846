import { CONNECTOR_CLIENT, CONNECTOR_SERVER, clientsOf, staff } from '../client.ts';
import { entraUsers, membersCsv, peopleFiles, rosterCsv } from '../documents.ts';
import { connectorUse, ENTERPRISE } from '../enterprise.ts';
import { applications } from '../microsoft.ts';
import { noPass } from '../model.ts';
import { connectorTable } from '../tables.ts';
import { csv } from '../text.ts';

const client = clientsOf('halves');
const people = staff(20);
const base = peopleFiles(people);
const left = people[9];
if (left === undefined) throw new Error('There are twenty people.');
const roster = rosterCsv(people, { [left.email]: '2026-11-02' });

const spend = csv([
  ['user_email', 'product', 'model', 'total_requests', 'total_net_spend_usd', 'total_gross_spend_usd'],
  ...people.map(({ email }) => [email, 'Chat', 'claude_opus_4_6', '12', '1.20', '1.20']),
]);

const withoutGraph = JSON.parse(applications({})) as { value: { appId: string }[] };
withoutGraph.value = withoutGraph.value.filter(
  ({ appId }) =>
    ![CONNECTOR_CLIENT, CONNECTOR_SERVER, '00000003-0000-0000-c000-000000000000'].includes(appId),
);

const outlook = (rows: readonly (readonly [string, string])[]) =>
  connectorTable([...rows.map(([action, state]) => ['Microsoft 365 Outlook', action, state])]);

/** Partial lists that look complete. They do not show that something is absent. */
export const halfCases = [
  client('first-page-of-the-members')(
    {
      ...base,
      'members.csv': membersCsv(people.slice(0, 8)),
      'roster.csv': roster,
      'spend-report-2026-11-01-to-2026-11-23.csv': spend,
    },
    [
      noPass('ACC-07', 'who has left may be among the people who use Claude and are not listed'),
      noPass('ACC-09', 'an outsider may be among them'),
      noPass('ACC-02', 'an owner may be among them'),
    ],
  ),
  client('users-of-one-department')(
    { ...base, 'roster.csv': roster, 'users.json': entraUsers(people.slice(0, 5)) },
    [noPass('M365-17', 'the account of who left may be in the part that is not there')],
  ),
  client('applications-by-a-filter')({ ...base, 'serviceprincipals.json': JSON.stringify(withoutGraph) }, [
    noPass('SHA-05', 'the connector applications may be in the part that is not there'),
  ]),
  client('connector-in-use-and-not-in-the-table')(
    {
      ...base,
      'connectors.csv': outlook([['All other actions', 'Blocked']]),
      'connector-use-2026-11-20.json': JSON.stringify({
        data: [connectorUse('slack', 20, 5, 0)],
        has_more: false,
        next_page: null,
      }),
    },
    [
      noPass('CON-06', 'Slack is used and its actions have no state'),
      noPass('CON-10', 'what Slack may send is not known'),
      noPass('CON-12', 'what of Slack is always allowed is not known'),
    ],
    ENTERPRISE,
  ),
  client('one-tool-called-by-its-verb')(
    {
      ...base,
      'connectors.csv': outlook([
        ['Search email', 'Always allow'],
        ['Send', 'Blocked'],
        ['Delete', 'Blocked'],
      ]),
    },
    [noPass('CON-10', 'nobody read out whether replies and drafts can be sent')],
  ),
];
