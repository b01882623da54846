import {
  BUSINESS_PREMIUM,
  charter,
  DOMAIN,
  EMERGENCY_GROUP,
  entraGroups,
  entraUsers,
  journal,
  makeCase,
  membersCsv,
  memberships,
  type Person,
  profile,
  staff,
} from './client.ts';
import { ENGLISH, LANGUAGES, type Language } from './languages.ts';
import { applications, locations, policies, policy, sku } from './microsoft.ts';
import {
  counts,
  is,
  lists,
  noPass,
  type Statement,
  says,
  silent,
  type TruthCase,
  unlisted,
} from './model.ts';
import { csv, graph, latin, plus, serial, utf16, written } from './text.ts';

const AREA = 'random';
const AS_OF = '2026-11-24';

/** The same numbers for the same seed, on every machine (mulberry32). */
function dice(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const pick = <T>(list: readonly T[]): T => {
    const one = list[below(list.length)];
    if (one === undefined) throw new Error('There is nothing to pick from.');
    return one;
  };
  return { below, pick, chance: (share: number) => next() < share };
}
type Dice = ReturnType<typeof dice>;

interface Part {
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly statements: readonly Statement[];
}

/** Clients of every size, put together by chance, each with what is true of it. */
export function randomCases(seed: number, count: number): TruthCase[] {
  return Array.from({ length: count }, (_, n) => randomCase(seed, n));
}

function randomCase(seed: number, n: number): TruthCase {
  const chance = dice(seed * 7919 + n);
  const size = chance.pick([8, 12, 20, 35, 60, 120, 400]);
  const people = staff(size);
  const plan = chance.pick(['team', 'enterprise'] as const);
  const common = {
    'charter.yaml': charter(people),
    'journal.yaml': journal(people),
    'users.json': entraUsers(people),
    'groups.json': entraGroups([half(people)]),
    'locations.json': locations(),
    'apps.json': applications(),
    'skus.json': licenses(chance),
  };
  const parts = [
    persons(chance, people),
    acknowledgements(chance, people),
    connectors(chance),
    conditionalAccess(chance, people),
    personalAccounts(chance, people),
    use(chance, people),
  ];
  const files: Record<string, string | Uint8Array> = Object.assign(
    {},
    common,
    ...parts.map((part) => part.files),
  );
  // People save the same file a second time. That is one file.
  const twice = chance.pick(Object.keys(files).filter((name) => !name.endsWith('.yaml')));
  const dot = twice.lastIndexOf('.');
  const copy = files[twice];
  if (copy !== undefined && chance.chance(0.5)) files[`${twice.slice(0, dot)} (1)${twice.slice(dot)}`] = copy;
  return makeCase(
    AREA,
    `${seed}-${n}`,
    files,
    parts.flatMap((part) => part.statements),
    { profile: profile({ claudePlan: plan, claudeSeats: size + 5, staffCount: size }) },
  );
}

function half(people: readonly Person[]): object {
  return {
    id: '5ea5e100-0000-4000-8000-000000009002',
    displayName: 'Half of staff',
    members: people
      .slice(Math.floor(people.length / 2))
      .map(({ id, email }) => ({ '@odata.type': '#microsoft.graph.user', id, userPrincipalName: email })),
  };
}

