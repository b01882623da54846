import { cells, yaml } from './text.ts';

/** Files of a state medical association on Google Workspace and Okta, as its people and their services write them. */
export const D = 'cascadiamed.example.org';
export const F = 'cascadiamedfoundation.example.org';

/** Surname, given name, title, department, local part of the address, what HR says about them. */
const PEOPLE = `Ashworth|Margaret|Executive Director|Executive|margaret.ashworth|Active|2014-02-03|
Boyle|Declan|Deputy Director|Executive|declan.boyle|Active|2016-05-16|
Cho|Eun-ji|Director of Membership|Membership|eunji.cho|Active|2018-09-04|
Dvorak|Pavel|CME Manager|Education|pavel.dvorak|Active|2019-01-07|
Ekström|Linnéa|Policy Analyst|Advocacy|linnea.ekstrom|Active|2021-03-01|
Farouk|Samir|Controller|Finance|samir.farouk|Active|2017-11-20|
Gallegos|Teresa|Membership Coordinator|Membership|teresa.gallegos|Active|2020-06-15|
Hutchins|Roy|Lobbyist|Advocacy|roy.hutchins|Active|2015-08-10|
Ibekwe|Chidi|Data Analyst|Membership|chidi.ibekwe|Active|2022-04-04|
Jarvis|Nell|Communications Lead|Communications|nell.jarvis|Active|2019-10-21|
Kovacs|Ildiko|Events Manager|Education|ildiko.kovacs|On leave - parental|2018-02-12|
Lindgren|Åsa|Designer|Communications|asa.lindgren|Active|2023-01-09|
Mbeki|Thandi|Legal Counsel|Executive|thandi.mbeki|Active|2020-01-13|
Nakagawa|Ken|Accountant|Finance|ken.nakagawa|Active|2021-08-02|
O'Rourke|Fiona|HR Manager|Executive|fiona.orourke|Active|2016-03-28|
Pruitt|Dale|Web Editor|Communications|dale.pruitt|Active|2022-09-12|
Quintero|Luz|Program Assistant|Education|luz.quintero|Active|2023-06-05|
Rasmussen|Bo|Researcher|Advocacy|bo.rasmussen|Active|2021-11-15|
Schaefer|Anke|Grants Manager|Foundation|anke.schaefer|Active|2019-07-01|
Tran|Minh|Database Manager|Membership|minh.tran|Active|2018-12-03|
Underhill|Cora|Receptionist|Executive|cora.underhill|Active|2024-02-20|
Valdez|Ruben|Policy Director|Advocacy|ruben.valdez|Active|2013-04-22|
Whitaker|June|Foundation Director|Foundation|june.whitaker|Active|2015-10-05|
Xiong|Mai|CME Coordinator|Education|mai.xiong|Active|2022-05-23|
Yates|Graham|Membership Assistant|Membership|graham.yates|Active|2024-08-12|
Zamora|Elisa|Paralegal|Executive|elisa.zamora|Active|2023-03-13|
Abernathy|Tom|Editor|Communications|tom.abernathy|Active|2020-10-19|
Bianchi|Carla|Meeting Planner|Education|carla.bianchi|Active|2021-02-08|
Castellano|Vito|Facilities|Executive|vito.castellano|Active|2012-06-11|
Delacroix|Noémie|Grants Assistant|Foundation|noemie.delacroix|Active|2024-01-15|
Eastman|Gil|Lobbyist|Advocacy|gil.eastman|Active|2019-05-06|
Fitzroy|Hana|Social Media|Communications|hana.fitzroy|Active|2023-09-18|
Gorman|Pete|Analyst|Advocacy|pete.gorman|Active|2022-02-14|
Hassan|Leila|Bookkeeper|Finance|leila.hassan|Active|2020-07-27|
Iverson|Karl|CME Assistant|Education|karl.iverson|Terminated|2021-04-12|11/13/2026
Jacoby|Ruth|Archivist|Communications|ruth.jacoby|Terminated|2011-09-06|
Keane|Owen|Membership Manager|Membership|owen.keane|Active|2017-01-23|12/04/2026
Lombard|Ines|Policy Fellow|Advocacy|ines.lombard|Hired - not started|2026-12-07|`
  .split('\n')
  .map((line) => {
    const [
      last = '',
      given = '',
      title = '',
      department = '',
      local = '',
      status = '',
      hired = '',
      left = '',
    ] = line.split('|');
    return { last, given, title, department, email: `${local}@${D}`, status, hired, left };
  });
