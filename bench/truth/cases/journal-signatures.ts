import { clientsOf, type Person, staff } from '../client.ts';
import { charter, journal, peopleFiles, rosterCsv } from '../documents.ts';
import { is, noPass, reported, type Statement, says } from '../model.ts';
import { cells } from '../text.ts';

const client = clientsOf('signatures');
const people = staff(20);
const base = peopleFiles(people);
const [owner, , , , , sixth] = people as [Person, Person, Person, Person, Person, Person];
const left = rosterCsv(people, { [sixth.email]: '2026-08-31' });
const { 'staff.csv': _, ...withoutRoster } = base;
const AREAS = cells`connectors|user_access|personal_accounts|usage|permission_changes|m365_permissions`;

const journalOf = (name: string, more: object, statements: readonly Statement[]) =>
  client(name)({ ...base, 'staff.csv': left, 'journal.yaml': journal(people, more) }, statements);

const reviewsBy = (by: string) => ({
  reviews: [
    { kind: 'quarterly', on: '2026-10-28', by, areas: AREAS },
    { kind: 'monthly', on: '2026-11-10', by, areas: AREAS },
    { kind: 'scopes', on: '2026-11-10', by },
  ],
});

const reviewed = ['CLA-OPS-01', 'CLA-OPS-03', 'CLA-OPS-04', 'CLA-VIS-02'];

const done = (key: string, control: string, more: object = {}) =>
  journalOf(
    `journal-${key}-of-someone-who-had-left`,
    { [key]: { on: '2026-11-10', by: sixth.name, ...more } },
    [noPass(control, 'whoever is said to have done it had left ten weeks before')],
  );

/** Authors of journal entries: people who had left by that day, or never worked here, do not count. */
export const journalSignatureCases = [
  journalOf(
    'reviews-of-someone-who-had-left',
    reviewsBy(sixth.name),
    reviewed.flatMap((control) => [
      noPass(control, 'whoever reviewed it had left'),
      says(control, sixth.name, 'whose review does not count is said'),
    ]),
  ),
  journalOf(
    'reviews-of-someone-nobody-knows',
    reviewsBy('Mallory Stranger'),
    reviewed.flatMap((control) => [
      noPass(control, 'nobody knows who reviewed it'),
      says(control, /Mallory Stranger/, 'whose review does not count is said'),
    ]),
  ),
  journalOf(
    'reviews-of-someone-who-left-later',
    {
      reviews: [{ kind: 'quarterly', on: '2026-08-28', by: sixth.name, areas: AREAS }],
      nextReview: '2026-11-26',
      firstInvitation: '2026-08-20',
    },
    [is('OPS-01', 'pass', 'the reviewer worked here on the day of the review')],
  ),
  client('reviews-where-no-roster-is-given')(
    { ...withoutRoster, 'journal.yaml': journal(people, reviewsBy(sixth.name)) },
    ['OPS-01', 'OPS-03', 'OPS-04'].flatMap((control) =>
      reported(
        control,
        'cannot_read',
        'nothing shows that the reviewer had not left',
        `whether ${sixth.name} worked here`,
      ),
    ),
  ),
  client('reviews-of-someone-whom-an-old-roster-shows-as-gone')(
    {
      ...withoutRoster,
      'Staff 2026-06-10.csv': rosterCsv(people, { [sixth.email]: '2026-05-29' }),
      'journal.yaml': journal(people, reviewsBy(sixth.name)),
    },
    reviewed.flatMap((control) => [
      noPass(control, 'whoever reviewed it had left half a year before'),
      says(control, sixth.name, 'whose review does not count is said'),
    ]),
  ),
  journalOf(
    'monthly-review-that-names-no-areas',
    { reviews: [{ kind: 'monthly', on: '2026-11-10', by: owner.name }] },
    [
      is('OPS-03', 'pass', 'the monthly review was done'),
      noPass('OPS-04', 'a monthly review that says nothing of permissions is no review of the quarter'),
    ],
  ),
  done('discoveryReview', 'CLA-SHA-12'),
  done('explainedToLeadership', 'CLA-CON-31'),
  done('dlpTest', 'CLA-M365-20', { blocked: true }),
  done('connectorInventory', 'CLA-CON-01'),
  client('charter-approved-by-someone-who-had-left')(
    {
      ...base,
      'staff.csv': left,
      'charter.yaml': charter(people, { inForceSince: '2026-09-12', approvedBy: [sixth.name] }),
    },
    [
      noPass('CON-07', 'who approved it had left before it came into force'),
      says('CON-07', sixth.name, 'whose approval does not count is said'),
    ],
  ),
  client('charter-approved-by-two-of-whom-one-had-left')(
    {
      ...base,
      'staff.csv': left,
      'charter.yaml': charter(people, { inForceSince: '2026-09-12', approvedBy: [sixth.name, owner.name] }),
    },
    [is('CON-07', 'pass', 'the other one works here')],
  ),
  client('deputy-named-without-an-address-who-has-left')(
    {
      ...base,
      'staff.csv': left,
      'charter.yaml': charter(people, { governanceDeputy: { name: sixth.name } }),
    },
    [...reported('OPS-02', 'fail', 'the deputy has left', sixth.name)],
  ),
];
