import { DOMAIN, profile, staff } from '../client.ts';
import { charter, peopleFiles } from '../documents.ts';
import { ENTERPRISE, ORGANIZATION } from '../enterprise.ts';
import { counts, is, lists, never, noPass, noPasses, reported, says, silent, unlisted } from '../model.ts';
import { at, first, last, outsideCase } from '../outside.ts';
import { acknowledgementTable, memberTable, staffTable } from '../tables.ts';
import { cells, csv, page } from '../text.ts';

/** A diocese that shares its treasurer with another: her mailbox, which others can open, is an Owner. */
function sharedTreasurer() {
  const people = staff(9);
  const table = (name: string, email: string) =>
    memberTable([
      ...people.map(
        (one, n) => cells`${one.name}|${one.email}|${n === 1 ? 'User' : one.role}|Standard|Active`,
      ),
      cells`${name}|${email}|Owner|Standard|Active`,
    ]);
  const shared = (name: string, local: string) =>
    outsideCase(`an-owner-who-is-${local}`)(
      { ...peopleFiles(people), 'members.csv': table(name, `${local}@${DOMAIN}`) },
      [
        never('ACC-05', ['pass', 'accepted'], 'nobody on the roster has this account'),
        says('ACC-05', `${local}@${DOMAIN}`, 'which one'),
        noPass('ACC-08', 'it may be shared'),
        silent('ACC-05', at(people, 0).email, 'a person on the roster'),
      ],
    );
  return [
    shared('Tesorería Compartida', 'tesoreria'),
    shared('Secrétariat', 'secretariat'),
    shared('Northgate', 'northgate'),
  ];
}

/** Members with the console's role and another one copied from the organization's page. */
function twoRoles() {
  const people = staff(9);
  return outsideCase('roles-in-two-columns')(
    {
      ...peopleFiles(people),
      'members.csv': csv([
        ['Name', 'Email', 'Role', 'Seat Tier', 'Status', 'Organization role'],
        ...people.map((one, n) => [
          one.name,
          one.email,
          one.role,
          'Standard',
          'Active',
          n === 6 ? 'Owner' : one.role,
        ]),
      ]),
    },
    [
      ...noPasses('by one column there is a third Owner', 'ACC-02 ACC-04 ACC-05'),
      says('ACC-02', 'Organization role', 'which column'),
      is('ACC-06', 'pass', 'all addresses are at the domain'),
    ],
  );
}

/** Two domains, one without a DNS record, and someone who saw both verified a week before. */
function unverified() {
  const people = staff(9);
  const fund = 'teasel-fund.example.org';
  return outsideCase('verified-by-word-and-not-in-dns')(
    {
      ...peopleFiles(people),
      'attestations.yaml': JSON.stringify({
        attestations: [{ control: 'CLA-SHA-01', holds: true, seen: '2026-11-16', by: at(people, 0).name }],
      }),
      'dns.txt': [
        ...[DOMAIN, fund].flatMap((one, n) => [
          `;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4182${n}`,
          ';; QUESTION SECTION:',
          `;${one}. IN TXT`,
          ';; ANSWER SECTION:',
          `${one}. 3600 IN TXT "${n === 0 ? 'anthropic-domain-verification-q1=AbC123' : 'v=spf1 -all'}"`,
          ';; WHEN: Mon Nov 23 10:00:00 EST 2026',
        ]),
      ].join('\n'),
    },
    [
      ...reported('ACC-10', 'fail', 'the second domain has no record', fund),
      noPass('SHA-01', 'the switch reaches verified domains only'),
      says('SHA-01', fund, 'which domain'),
    ],
    { profile: profile({ domains: [DOMAIN, fund] }) },
  );
}

/** A roster of one department, as a note below its last line says. */
function oneDepartment() {
  const people = staff(9);
  const rows = people.map((one) => cells`${one.name}|${one.email}|${one.department}|Active|`);
  return outsideCase('a-roster-that-excludes')(
    {
      ...peopleFiles(people),
      'staff.csv': staffTable([...rows, ['Excludes contractors and chapter staff', '', '', '', '']]),
    },
    [
      ...noPasses('the roster leaves some out', 'ACC-07 ACC-13 ACC-20'),
      counts('staff', null, 'not everyone is on it'),
      unlisted('withoutSeat', 'excludes', 'a line below the table is nobody'),
    ],
    { profile: profile({ staffCount: 9 }) },
  );
}

/** Permissions that take effect in February. */
function fromFebruary() {
  const people = staff(9);
  const states = [
    ['Microsoft 365 (Outlook)', 'Search email', 'Always allow'],
    ['Microsoft 365 (Outlook)', 'Read email', 'Always allow'],
    ['Microsoft 365 (Outlook)', 'All other actions', 'Blocked'],
  ];
  return outsideCase('permissions-from-february')(
    {
      ...peopleFiles(people),
      'connectors.csv': csv([
        ['Connector', 'Action', 'Permission', 'Effective from'],
        ...states.map((one) => [...one, '2027-02-01']),
      ]),
    },
    noPasses('how it is until then the table does not say', 'CON-06 CON-09 CON-10 CON-11 CON-12'),
  );
}

