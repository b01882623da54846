import { excepted, journal, rosterCsv } from '../documents.ts';
import { is, never, noPass, type Statement } from '../model.ts';
import { association, at, outsideCase } from '../outside.ts';
import { connectorTable, usageTable } from '../tables.ts';

/** Explanations by the person concerned or a dash, reviews and approvals by a mailbox, owners who have left. */

const { people, profile, charter, files } = association('Pinfold Trust', 'pinfold.example.org', 11);
const [owner, deputy] = people;
const busy = at(people, 5);
const gone = at(people, 8);
const LEFT = { 'staff.csv': rosterCsv(people, { [gone.email]: '2026-10-02' }) };

const client = (name: string, more: Record<string, string>, statements: readonly Statement[]) =>
  outsideCase(name)(files(more), statements, { profile: profile() });

const explained = (name: string, more: object, statement: Statement) =>
  client(
    `far-above-explained-${name}`,
    {
      'journal.yaml': journal(people, {
        explainedUsage: [
          { email: busy.email, on: '2026-11-22', by: owner?.name, reason: 'Conference papers', ...more },
        ],
      }),
      'usage.csv': usageTable(
        people.map(({ email }, n) => [
          email,
          'Chat',
          'claude-sonnet-5',
          n === 5 ? 4000 : 100 + n,
          '2026-10-25',
          '2026-11-23',
        ]),
      ),
    },
    [statement],
  );

const custom = (name: string, by: string, on: string, statement: Statement) =>
  client(
    `custom-connector-reviewed-by-${name}`,
    {
      ...LEFT,
      'charter.yaml': charter({
        connectors: [
          {
            name: 'Pilot Roster',
            kind: 'custom',
            url: 'https://mcp.pinfold.example.org',
            sensitivity: 'high',
            actions: { '*': 'blocked' },
            actionsClassified: '2026-09-10',
            sourceReviewed: '2026-09-08',
            securityReview: { on, by, vendorContact: 'Uma Ridge, uma@vendor.example.com' },
          },
        ],
      }),
      'connectors.csv': connectorTable([['Pilot Roster', 'All other actions', 'Blocked']]),
    },
    [statement],
  );

const accepted = (name: string, more: object, statement: Statement) =>
  client(
    `a-leaver-accepted-${name}`,
    {
      ...LEFT,
      'charter.yaml': charter({
        exceptions: [
          excepted('CLA-ACC-07', 'Handover', owner?.name, '2026-12-31', {
            items: [gone.email],
            approvedBy: deputy?.name,
            ...more,
          }),
        ],
      }),
    },
    [statement],
  );

const called = (name: string, contacts: readonly string[], statement: Statement) =>
  client(
    `incidents-reported-to-${name}`,
    {
      ...LEFT,
      'charter.yaml': charter({
        incidentPlan: {
          types: [
            'unauthorized_access',
            'prompt_injection',
            'data_upload',
            'credential_exposed',
            'agent_action',
          ],
          contacts,
          reviewed: '2026-11-01',
        },
      }),
    },
    [statement],
  );

export const outsideExplained = [
  explained('by-another', {}, is('VIS-03', 'pass', 'looked at by the owner')),
  explained('by-herself', { by: busy.email.replace('@', '+x@') }, noPass('VIS-03', 'her own word')),
  explained('by-a-dash', { reason: '-' }, noPass('VIS-03', 'a dash is no reason')),
  custom('a-mailbox', 'support@pinfold.example.org', '2026-09-05', noPass('CON-21', 'nobody reviewed it')),
  custom('who-had-left', gone.name, '2026-10-20', noPass('CON-21', 'she had left')),
  custom('a-colleague', at(people, 3).name, '2026-09-05', is('CON-21', 'pass', 'by somebody who works here')),
  accepted('by-two', {}, is('ACC-07', 'accepted', 'two people accepted it')),
  accepted(
    'of-a-mailbox',
    { owner: 'info@pinfold.example.org' },
    never('ACC-07', ['accepted'], 'nobody owns it'),
  ),
  called('who-left', [gone.email], is('OPS-08', 'fail', 'nobody answers')),
  called(
    'who-left-and-another',
    [gone.email, at(people, 3).email],
    is('OPS-08', 'fail', 'the plan still names one who left'),
  ),
];
