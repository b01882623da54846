import type { Kind } from '#domain/model/kinds.ts';

/** A table from a console or an HR system. Headings are keyed by the field that importers read from them. */
export interface TestTable {
  readonly kind: Kind;
  readonly name: string;
  readonly headings: Readonly<Record<string, string>>;
  readonly rows: readonly Readonly<Record<string, string>>[];
}

const DOMAIN = 'alder.example.org';
const at = (name: string): string => `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@${DOMAIN}`;

/** The roster: name, status, first day, last day, type of employment. */
const STAFF: readonly (readonly [string, string, string, string, string])[] = [
  ['Ada Quist', 'Active', '2020-01-06', '', 'Full-time'],
  ['Ben Rook', 'Active', '2021-03-01', '', 'Full-time'],
  ['Cleo Shaw', 'Terminated', '2019-05-06', '2026-11-02', 'Full-time'],
  ['Dov Lane', 'Active', '2026-10-05', '', 'Part-time'],
  ['Eve Ames', 'On leave', '2022-02-07', '', 'Full-time'],
  ['Finn Obi', 'Active', '2023-08-14', '', 'Contractor'],
  ['Gus Hale', 'Active', '2026-10-12', '', 'Full-time'],
  ['Hana Ito', 'Active', '2024-01-15', '', 'Full-time'],
];
/** Seats in Claude: name, role, seat type, status, day added, how they joined. */
const SEATS: readonly (readonly [string, string, string, string, string, string])[] = [
  ['Ada Quist', 'Primary Owner', 'Premium', 'Active', '2026-09-01', 'invite'],
  ['Ben Rook', 'Owner', 'Standard', 'Active', '2026-09-01', 'invite'],
  ['Cleo Shaw', 'User', 'Standard', 'Suspended', '2026-09-15', 'invite'],
  ['Dov Lane', 'User', 'Standard', 'Active', '2026-10-10', 'invite'],
  ['Eve Ames', 'Admin', 'No seat', 'Active', '2026-09-15', 'invite'],
  ['Finn Obi', 'User', 'Standard', 'Invited', '', 'link'],
  ['Hana Ito', 'User', 'Standard', 'Active', '2026-09-20', 'link'],
];

