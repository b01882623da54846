import { DOMAIN, profile, staff } from '../client.ts';
import { charter, journal, membersCsv, peopleFiles, probed } from '../documents.ts';
import { sku } from '../microsoft.ts';
import { is, lists, noPass, reported, says, unlisted } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { acknowledgementTable, membershipTable } from '../tables.ts';
import { graph, yaml } from '../text.ts';

/** Personal accounts that reappear, unknown people with seats, licenses that were canceled. */
function personalAccountsComeBack() {
  const people = staff(14);
  const [back, never_, closed, fresh] = [at(people, 4), at(people, 5), at(people, 6), at(people, 7)];
  const seats = [
    ...people.map((one, n) => (n === 1 ? { ...one, email: 'bruno.brenner@gmail.com' } : one)),
    { ...at(people, 0), name: 'Info Desk', email: `info@${DOMAIN}`, role: 'User' as const },
    { ...at(people, 0), name: 'Pat Auditor', email: 'pat@ledger-cpa.example', role: 'User' as const },
  ];
  const report = (rows: readonly (readonly string[])[]) =>
    membershipTable([
      ...people.map(({ email }) => [email, 'Teasel Guild', 'team', 'Yes', '2026-09-15']),
      ...rows,
    ]);
  const personal = (email: string, created: string) => [email, 'Personal', 'pro', 'No', created];
  return outsideCase('personal-accounts-that-come-back')(
    {
      ...peopleFiles(people),
      'members.csv': membersCsv(seats),
      'charter.yaml': charter(people, { network: { tenantRestriction: true, blockClaude: true } }),
      'journal.yaml': journal(people, {
        personalAccounts: [
          { email: back.email, state: 'closed', on: '2026-10-10' },
          { email: closed.email, state: 'closed', on: '2026-10-12' },
          { email: never_.email, state: 'found', on: '2026-10-01' },
        ],
        tenantRestrictionProbe: probed('2026-11-10', at(people, 0).name, 'misconfigured', 'allowed'),
        networkBlockProbe: {
          on: '2026-11-10',
          by: at(people, 0).name,
          guestNetwork: 'allowed',
          managedDevice: 'allowed',
        },
        announcements: [{ on: '2026-09-12', by: at(people, 0).name, about: 'policy', recipients: 14 }],
      }),
      'attestations.yaml': yaml({
        attestations: [{ control: 'CLA-SHA-01', holds: true, seen: '2026-10-01', by: at(people, 0).name }],
      }),
      'domain memberships 2026-09-30.csv': report([
        personal(back.email, '2025-03-03'),
        personal(never_.email, '2025-03-04'),
        personal(closed.email, '2025-03-05'),
      ]),
      'domain memberships 2026-11-18.csv': report([
        personal(back.email, '2025-03-03'),
        personal(never_.email, '2025-03-04'),
        personal(fresh.email, '2026-11-12'),
      ]),
      'nslookup.txt': `Server:  dc01.${DOMAIN}\nAddress:  10.0.0.10\n\nNon-authoritative answer:\n${DOMAIN}\ttext =\n\n\t"v=spf1 include:spf.protection.outlook.com -all"\n${DOMAIN}\ttext =\n\n\t"openai-domain-verification=dv-a1b2c3d4"\n`,
      'skus.json': graph('subscribedSkus', [
        sku(
          'SPB',
          'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46',
          [
            ['AAD_PREMIUM', '41781fb2-bc02-4b7c-bd55-b576c07bb09d'],
            ['INTUNE_A', 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5'],
          ],
          { capabilityStatus: 'Suspended', prepaidUnits: { enabled: 0, suspended: 25, warning: 0 } },
        ),
      ]),
      'acknowledgements.csv': acknowledgementTable([
        ...people.slice(0, 12).map((one) => [one.name, one.email, 'Claude policy v3', '2026-09-20']),
      ]),
    },
    [
      ...reported('ACC-05', 'fail', 'an Owner signs in with Gmail', 'bruno.brenner@gmail.com'),
      ...reported('ACC-06', 'fail', 'two seats are elsewhere', 'pat@ledger-cpa.example'),
      noPass('ACC-03', 'the second owner is at an address that nobody here can recover'),
      is('ACC-04', 'fail', 'the Owner at Gmail is not in the charter'),
      noPass('ACC-08', 'a desk holds a seat'),
      noPass('ACC-09', 'nobody decided on the auditor'),
      noPass('ACC-10', 'the record is not in DNS'),
      noPass('ACC-13', 'a desk and an auditor are nobody on the roster'),
      is('SHA-01', 'fail', 'an account was opened on 12 November, after the statement'),
      says('SHA-01', new RegExp(`${fresh.name}|${fresh.email}`), 'whose it is'),
      is('SHA-03', 'fail', 'three accounts are open'),
      lists(
        'personalAccounts',
        [back, never_, fresh].map(({ email }) => email),
        'three accounts are open',
      ),
      unlisted('personalAccounts', closed.email, 'this one is in the report no more'),
      noPass('SHA-04', 'two were never written to'),
      noPass('SHA-06', 'the header is set wrongly'),
      noPass('SHA-07', 'not everyone has acknowledged'),
      noPass('SHA-08', 'nobody decided on the app'),
      noPass('SHA-09', 'nobody tested uploads'),
      noPass('SHA-10', 'guests reach Claude'),
      noPass('SHA-11', 'nobody was told that organization accounts replace personal ones'),
      noPass('SHA-12', 'nobody looked'),
      noPass('M365-01', 'the license is suspended'),
      noPass('POL-03', 'not everyone has acknowledged'),
      is('ACC-02', 'pass', 'a Primary Owner and one Owner'),
      is('ACC-18', 'pass', 'sixteen of sixty'),
    ],
    { profile: profile({ swg: 'netskope', staffCount: 14 }) },
  );
}

export const outsideAccounts = [personalAccountsComeBack()];
