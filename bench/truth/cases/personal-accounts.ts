import { AS_OF, clientsOf, DOMAIN, type Person, profile, staff } from '../client.ts';
import { journal, memberships, peopleFiles } from '../documents.ts';
import { file, is, lists, never, noPass, noPasses, reported, says, silent, unlisted } from '../model.ts';
import { csv, plus } from '../text.ts';

const client = clientsOf('personal accounts');
const people = staff(20);
const base = peopleFiles(people);
const one = people[8] as Person;
const two = people[9] as Person;
const DNS = (...domains: string[]) =>
  domains
    .map(
      (domain) =>
        `; <<>> DiG 9.18.28 <<>> TXT ${domain}\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4\n;; QUESTION SECTION:\n;${domain}.\tIN\tTXT\n\n;; ANSWER SECTION:\n${domain}.\t3600\tIN\tTXT\t"anthropic-domain-verification-q8Zk3tVw1x"\n\n;; WHEN: Mon Nov 23 08:40:11 EST 2026\n`,
    )
    .join('\n');

function outside(email: string, more: object = {}) {
  return {
    email_address: email,
    name: 'Someone',
    organization: 'Personal',
    plan_type: 'free',
    in_organization: false,
    created_at: '2026-02-02T09:00:00Z',
    ...more,
  };
}

function withReport(report: string, more: Record<string, string> = {}, name = 'memberships.json') {
  return { ...base, 'dig.txt': DNS(DOMAIN), [name]: report, ...more };
}

const oneIsOpen = [
  ...reported('SHA-03', 'fail', 'one account on our domain is outside the workspace', /\b1 account/),
  lists('personalAccounts', [one.email], 'the one account is listed'),
  noPass('SHA-04', 'nobody wrote to the holder'),
];

const STRANGERS = [
  ['a mail provider', 'someone@gmail.com'],
  ['another organization', 'someone@other.example'],
  ['a domain that ends like ours', 'someone@notteasel.example.org'],
  ['a domain that begins like ours', 'someone@teasel.example.org.evil.example'],
  ['a domain with a letter that looks like ours', 'someone@teаsel.example.org'],
  ['a domain one letter from ours', 'someone@teasel.example.orq'],
  ['a domain below ours', 'someone@mail.teasel.example.org'],
] as const;

