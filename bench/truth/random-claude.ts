import { type Dice, type Part, saved } from './chance.ts';
import { DOMAIN, EMERGENCY_GROUP, type Person } from './client.ts';
import { memberships } from './documents.ts';
import { ENGLISH, LANGUAGES } from './languages.ts';
import { policies, policy } from './microsoft.ts';
import { is, lists, noPass, type Statement, says, silent, unlisted } from './model.ts';
import { csv } from './text.ts';

export function connectors(chance: Dice): Part {
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

export function conditionalAccess(chance: Dice, people: readonly Person[]): Part {
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
      ? [is('CLA-M365-09', 'pass', 'everyone is asked for MFA')]
      : [is('CLA-M365-09', 'fail', 'not everyone is asked for MFA')],
  };
}

export function personalAccounts(chance: Dice, people: readonly Person[]): Part {
  const outside = people
    .filter((_, n) => n % 6 === 5)
    .slice(0, chance.below(4))
    .map(({ email }) => email);
  const strangers = chance.chance(0.4)
    ? [chance.pick(['a@gmail.com', `b@x-${DOMAIN}`, `c@${DOMAIN}.evil.example`])]
    : [];
  const row = (email: string) => ({
    email_address: email,
    name: 'Someone',
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
      is(
        'CLA-SHA-03',
        outside.length > 0 ? 'fail' : strangers.length > 0 ? ['pass', 'cannot_read'] : 'pass',
        'whether an account on our domain is outside',
      ),
      ...strangers.map((email) => unlisted('personalAccounts', email, 'an account that is not ours')),
    ],
  };
}

export function use(chance: Dice, people: readonly Person[]): Part {
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