function licenses(chance: Dice): string {
  const premium = sku('SPB', BUSINESS_PREMIUM, [
    ['AAD_PREMIUM', '41781fb2-bc02-4b7c-bd55-b576c07bb09d'],
    ['INTUNE_A', 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5'],
  ]);
  const free = sku('FLOW_FREE', 'f30db892-07e9-47e9-837c-80727f46fd3d', [
    ['FLOW_P2_VIRAL', '50e68c76-46c6-4674-81f9-75456511b170'],
  ]);
  return graph('subscribedSkus', chance.chance(0.5) ? [free, premium] : [premium]);
}

function saved(chance: Dice, text: string): string | Uint8Array {
  const how = chance.below(6);
  if (how === 0) return utf16(text);
  if (how === 1) return latin(text);
  if (how === 2) return `\uFEFF${text}`;
  return how === 3 ? text.replaceAll('\n', '\r\n') : text;
}

/** Members and roster: some have left and hold a seat, some are on no roster, and some rosters cannot tell. */
function persons(chance: Dice, people: readonly Person[]): Part {
  const language = chance.pick(LANGUAGES);
  const which = chance.pick([
    'both',
    'both',
    'status',
    'day',
    'day',
    'serial',
    'neither',
    'unreadable',
  ] as const);
  const rest = people.slice(3);
  const gone = chance.chance(0.7) ? rest.filter((_, n) => n % 7 === 2).slice(0, 1 + chance.below(3)) : [];
  const missing = chance.chance(0.3) ? rest.filter((_, n) => n % 7 === 4).slice(0, 1) : [];
  const day = plus(AS_OF, -20 - chance.below(60));
  const row = (person: Person) => {
    const left = gone.includes(person);
    return [
      person.name,
      person.email,
      chance.pick([person.department, '=1+1', '<b>Events</b>', '']),
      ...(which === 'both' || which === 'status' ? [left ? language.gone : language.here] : []),
      ...(which === 'both' || which === 'day' ? [left ? written(day, dated(day, language)) : ''] : []),
      ...(which === 'serial' ? [left ? serial(day) : ''] : []),
      ...(which === 'unreadable' ? [left ? 'soon' : ''] : []),
    ];
  };
  const columns = { both: [3, 4], status: [3], day: [4], serial: [4], unreadable: [4], neither: [] }[which];
  const headings = [0, 1, 2, ...columns].map((n) => language.roster[n] ?? '');
  const roster = csv([headings, ...people.filter((person) => !missing.includes(person)).map(row)], language);
  return {
    files: {
      'members.csv': membersCsv(people),
      [chance.pick(['staff.csv', 'HR/people.csv', 'export.csv'])]: saved(chance, roster),
    },
    statements: aboutPersons(language, which, gone, missing, people.length),
  };
}

function aboutPersons(
  language: Language,
  which: string,
  gone: readonly Person[],
  missing: readonly Person[],
  size: number,
): Statement[] {
  const cannotTell = which === 'neither' || (which === 'unreadable' && gone.length > 0);
  if (cannotTell)
    return [
      noPass('CLA-ACC-07', 'who works here cannot be told'),
      noPass('CLA-M365-17', 'who has left cannot be told'),
      noPass('CLA-OPS-05', 'who has left cannot be told'),
    ];
  if (which === 'unreadable') return [];
  const wrong = gone.length + missing.length > 0;
  if (!language.known) return wrong ? [noPass('CLA-ACC-07', 'somebody has left or is on no roster')] : [];
  return [
    is(
      'CLA-ACC-07',
      wrong ? 'fail' : 'pass',
      wrong ? 'somebody has left or is on no roster' : 'everybody with a seat works here',
    ),
    lists(
      'leavers',
      gone.map(({ email }) => email),
      'these have left and hold a seat',
    ),
    lists(
      'notOnRoster',
      missing.map(({ email }) => email),
      'these are on no roster',
    ),
    counts('staff', size - gone.length - missing.length, 'so many work here'),
    counts('members', size, 'so many hold a seat'),
    ...(gone.length > 0 ? [is('CLA-M365-17', 'fail', 'accounts of people who have left are enabled')] : []),
  ];
}

/** A day of which day and month cannot be told apart is written as nobody can mistake it. */
function dated(day: string, language: Language): Language['dates'] {
  return Number(day.slice(8)) > 12 ? language.dates : 'iso';
}

function acknowledgements(chance: Dice, people: readonly Person[]): Part {
  const language = chance.pick(LANGUAGES);
  const late = chance.chance(0.6) ? people.filter((_, n) => n % 5 === 3).slice(0, 1 + chance.below(2)) : [];
  const style = chance.pick(['absent', 'day', 'yes-no', 'day as yes'] as const);
  const [name, email, version, day, accepted] = language.acknowledgements;
  const value = (person: Person) => {
    const signed = !late.includes(person);
    if (style === 'yes-no') return signed ? language.yes : language.no;
    return signed ? written('2026-09-20', language.dates) : '';
  };
  const listed = style === 'absent' ? people.filter((person) => !late.includes(person)) : people;
  const list = csv(
    [
      [name, email, version, style === 'yes-no' || style === 'day as yes' ? accepted : day],
      ...listed.map((person) => [person.name, person.email, 'v3', value(person)]),
    ],
    language,
  );
  const statements = !language.known
    ? late.length > 0
      ? [noPass('CLA-POL-03', 'somebody has not acknowledged')]
      : []
    : late.length === 0
      ? [is('CLA-POL-03', 'pass', 'everybody has acknowledged')]
      : [
          is('CLA-POL-03', 'fail', 'somebody has not acknowledged'),
          says(
            'CLA-POL-03',
            new RegExp(`\\b${late.length} of ${people.length}\\b`),
            'so many have not acknowledged',
          ),
          ...late.map((person) => says('CLA-POL-03', person.name, 'who has not acknowledged is named')),
        ];
  return { files: { 'acknowledgements.csv': saved(chance, list) }, statements };
}

function connectors(chance: Dice): Part {
  const language = chance.pick(LANGUAGES);
  const flaw = chance.pick(['none', 'open', 'empty', 'heading', 'stranger'] as const);
  const rows = [
    ['Search email', language.always],
    ['Read email', language.always],
    ['Send email', flaw === 'open' ? language.always : flaw === 'empty' ? '' : language.blocked],
    ['Create rules', language.blocked],
    ['Delete', language.blocked],
    [language.others, language.blocked],
  ].map(([action = '', state = '']) => ['Microsoft 365 Outlook', action, state]);
  if (flaw === 'stranger')
    rows.push(['Dropbox', language === ENGLISH ? 'All actions' : language.others, language.ask]);
  const headings =
    flaw === 'heading' ? [language.connectors[0], 'xyz', language.connectors[2]] : language.connectors;
  const statements: Record<typeof flaw, Statement[]> = {
    none: language.known
      ? [
          is('CLA-CON-09', 'pass', 'no action is wider than the charter'),
          is('CLA-CON-06', 'pass', 'every action has a state'),
        ]
      : [],
    open: [
      ...(language.known
        ? [
            is('CLA-CON-09', 'fail', 'sending is always allowed'),
            says('CLA-CON-09', 'Send email', 'the action is named'),
          ]
        : []),
      noPass('CLA-CON-09', 'sending is always allowed'),
      noPass('CLA-CON-10', 'sending is always allowed'),
    ],
    empty: [
      noPass('CLA-CON-06', 'an action has no state'),
      noPass('CLA-CON-09', 'the state of sending is not known'),
      noPass('CLA-CON-10', 'the state of sending is not known'),
    ],
    heading: [
      silent(
        'CLA-CON-09',
        /all other actions[^.]*Always allow/i,
        'that everything is always allowed is written nowhere',
      ),
    ],
    stranger: [
      ...(language.known
        ? [
            is('CLA-CON-04', 'fail', 'a connector is enabled that nobody approved'),
            says('CLA-CON-04', 'Dropbox', 'the connector is named'),
          ]
        : []),
      noPass('CLA-CON-04', 'a connector is enabled that nobody approved'),
    ],
  };
  return {
    files: { 'connectors.csv': saved(chance, csv([headings, ...rows], language)) },
    statements: statements[flaw],
  };
}

function conditionalAccess(chance: Dice, people: readonly Person[]): Part {
  const HALF = '5ea5e100-0000-4000-8000-000000009002';
  const holds = [
    [policy()],
    [policy({ applications: { includeApplications: ['All'] } })],
    [
      policy({ users: { includeUsers: [], includeGroups: [HALF] } }),
      policy({ users: { excludeGroups: [EMERGENCY_GROUP, HALF] } }),
    ],
    [
      policy({ conditions: { locations: { includeLocations: ['AllTrusted'], excludeLocations: [] } } }),
      policy({ conditions: { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } } }),
    ],
  ];
  const gaps = [
    [],
    [policy({ state: 'disabled' })],
    [policy({ conditions: { clientAppTypes: ['other'] } })],
    [policy({ conditions: { platforms: { includePlatforms: ['iOS'], excludePlatforms: [] } } })],
    [policy({ users: { includeUsers: [], includeGroups: [HALF] } })],
    [policy({ users: { excludeUsers: [people[people.length - 1]?.id] } })],
    [
      policy({
        conditions: { devices: { deviceFilter: { mode: 'include', rule: 'device.isCompliant -ne True' } } },
      }),
    ],
    [policy({ grant: { operator: 'OR', builtInControls: ['mfa', 'domainJoinedDevice'] } })],
  ];
  const good = chance.chance(0.4);
  const noise = Array.from({ length: chance.pick([0, 3, 55]) }, (_, n) =>
    policy({
      name: `Other ${n}`,
      applications: { includeApplications: [`5ea5e100-bbbb-4000-8000-${String(n).padStart(12, '0')}`] },
    }),
  );
  return {
    files: { 'ca.json': policies([...noise, ...chance.pick(good ? holds : gaps)]) },
    statements: good
      ? [is('CLA-M365-09', 'pass', 'everybody is asked for MFA')]
      : [is('CLA-M365-09', 'fail', 'not everybody is asked for MFA')],
  };
}