/** One table of each kind that is imported as a table, all of the same small association. */
export const TABLES: readonly TestTable[] = [
  {
    kind: 'roster',
    name: 'staff.csv',
    headings: {
      name: 'Employee name',
      email: 'Work email',
      status: 'Employment status',
      startsOn: 'Hire date',
      endsOn: 'Last working day',
      engagement: 'Employment type',
      department: 'Department',
    },
    rows: STAFF.map(([name, status, startsOn, endsOn, engagement]) => ({
      name,
      email: name === 'Hana Ito' ? '' : at(name),
      status,
      startsOn,
      endsOn,
      engagement,
      department: 'Office',
    })),
  },
  {
    kind: 'members',
    name: 'members.csv',
    headings: {
      name: 'Name',
      email: 'Email',
      role: 'Role',
      seat: 'Seat tier',
      status: 'Status',
      addedOn: 'Added',
      joinedBy: 'Joined by',
    },
    rows: SEATS.map(([name, role, seat, status, addedOn, joinedBy]) => ({
      name,
      email: at(name),
      role,
      seat,
      status,
      addedOn,
      joinedBy,
    })),
  },
  {
    kind: 'domain_memberships',
    name: 'memberships.csv',
    headings: {
      email: 'Email',
      plan: 'Plan',
      inWorkspace: 'In your organization',
      organization: 'Organization name',
      createdOn: 'Account created',
      lastActiveOn: 'Last active',
    },
    rows: [
      ...SEATS.map(([name]) => ({
        email: at(name),
        plan: 'Team',
        inWorkspace: 'Yes',
        organization: 'Alder Society',
        createdOn: '2026-09-01',
        lastActiveOn: '2026-11-20',
      })),
      ...(['Gus Hale', 'Ina Cole', 'Jon Park'] as const).map((name, index) => ({
        email: at(name),
        plan: index === 2 ? 'Team' : index === 1 ? 'Pro' : 'Free',
        inWorkspace: 'No',
        organization: index === 2 ? 'Elsewhere Inc' : 'Personal',
        createdOn: '2026-10-20',
        lastActiveOn: '2026-11-12',
      })),
    ],
  },
  {
    kind: 'usage',
    name: 'spend.csv',
    headings: {
      email: 'User email',
      product: 'Product',
      model: 'Model',
      requests: 'total_requests',
      promptTokens: 'total_prompt_tokens',
      netUsd: 'total_net_spend_usd',
      from: 'Period start',
      to: 'Period end',
    },
    rows: SEATS.map(([name], index) => ({
      email: at(name),
      product: 'Chat',
      model: 'claude-sonnet-5',
      requests: String(index === 0 ? 4000 : 100 + index),
      promptTokens: String(1000 + index),
      netUsd: (index === 3 ? 90 : 1.5).toFixed(2),
      from: '2026-10-24',
      to: '2026-11-22',
    })),
  },
  {
    kind: 'acknowledgements',
    name: 'policy signed.csv',
    headings: {
      name: 'Full name',
      email: 'Email',
      version: 'Policy version',
      acknowledged: 'Acknowledged',
      on: 'Acknowledged on',
    },
    rows: SEATS.map(([name], index) => ({
      name,
      email: at(name),
      version: index === 3 ? '2' : '3',
      acknowledged: index === 6 ? 'No' : 'Yes',
      on: index === 6 ? '' : '2026-09-10',
    })),
  },
  {
    kind: 'entra_users',
    name: 'exportUsers.csv',
    headings: {
      upn: 'userPrincipalName',
      name: 'displayName',
      mail: 'mail',
      enabled: 'accountEnabled',
      userType: 'userType',
      id: 'objectId',
    },
    rows: STAFF.map(([name], index) => ({
      upn: at(name),
      name,
      mail: at(name),
      enabled: 'true',
      userType: name === 'Finn Obi' ? 'Guest' : 'Member',
      id: `a1de0000-0000-4000-8000-00000000000${index}`,
    })),
  },
  {
    kind: 'connectors',
    name: 'connectors.csv',
    headings: { connector: 'Connector', action: 'Action', state: 'Permission', enabled: 'Enabled' },
    rows: [
      ['Microsoft 365', 'Search files', 'Always allow'],
      ['Microsoft 365', 'Read email', 'Needs approval'],
      ['Asana', 'Create task', 'Needs approval'],
      ['Asana', 'Delete task', 'Always allow'],
    ].map(([connector = '', action = '', state = '']) => ({ connector, action, state, enabled: 'Yes' })),
  },
  {
    kind: 'audit_log',
    name: 'audit_logs.csv',
    headings: {
      at: 'created_at',
      actor: 'actor_info',
      event: 'event',
      info: 'event_info',
      entity: 'entity_info',
      ip: 'ip_address',
    },
    rows: ['sso_enforced', 'user_invited', 'conversation_created'].map((event, index) => ({
      at: `2026-11-2${index} 10:00:00`,
      actor: `{'name': 'Ada Quist', 'uuid': 'u-1', 'metadata': {'email_address': '${at('Ada Quist')}'}}`,
      event,
      info: `{'enabled': True}`,
      entity: `{'uuid': 'e-${index}', 'type': 'organization'}`,
      ip: '203.0.113.7',
    })),
  },
];

export function tableOf(kind: Kind): TestTable {
  const table = TABLES.find((one) => one.kind === kind);
  if (table === undefined) throw new Error(`There is no test table of the kind ${kind}.`);
  return table;
}

/** Header row and data rows, in the order of the headings. `renamed` replaces headings, by field. */
export function gridOf(
  { headings, rows }: TestTable,
  renamed: Readonly<Record<string, string>> = {},
): string[][] {
  const fields = Object.keys(headings);
  return [
    fields.map((field) => renamed[field] ?? headings[field] ?? ''),
    ...rows.map((row) => fields.map((field) => row[field] ?? '')),
  ];
}

export function csvOf(grid: readonly (readonly string[])[], delimiter = ','): string {
  const cell = (text: string) =>
    text.includes(delimiter) || /["\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return `${grid.map((row) => row.map(cell).join(delimiter)).join('\n')}\n`;
}