export const personalAccountCases = [
  client('contacted-before-the-account-was-created')(
    withReport(memberships([outside(one.email, { created_at: '2026-11-10T09:00:00Z' })], people), {
      'journal.yaml': journal(people, {
        personalAccounts: [{ email: one.email, state: 'contacted', on: '2026-11-01' }],
      }),
    }),
    [
      noPass('SHA-04', 'nobody was written to about an account that did not exist'),
      says('SHA-04', /created on Nov 10, 2026/, 'since when the account exists is said'),
    ],
  ),
  client('nobody-outside')(withReport(memberships([], people)), [
    is('SHA-03', 'pass', 'every account on our domain is in the workspace'),
    lists('personalAccounts', [], 'nobody is outside'),
  ]),
  client('one-outside')(withReport(memberships([outside(one.email)], people)), oneIsOpen),
  ...STRANGERS.map(([what, email]) =>
    client(`beside-${what.replaceAll(' ', '-')}`)(
      withReport(memberships([outside(one.email), outside(email)], people)),
      [
        ...oneIsOpen,
        unlisted('personalAccounts', email, `${what} is not ours, and nobody may write to it`),
        silent('SHA-04', email, `${what} is not ours, and nobody may write to it`),
      ],
    ),
  ),
  client('capital-letters')(withReport(memberships([outside(one.email.toUpperCase())], people)), oneIsOpen),
  client('same-account-twice')(
    withReport(memberships([outside(one.email), outside(one.email)], people)),
    oneIsOpen,
  ),
  client('camel-case')(
    withReport(
      JSON.stringify({
        domain: DOMAIN,
        memberships: [
          {
            emailAddress: one.email,
            name: one.name,
            organization: 'Personal',
            planType: 'free',
            inOrganization: false,
            createdAt: '2026-02-02T09:00:00Z',
          },
        ],
      }),
    ),
    oneIsOpen,
  ),
  client('data-envelope')(
    withReport(JSON.stringify({ data: [outside(one.email)], has_more: false })),
    oneIsOpen,
  ),
  client('data-envelope-with-more')(
    withReport(JSON.stringify({ data: [], has_more: true, next_page: 'page_2' })),
    [noPass('SHA-03', 'the list goes on and the rest was not saved')],
  ),
  client('csv')(
    withReport(
      csv([
        ['Email address', 'Name', 'Organization', 'Plan', 'In organization', 'Created'],
        [one.email, one.name, 'Personal', 'Free', 'No', '2026-02-02'],
        ...people.map((p) => [p.email, p.name, 'Teasel Guild', 'Team', 'Yes', '2026-09-15']),
      ]),
      {},
      'memberships.csv',
    ),
    oneIsOpen,
  ),
  client('csv-german')(
    withReport(
      csv(
        [
          ['E-Mail-Adresse', 'Name', 'Organisation', 'Tarif', 'In der Organisation', 'Erstellt am'],
          [one.email, one.name, 'Persönlich', 'Free', 'Nein', '02.02.2026'],
          ...people.map((p) => [p.email, p.name, 'Teasel Guild', 'Team', 'Ja', '15.09.2026']),
        ],
        { separator: ';' },
      ),
      {},
      'memberships.csv',
    ),
    oneIsOpen,
  ),
  client('csv-french')(
    withReport(
      csv(
        [
          ['Adresse e-mail', 'Nom', 'Organisation', 'Forfait', "Dans l'organisation", 'Créé le'],
          [one.email, one.name, 'Personnel', 'Free', 'Non', '02/02/2026'],
          ...people.map((p) => [p.email, p.name, 'Teasel Guild', 'Team', 'Oui', '15/09/2026']),
        ],
        { separator: ';' },
      ),
      {},
      'memberships.csv',
    ),
    oneIsOpen,
  ),
  client('csv-spanish')(
    withReport(
      csv(
        [
          ['Correo electrónico', 'Nombre', 'Organización', 'Plan', 'En la organización', 'Creado el'],
          [one.email, one.name, 'Personal', 'Free', 'No', '02/02/2026'],
          ...people.map((p) => [p.email, p.name, 'Teasel Guild', 'Team', 'Sí', '15/09/2026']),
        ],
        { separator: ';' },
      ),
      {},
      'memberships.csv',
    ),
    oneIsOpen,
  ),
  client('membership-column-missing')(
    withReport(
      JSON.stringify({
        domain: DOMAIN,
        memberships: [
          {
            email_address: 'not.a.member@teasel.example.org',
            name: 'Not A Member',
            plan_type: 'pro',
            created_at: '2026-02-02T09:00:00Z',
          },
        ],
      }),
    ),
    [noPass('SHA-03', 'an account of a personal plan, by someone without a seat')],
  ),
  client('membership-unreadable')(
    withReport(memberships([outside(one.email, { in_organization: 'unsure' })], people)),
    [noPass('SHA-03', 'of one account it is not known where it belongs')],
  ),
  client('two-domains-in-two-reports-of-one-day')(
    {
      ...withReport(memberships([outside(one.email)], people)),
      'memberships second.json': JSON.stringify({
        domain: 'thistle.example.org',
        memberships: [outside('kim@thistle.example.org')],
      }),
      'dig.txt': DNS(DOMAIN, 'thistle.example.org'),
    },
    [
      lists(
        'personalAccounts',
        [one.email, 'kim@thistle.example.org'],
        'each report lists an account of its own domain',
      ),
      says('SHA-03', 'kim@thistle.example.org', 'the account of the second report is not lost'),
    ],
    { profile: profile({ domains: [DOMAIN, 'thistle.example.org'] }) },
  ),
  client('two-reports-of-one-day')(
    {
      ...withReport(memberships([outside(one.email)], people)),
      'memberships (1).json': memberships([outside(two.email)], people),
    },
    [
      noPass('SHA-03', 'each of two reports of one day lists an account'),
      says('SHA-03', new RegExp(`${one.email}|memberships`), 'neither report is lost'),
    ],
  ),
  ...(
    [
      ['written', 'bücher.example'],
      ['punycode', 'xn--bcher-kva.example'],
      ['capitals', 'BÜCHER.example'],
    ] as const
  ).map(([how, domain]) =>
    client(`international-domain-${how}`)(
      {
        ...peopleFiles(staff(20, 'xn--bcher-kva.example')),
        'dig.txt': DNS('xn--bcher-kva.example'),
        'memberships.json': JSON.stringify({ domain, memberships: [outside(`anna@${domain}`)] }),
      },
      [...reported('SHA-03', 'fail', 'an account on our domain, in another form of its name', /anna@/i)],
      { profile: profile({ domains: ['xn--bcher-kva.example'] }) },
    ),
  ),
  client('closed-and-listed-again')(
    withReport(memberships([outside(one.email)], people), {
      'journal.yaml': journal(people, {
        personalAccounts: [{ email: one.email, state: 'closed', on: '2026-11-10' }],
      }),
    }),
    [is('SHA-03', 'fail', 'a later report still lists what was called closed')],
  ),
  client('closed-and-not-reported-since')(
    {
      ...withReport(memberships([outside(one.email)], people), {
        'journal.yaml': journal(people, {
          personalAccounts: [{ email: one.email, state: 'closed', on: '2026-11-20' }],
        }),
      }),
    },
    [noPass('SHA-03', 'only the next report shows that it is closed')],
    { saved: { 'memberships.json': '2026-11-12' } },
  ),
  client('old-report')(
    withReport(memberships([], people)),
    [...noPasses('the report is two months old', 'SHA-02 SHA-03')],
    { saved: { 'memberships.json': plus(AS_OF, -60) } },
  ),
  client('domain-not-verified')(
    {
      ...base,
      'memberships.json': memberships([], people),
      'dig.txt': DNS(DOMAIN).replace('anthropic-domain-verification-q8Zk3tVw1x', 'v=spf1 -all'),
    },
    [
      noPass('SHA-02', 'a report speaks for verified domains only'),
      is('ACC-10', 'fail', 'the record is not in DNS'),
    ],
  ),
  client('dns-that-failed')(
    {
      ...base,
      'dig.txt': DNS(DOMAIN)
        .replace('NOERROR', 'SERVFAIL')
        .replace(/;; ANSWER SECTION:\n.*\n/, ''),
    },
    [
      noPass('ACC-10', 'a look-up that failed is neither yes nor no'),
      never('ACC-10', ['fail'], 'a look-up that failed is neither yes nor no'),
    ],
  ),
  client('login-page')(
    withReport(
      '<!DOCTYPE html><html><head><title>Claude - Log in</title></head><body></body></html>',
      {},
      'memberships.csv',
    ),
    [
      noPass('SHA-03', 'there is no report'),
      file(
        'memberships.csv',
        ['malformed', 'not_placed'],
        'a sign-in page is said to be one',
        /web page|sign-in page|login page|HTML/i,
      ),
    ],
  ),
];
