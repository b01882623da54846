import { DOMAIN, LEAVERS, mailOf, SEATED } from './people.ts';

/** What an Owner exports or writes down from Claude. */

interface Member {
  readonly name: string;
  readonly mail: string;
  readonly role: string;
  readonly source: string;
}

export const MEMBERS: readonly Member[] = [
  ...SEATED.map((staff, index) => ({
    name: staff.name,
    // The export writes two people's addresses differently; they must still be matched.
    mail:
      index === 6 ? staff.mail.toUpperCase() : index === 7 ? staff.mail.replace('@', '+claude@') : staff.mail,
    role: index === 0 ? 'Primary Owner' : index === 1 ? 'Owner' : index === 2 ? 'Admin' : 'User',
    source: 'invite',
  })),
  ...LEAVERS.map((staff) => ({ name: staff.name, mail: staff.mail, role: staff.role, source: 'invite' })),
  { name: 'Membership', mail: `membership@${DOMAIN}`, role: 'User', source: 'invite' },
  { name: 'Noor Vasquez-Lind', mail: `noor.vasquez@${DOMAIN}`, role: 'User', source: 'link' },
  { name: 'Kit Hargreaves', mail: `kit.hargreaves@${DOMAIN}`, role: 'User', source: 'invite' },
];

export function membersCsv(): string {
  const rows = MEMBERS.map((member, index) => {
    const active =
      index === 40
        ? 'never'
        : `2026-11-${String(10 + (index % 13)).padStart(2, '0')} ${String(8 + (index % 9)).padStart(2, '0')}:0${index % 6}`;
    const seat = index % 9 === 0 ? 'Premium' : 'Standard';
    return [
      member.name,
      member.mail,
      member.role,
      seat,
      'Active',
      active,
      member.source,
      `0f2c${String(1000 + index)}-7b19`,
    ].join(',');
  });
  return `\uFEFF${['Name,Email,Role,Seat Tier,Status,Last Active (UTC),Invite Source,Account UUID', ...rows].join('\r\n')}\r\n`;
}

/**
 * The table that an Owner writes down: one line per connector and action. The connector is written only on its first
 * line.
 */
export function connectorsCsv(): string {
  const table: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
    [
      'Microsoft 365 SharePoint / OneDrive',
      [
        ['Search content', 'Always allow'],
        ['Read files', 'Always allow'],
        ['Upload file', 'Needs approval'],
        ['Update file', 'Needs approval'],
        ['Delete item', 'Needs approval'],
        ['All other actions', 'Blocked'],
      ],
    ],
    [
      'Microsoft 365 Outlook',
      [
        ['Search email', 'Always allow'],
        ['Read email', 'Always allow'],
        ['Send email', 'Blocked'],
        ['Create rules', 'Blocked'],
        ['Delete', 'Blocked'],
        ['All other actions', 'Blocked'],
      ],
    ],
    [
      'Asana',
      [
        ['Read tasks', 'Always allow'],
        ['View status', 'Always allow'],
        ['Create tasks', 'Needs approval'],
        ['Delete tasks', 'Blocked'],
        ['All other actions', 'Blocked'],
      ],
    ],
    ['Taskline', [['All actions', 'Needs approval']]],
  ];
  const lines = table.flatMap(([connector, actions]) =>
    actions.map(([action, state], index) =>
      [index === 0 ? `"${connector}"` : '', action, state, 'yes'].join(';'),
    ),
  );
  return `${['Connector;Action;Permission;Enabled', ...lines].join('\r\n')}\r\n`;
}

/** Accounts outside the organization in the report of November 20: name, plan, day on which the account was created. */
const OUTSIDE = [
  ['Greta Holm', 'pro', '2025-03-04'],
  ['Omar Nasser', 'free', '2025-11-19'],
  ['Yara Haddad', 'free', '2026-02-02'],
] as const;
/** In the report of October, Yara's account is missing and Malik's still exists. */
const OUTSIDE_BEFORE = [OUTSIDE[0], OUTSIDE[1], ['Malik Osborne', 'free', '2025-06-30']] as const;

export function domainMembershipsJson(when: 'now' | 'october' = 'now'): string {
  const inside = MEMBERS.map((member) => ({
    email_address: member.mail.toLowerCase(),
    name: member.name,
    organization: 'Alder Society of Landscape Surveyors',
    plan_type: 'team',
    in_organization: true,
    created_at: '2026-09-15T13:00:00Z',
  }));
  const outside = (when === 'now' ? OUTSIDE : OUTSIDE_BEFORE).map(([name, plan, created]) => ({
    email_address: mailOf(name),
    name,
    organization: 'Personal',
    plan_type: plan,
    in_organization: false,
    created_at: `${created}T09:00:00Z`,
  }));
  return `${JSON.stringify({ domain: DOMAIN, memberships: [...inside, ...outside] }, null, 1)}\n`;
}

/** Requests per person in October; one person is far above the others. */
export function spendCsv(): string {
  const lines = SEATED.slice(0, 40).map((staff, index) => {
    const requests = index === 17 ? 4210 : 180 + ((index * 37) % 160);
    return [
      staff.mail,
      `acct-${1000 + index}`,
      'Chat',
      'claude-sonnet-5',
      'Sonnet',
      requests,
      requests * 900,
      requests * 310,
      (requests * 0.004).toFixed(2),
      (requests * 0.004).toFixed(2),
      '2026-10-01',
      '2026-10-31',
    ].join(',');
  });
  return `${['User email,Account UUID,Product,Model,Model family,total_requests,total_prompt_tokens,total_completion_tokens,total_net_spend_usd,total_gross_spend_usd,Start date,End date', ...lines].join('\n')}\n`;
}

/** 58 of 64 seat holders have acknowledged the policy in force. */
export function acknowledgementsCsv(): string {
  const missing = new Set([
    `membership@${DOMAIN}`,
    `noor.vasquez@${DOMAIN}`,
    mailOf('Tobin Achterberg'),
    mailOf('Hugo Castellan'),
    mailOf('Paloma Reyes'),
    mailOf('Viktor Zeller'),
  ]);
  const rows = MEMBERS.filter((member) => !missing.has(member.mail)).map((member, index) =>
    [
      `"${member.name}"`,
      member.mail.toLowerCase().replace('+claude', ''),
      'Claude policy v3',
      `${9 + (index % 2)}/${15 + (index % 12)}/2026`,
      'I have read and agree',
    ].join(','),
  );
  return `${['Full name,Work email,Document,Acknowledged on,Statement', ...rows].join('\n')}\n`;
}
