import { clientsOf, type Person, staff } from '../client.ts';
import {
  acknowledgementsCsv,
  charter,
  excepted,
  journal,
  offboarded,
  peopleFiles,
  rosterCsv,
} from '../documents.ts';
import { is, noPass, noPasses, says } from '../model.ts';
import { cells, csv, yaml } from '../text.ts';

const client = clientsOf('signatures');
const people = staff(20);
const base = peopleFiles(people);
const [owner, deputy, , , , sixth] = people as [Person, Person, Person, Person, Person, Person];
const left = rosterCsv(people, { [sixth.email]: '2026-10-31' });

const exception = (name: string, approvedBy: string, counts: boolean, ownedBy = owner.name) =>
  client(name)(
    {
      ...base,
      'staff.csv': left,
      'charter.yaml': charter(people, {
        exceptions: [
          excepted('CLA-ACC-07', 'Hands the projects over', ownedBy, '2027-01-15', {
            items: [sixth.email],
            from: '2026-11-01',
            approvedBy,
          }),
        ],
      }),
    },
    [
      is(
        'ACC-07',
        counts ? 'accepted' : 'fail',
        counts ? 'a second person approved it' : 'nobody but its owner approved the exception',
      ),
    ],
  );

const statement = (name: string, by: string, why: string) =>
  client(name)(
    {
      ...base,
      'staff.csv': left,
      'statements.yaml': yaml({
        attestations: [{ control: 'CLA-ACC-12', holds: true, seen: '2026-11-18', by }],
      }),
    },
    [noPass('ACC-12', why), says('ACC-12', by, 'who is said to have looked is named')],
  );

const spend = (last: string) =>
  client(`use-of-${last === '' ? 'an empty cell' : last.replace(/\W/g, ' ')}`)(
    {
      ...base,
      'spend-report-2026-11-01-to-2026-11-23.csv': csv([
        ['user_email', 'product', 'model', 'total_requests', 'total_net_spend_usd', 'total_gross_spend_usd'],
        ...people.map(
          ({ email }, n) => cells`${email}|Chat|claude_opus_4_6|${n === 19 ? last : '100'}|1.20|1.20`,
        ),
      ]),
    },
    [noPass('VIS-03', 'how many requests one person made is not told')],
  );

const { 'charter.yaml': _, ...withoutCharter } = base;

/** Signers of documents: one person with two spellings, people who had left, no one, and a charter of a later day. */
export const signatureCases = [
  exception('exception-by-a-second-person', deputy.name, true),
  exception('exception-by-its-owner-with-the-address', owner.email, false),
  exception('exception-by-its-owner-turned-round', owner.name.split(' ').reverse().join(', '), false),
  exception('exception-by-its-owner-in-capitals', owner.name.toUpperCase(), false),
  exception('exception-by-its-owner-with-a-title', `${owner.name}, IT lead`, false),
  exception('exception-by-nobody', 'TBD', false),
  exception('exception-approved-by-someone-who-left', sixth.name, false),
  exception('exception-approved-by-someone-nobody-knows', 'Mallory Stranger', false),
  exception('exception-approved-by-an-address-nobody-knows', 'mallory@elsewhere.example', false),
  exception('exception-owned-by-someone-who-left', deputy.name, false, sixth.name),
  statement('statement-of-someone-who-had-left', sixth.name, 'who looked did not work here anymore'),
  statement('statement-of-nobody', '?', 'nobody is named'),
  statement('statement-of-a-program', 'Claude', 'a program is no person who looked'),
  client('charter-of-a-later-day')(
    {
      ...withoutCharter,
      'charter.yaml': charter(people, { inForceSince: '2027-01-01' }),
      'acknowledgements.csv': acknowledgementsCsv(people),
    },
    [
      ...noPasses('the charter is not in force yet', 'ACC-01 ACC-04 OPS-02 POL-03'),
      says('ACC-04', /Jan 1, 2027/, 'since when it counts is said'),
    ],
  ),
  client('deputy-is-the-owner-with-a-tag')(
    {
      ...base,
      'charter.yaml': charter(people, {
        governanceDeputy: { name: owner.name, email: owner.email.replace('@', '+deputy@') },
      }),
    },
    [is('OPS-02', 'fail', 'both are one person')],
  ),
  client('connectors-removed-and-the-seat-held')(
    {
      ...base,
      'staff.csv': left,
      'journal.yaml': journal(people, {
        offboardings: [offboarded(sixth.email, '2026-10-31')],
      }),
    },
    [noPass('CON-26', 'the account is there still'), says('CON-26', sixth.name, 'whose account it is')],
  ),
  spend(''),
  spend('1.2k'),
  spend('-900'),
];