const us = (day: string) => {
  const [y, m, d] = day.split('-').map(Number);
  return day === '' ? '' : `${String(m).padStart(2, '0')}/${String(d).padStart(2, '0')}/${y}`;
};
const quote = (cells: readonly string[]) =>
  cells.map((one) => (/[",\n]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one)).join(',');
const table = (rows: readonly (readonly string[])[]) => `${rows.map(quote).join('\r\n')}\r\n`;

/** The payroll service's census; two people have two addresses in one cell. */
export const census = table([
  ['Cascadia State Medical Association'],
  cells`Employee Census Report|||Run: 11/20/2026`,
  [],
  cells`Employee Name|Job Title|Department|Employment Status|Work Email|Hire Date|Termination Date|Worker Type`,
  ...PEOPLE.map((one) => [
    `${one.last}, ${one.given}${one.last === 'Valdez' ? ', MD' : ''}`,
    one.title,
    one.department,
    one.status,
    one.last === 'Whitaker'
      ? `${one.email}; june.whitaker@${F}`
      : one.last === 'Schaefer'
        ? `${one.email} / anke.schaefer@${F}`
        : one.email,
    us(one.hired),
    one.left,
    'W-2',
  ]),
]);

const seat = (
  one: { given: string; last: string; email: string },
  role = 'Member',
  email = one.email,
  type = 'Standard',
  status = 'Active',
) => [`${one.given} ${one.last}`, email, role, type, status];
const withoutSeat = new Set(['Castellano', 'Underhill', 'Lombard', 'Hutchins']);
export const members = table([
  cells`Name|Email address|Role|Seat type|Status`,
  ...PEOPLE.filter((one) => !withoutSeat.has(one.last)).map((one) =>
    seat(
      one,
      one.last === 'Boyle'
        ? 'Primary Owner'
        : one.last === 'Tran'
          ? 'Owner'
          : one.last === 'Cho'
            ? 'Admin'
            : 'Member',
      one.last === 'Whitaker' ? `june.whitaker@${F}` : one.email,
      ['Ibekwe', 'Tran'].includes(one.last) ? 'Premium' : 'Standard',
    ),
  ),
  cells`Derek Sandoval|derek@northpeak-it.example.com|Owner|Standard|Active`,
  cells`CME Desk|cme@${D}|Member|Standard|Active`,
  cells`Roy Hutchins|roy.hutchins1961@gmail.com|Member|Standard|Active`,
  cells`|ines.lombard@${D}|Member|Standard|Pending`,
]);

export const google = table([
  [
    'First Name [Required]',
    'Last Name [Required]',
    'Email Address [Required]',
    'Password [Required]',
    'Password Hash Function [UPLOAD ONLY]',
    'Org Unit Path [Required]',
    'New Primary Email [UPLOAD ONLY]',
    'Status [READ ONLY]',
    'Last Sign In [READ ONLY]',
    'Recovery Email',
    '2sv Enrolled [READ ONLY]',
    '2sv Enforced [READ ONLY]',
  ],
  ...PEOPLE.filter((one) => one.last !== 'Lombard').map((one) => [
    one.given,
    one.last,
    one.email,
    '****',
    '',
    '/Staff',
    '',
    one.last === 'Jacoby' ? 'Suspended' : 'Active',
    '2026/11/19 09:12:00',
    '',
    'True',
    'True',
  ]),
  cells`CME|Desk|cme@${D}|****||/Shared||Active|2026/11/19 09:12:00||False|False`,
]);

export const okta = table([
  cells`App Instance Name|App Status|App User Name|User Login|User First Name|User Last Name|Assignment Status|Assigned Date`,
  ...PEOPLE.slice(0, 30).map((one) => [
    'Claude (SAML)',
    'ACTIVE',
    one.email,
    one.email,
    one.given,
    one.last,
    'ACTIVE',
    '2026-09-10T16:00:00Z',
  ]),
]);

export const acks = table([
  cells`Timestamp|Email Address|Your name|I have read and will follow the Claude Acceptable Use Policy (version 2)|Anything unclear?`,
  ...PEOPLE.filter(
    (one) =>
      !['Lombard', 'Jacoby', 'Castellano', 'Underhill', 'Gorman', 'Hassan', 'Hutchins'].includes(one.last),
  ).map((one, n) => [
    `10/${String((n % 20) + 1).padStart(2, '0')}/2026 9:0${n % 10}:11`,
    one.email,
    `${one.given} ${one.last}`,
    one.last === 'Eastman' ? 'No' : 'Yes',
    one.last === 'Eastman' ? 'I want to talk to counsel first' : '',
  ]),
  cells`10/2/2026 9:30:00|pete.gorman@${D}|Pete Gorman|No|Will read it on Monday`,
  cells`10/5/2026 9:31:00|pete.gorman@${D}|Pete Gorman|Yes|`,
  cells`10/6/2026 11:00:00|roy.hutchins1961@gmail.com|Roy Hutchins|Yes|`,
]);

export const connectors = table([
  ['Connectors in Claude - copied by Minh on 11/18/2026'],
  cells`Connector|Tool / action|Permission`,
  cells`Google Drive|Search files|Always allow`,
  cells`Google Drive|Read file content|Always allow`,
  cells`Google Drive|Create file|Needs approval`,
  cells`Google Drive|Share file|Needs approval`,
  cells`Gmail|Search threads|Needs approval`,
  cells`Gmail|Read thread|Needs approval`,
  cells`Gmail|Send message|Needs approval`,
  cells`Gmail|Create draft|`,
  cells`Google Calendar|List events|Always allow`,
  cells`Google Calendar|Create event|Needs approval`,
  cells`Fonteva (custom)|get_member|Needs approval`,
  cells`Fonteva (custom)|list_registrations|Needs approval`,
  cells`Fonteva (custom)|update_member|Needs approval`,
  cells`Zoom|List meetings|Always allow`,
]);

export const memberships = table([
  ['Domain', D],
  cells`Email|Plan|Organization|Account created|Last active`,
  cells`ruben.valdez@${D}|Pro|Personal|2025-11-02|2026-10-09`,
  cells`gil.eastman@${D}|Free|Personal|2026-01-15|2026-03-02`,
  cells`karl.iverson@${D}|Max|Personal|2026-02-20|2026-10-10`,
  cells`teresa.gallegos@${D}|Team|Cascadia State Medical Association|2026-09-15|2026-10-10`,
]);

export const spend = table([
  cells`user_email|account_uuid|product|model|model_family|total_requests|total_prompt_tokens|total_completion_tokens|total_net_spend_usd|total_gross_spend_usd`,
  cells`chidi.ibekwe@${D}|7a1e0000-0000-4000-8000-000000000001|Claude|claude-opus-4-6|opus|412|9120000|801000|118.40|118.40`,
  cells`minh.tran@${D}|7a1e0000-0000-4000-8000-000000000002|Claude|claude-sonnet-4-6|sonnet|61|730000|51000|7.95|7.95`,
]);

export const decided = yaml({
  version: 3,
  inForceSince: '2026-09-08',
  approvedBy: ['Margaret Ashworth', 'Thandi Mbeki'],
  accountOwner: `declan.boyle@${D}`,
  recoveryPlan: 'Ask Derek',
  owners: [`declan.boyle@${D}`, `minh.tran@${D}`],
  admins: [`eunji.cho@${D}`],
  inviteDomains: [D, F],
  seatsFor: 'everyone',
  provisioning: 'invite',
  ssoRequired: true,
  governanceOwner: { name: 'Declan Boyle', email: `declan.boyle@${D}` },
  governanceDeputy: { name: 'TBD', email: 'tbd' },
  connectors: [
    {
      name: 'Google Drive',
      sensitivity: 'medium',
      actions: {
        'Search files': 'allow',
        'Read file content': 'allow',
        'Create file': 'ask',
        'Share file': 'blocked',
        '*': 'blocked',
      },
      actionsClassified: '2026-09-07',
      sourceReviewed: '2026-09-07',
    },
    {
      name: 'Gmail',
      sensitivity: 'high',
      actions: { 'Search threads': 'ask', 'Read thread': 'ask', 'Send message': 'blocked', '*': 'blocked' },
      actionsClassified: '2026-09-07',
      sourceReviewed: '2026-09-07',
    },
    {
      name: 'Google Calendar',
      sensitivity: 'low',
      actions: { 'List events': 'allow', 'Create event': 'ask', '*': 'blocked' },
      actionsClassified: '2026-09-07',
      sourceReviewed: '2026-09-07',
    },
    {
      name: 'Fonteva (custom)',
      kind: 'custom',
      url: 'https://mcp.cascadiamed.example.org',
      sensitivity: 'high',
      holdsMemberData: true,
      isAms: true,
      actions: { get_member: 'ask', list_registrations: 'ask', '*': 'blocked' },
      effects: { get_member: 'read', list_registrations: 'read', update_member: 'write' },
      actionsClassified: '2026-09-07',
      sourceReviewed: '2026-09-07',
    },
  ],
  desktopExtensions: [],
  localMcpAllowed: false,
  claudeInChromeAllowed: false,
  ams: {
    name: 'Fonteva',
    methods: ['custom_mcp'],
    serviceAccount: { name: 'svc-claude', readOnly: true, admin: false, reviewed: '2026-09-07' },
    vendorConsulted: { on: '2026-08-30', contact: 'TBD', outcome: 'pending' },
  },
  policy: {
    version: '2',
    published: '2026-09-10',
    approvedBy: 'Board of Trustees',
    contact: `it-help@${D}`,
    clauses: cells`purpose|no_personal_accounts|no_member_data|no_credentials`,
    noticeCovers: ['usage', 'connectors'],
    distributedTo: 37,
  },
  contentAccess: { allowed: false },
});

export const done = yaml({
  connectorInventory: { on: '2026-09-01', by: 'Minh Tran' },
  lockdown: { on: '2026-09-14', by: 'Derek Sandoval', variant: 'added_only' },
  firstInvitation: '2026-09-14',
  announcements: [
    { on: '2026-09-10', by: 'Margaret Ashworth', about: 'policy', version: '2', recipients: 37 },
  ],
  reviews: [
    { kind: 'quarterly', on: '2026-08-20', by: 'Declan Boyle', areas: ['connectors', 'user_access'] },
  ],
  nextReview: '2026-11-20',
  offboardings: [{ email: `karl.iverson@${D}`, lastDay: '2026-11-13', entraDisabled: '2026-11-13' }],
  incidents: [],
});

export const seen = yaml({
  attestations: [
    { control: 'CLA-ACC-12', holds: true, seen: '2026-09-15', by: 'Derek Sandoval', note: 'n/a' },
    {
      control: 'CLA-ACC-14',
      holds: true,
      seen: '2026-11-10',
      by: 'Derek Sandoval',
      note: 'Okta SAML on, Require SSO on',
    },
    {
      control: 'CLA-ACC-15',
      holds: false,
      seen: '2026-11-10',
      by: 'Derek Sandoval',
      note: 'SCIM not set up',
    },
    { control: 'CLA-CON-15', holds: true, seen: '2026-11-10', by: 'TBD' },
    { control: 'CLA-SHA-08', holds: true, seen: '2026-12-10', by: 'Derek Sandoval' },
  ],
});

export const dig = `; <<>> DiG 9.18.30 <<>> TXT ${D}
;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4711
;; flags: qr rd ra; QUERY: 1, ANSWER: 2, AUTHORITY: 0, ADDITIONAL: 1

;; QUESTION SECTION:
;${D}.\t\tIN\tTXT

;; ANSWER SECTION:
${D}.\t300\tIN\tTXT\t"v=spf1 include:_spf.google.com ~all"
${D}.\t300\tIN\tTXT\t"anthropic-domain-verification-k3x9=7Qw2"

;; WHEN: Thu Nov 19 10:20:11 PST 2026
`;