/** Two merged associations. People who moved are on both rosters, on one as having left. */
function moved() {
  const trade = staff(9);
  const fasteners = 'fasteners.example.org';
  const ruth = { name: 'Ruth Okonjo', old: `r.okonjo@${fasteners}`, email: `ruth.okonjo@${DOMAIN}` };
  const stellan = { name: 'Stellan Brand', old: `s.brand@${fasteners}`, email: `stellan.brand@${DOMAIN}` };
  const gone = { name: 'Clement Moss', old: `c.moss@${fasteners}` };
  const headings = ['Name', 'Work email', 'Status', 'Hire date', 'Termination date'];
  return outsideCase('moved-from-one-employer-to-the-other')(
    {
      ...peopleFiles(trade),
      'staff.csv': csv([
        headings,
        ...trade.map((one) => [one.name, one.email, 'Active', '2019-03-15', '']),
        ...[ruth, stellan].map((one) => [one.name, one.email, 'Active', '2026-10-01', '']),
        ...[ruth, stellan, gone].map((one) => [one.name, one.old, 'Terminated', '2015-04-01', '2026-09-30']),
      ]),
      'members.csv': memberTable([
        ...trade.map((one) => cells`${one.name}|${one.email}|${one.role}|Standard|Active`),
        ...[ruth, stellan, gone].map((one) => cells`${one.name}|${one.old}|User|Standard|Active`),
      ]),
      'charter.yaml': charter(trade, {
        inviteDomains: [DOMAIN, fasteners],
        people: { same: [[ruth.email, ruth.old]] },
      }),
    },
    [
      ...reported('ACC-07', 'fail', 'one has left and holds a seat', gone.name),
      lists('leavers', [gone.old], 'who moved has not left'),
      lists('toConfirm', [stellan.old], 'whether it is one person somebody has to say'),
      unlisted('leavers', ruth.old, 'the charter says that both addresses are hers'),
      unlisted('toConfirm', ruth.old, 'it is decided'),
      silent('OPS-05', ruth.old, 'works here'),
      silent('OPS-05', ruth.name, 'works here'),
      silent('OPS-05', stellan.name, 'nobody knows that he left'),
      says('OPS-05', gone.name, 'his steps are open'),
    ],
    { profile: profile({ domains: [DOMAIN, fasteners], staffCount: 11 }) },
  );
}

/** Seasonal staff, rehired this month with last season's last day. Names with an ʻokina. */
function season() {
  const people = staff(9).map((one, n) =>
    n === 4 ? { ...one, name: "Ka'iulani Kekuhaupi'o" } : n === 5 ? { ...one, name: 'Malia Hoʻopiʻi' } : one,
  );
  const again = at(people, 7);
  return outsideCase('hired-again-for-the-season')(
    {
      ...peopleFiles(people),
      'staff.csv': csv([
        [
          'Last name',
          'First name',
          'Work email',
          'Status',
          'Original hire date',
          'Most recent hire date',
          'Termination date',
        ],
        ...people.map((one, n) => [
          last(one).replaceAll("'", 'ʻ'),
          first(one).replaceAll("'", 'ʻ'),
          one.email,
          n === 7 ? 'Seasonal - active' : 'Active',
          '2019-06-01',
          n === 7 ? '2026-11-09' : '2019-06-01',
          n === 7 ? '2025-10-31' : '',
        ]),
      ]),
      'acknowledgements.csv': acknowledgementTable([
        ...people.map((one) => [
          `${last(one)}, ${first(one)}`.replaceAll(/['ʻ]/g, '`'),
          '',
          'Claude policy v3',
          '2026-11-12',
        ]),
      ]),
    },
    [
      is('ACC-07', 'pass', 'everyone works here'),
      unlisted('leavers', again.email, 'hired again on 9 November'),
      lists('leavers', [], 'nobody has left'),
      silent('OPS-05', again.name, 'works here'),
      is('POL-03', 'pass', 'everyone acknowledged it, however the ʻokina is written'),
    ],
    { profile: profile({ staffCount: 9 }) },
  );
}

/** A group grants a role that is missing from the list of roles. */
function roleOfNoList() {
  const people = staff(9);
  const holder = at(people, 5);
  return outsideCase('a-role-that-no-list-has')(
    {
      ...peopleFiles(people),
      'roles.json': page([
        { id: 'rbac_role_01desk', name: 'Desk', organization_uuid: ORGANIZATION, permissions: [] },
      ]),
      'groups.json': page([
        {
          id: 'rbac_group_01help',
          name: 'Help desk',
          source_type: 'scim',
          roles: ['rbac_role_02help'],
          members: [{ user_id: 'user_01x', email: holder.email }],
        },
      ]),
    },
    [noPass('ACC-04', 'nobody knows what the role allows'), says('ACC-04', holder.name, 'who holds it')],
    ENTERPRISE,
  );
}

/** Responses of a Google form in Spanish; one declines, one withdraws. */
function spanishForm() {
  const people = staff(9);
  const [no, back] = [at(people, 5), at(people, 6)];
  return outsideCase('a-form-in-spanish')(
    {
      ...peopleFiles(people),
      'respuestas.csv': csv([
        [
          'Marca temporal',
          'Dirección de correo electrónico',
          'He leído y acepto la Política de uso aceptable de Claude (versión 3)',
        ],
        ...people.map((one, n) => ['28/9/2026 9:41:12', one.email, n === 5 ? 'No acepto' : 'Sí, acepto']),
        ['30/10/2026 9:41:12', back.email, 'Retiro mi aceptación'],
      ]),
    },
    [
      ...reported('POL-03', 'fail', 'one said no', no.name),
      says('POL-03', back.name, 'what was answered later does not settle it'),
      silent('POL-03', at(people, 4).name, 'accepted it'),
      noPass('POL-03', 'one said no'),
    ],
  );
}

export const outsideDoubtful = [
  ...sharedTreasurer(),
  twoRoles(),
  unverified(),
  oneDepartment(),
  fromFebruary(),
  moved(),
  season(),
  roleOfNoList(),
  spanishForm(),
];