function personalAccounts(chance: Dice, people: readonly Person[]): Part {
  const outside = people
    .filter((_, n) => n % 6 === 5)
    .slice(0, chance.below(4))
    .map(({ email }) => email);
  const strangers = chance.chance(0.4)
    ? [chance.pick(['a@gmail.com', `b@x-${DOMAIN}`, `c@${DOMAIN}.evil.example`])]
    : [];
  const row = (email: string) => ({
    email_address: email,
    name: 'Somebody',
    organization: 'Personal',
    plan_type: 'free',
    in_organization: false,
    created_at: '2026-02-02T09:00:00Z',
  });
  const dns = `; <<>> DiG 9.18.28 <<>> TXT ${DOMAIN}\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4\n;; ANSWER SECTION:\n${DOMAIN}.\t3600\tIN\tTXT\t"anthropic-domain-verification-q8Zk3tVw1x"\n;; WHEN: Mon Nov 23 08:40:11 EST 2026\n`;
  return {
    files: { 'memberships.json': memberships([...outside, ...strangers].map(row), people), 'dig.txt': dns },
    statements: [
      lists('personalAccounts', outside, 'these are outside the workspace'),
      is('CLA-SHA-03', outside.length > 0 ? 'fail' : 'pass', 'whether an account on our domain is outside'),
      ...strangers.map((email) => unlisted('personalAccounts', email, 'an account that is not ours')),
    ],
  };
}

function use(chance: Dice, people: readonly Person[]): Part {
  const heavy = chance.chance(0.5) ? people[people.length - 2] : undefined;
  const rows = people.map((person) => {
    const requests = person === heavy ? 400 * 40 : 80 + chance.below(40);
    return [
      person.email,
      'Chat',
      'claude-sonnet-5',
      requests,
      requests * 900,
      requests * 310,
      (requests * 0.004).toFixed(2),
      '2026-10-25',
      '2026-11-22',
    ];
  });
  return {
    files: {
      'spend.csv': csv([
        [
          'User email',
          'Product',
          'Model',
          'total_requests',
          'total_prompt_tokens',
          'total_completion_tokens',
          'total_net_spend_usd',
          'Start date',
          'End date',
        ],
        ...rows,
      ]),
    },
    statements: heavy
      ? [
          is('CLA-VIS-03', 'fail', 'one person is far above the average'),
          says('CLA-VIS-03', new RegExp(`${heavy.name}|${heavy.email}`), 'the person is named'),
        ]
      : [is('CLA-VIS-03', 'pass', 'nobody is far above the average')],
  };
}
