import { AS_OF, clientsOf, type Person, staff } from '../client.ts';
import { acknowledgementsCsv, charter, journal, peopleFiles } from '../documents.ts';
import { file, is, noPass, noPasses, reported, says, silent } from '../model.ts';
import { cells, csv, plus, serial, yaml } from '../text.ts';

const client = clientsOf('policy');
const people = staff(20);
const base = peopleFiles(people);
const late = people[9] as Person;
const unsure = people[14] as Person;

function list(
  headings: readonly string[],
  row: (person: Person) => readonly (string | number)[],
  options = {},
): string {
  return csv([headings, ...people.map(row)], options);
}

function withList(text: string, name = 'acknowledgements.csv') {
  return { ...base, [name]: text };
}
const listOf = (...args: Parameters<typeof list>) => withList(list(...args));

const oneIsMissing = [
  ...reported('POL-03', 'fail', 'one person has not acknowledged the policy in force', late.name),
  says('POL-03', /\b(?:1|19) of 20\b/, 'one of twenty is missing, not more and not fewer'),
];
/** An empty day may not have been entered yet: a fail or a question, always about one person. */
const oneIsEmpty = [
  is('POL-03', ['fail', 'cannot_read'], 'one person has not acknowledged the policy in force'),
  ...oneIsMissing.slice(1),
];

export const policyCases = [
  client('all-acknowledged')(withList(acknowledgementsCsv(people)), [
    is('POL-03', 'pass', 'everyone has acknowledged the policy in force'),
  ]),
  client('one-missing')(withList(acknowledgementsCsv(people.filter((one) => one !== late))), oneIsMissing),
  client('dates-where-yes-or-no-is-expected')(
    listOf(
      ['Name', 'Email', 'Version', 'Acknowledged'],
      (one) => cells`${one.name}|${one.email}|v3|${one === late ? '' : '2026-09-20'}`,
    ),
    oneIsEmpty,
  ),
  client('us-dates-where-yes-or-no-is-expected')(
    listOf(
      ['Name', 'Email', 'Version', 'Accepted'],
      (one) => cells`${one.name}|${one.email}|v3|${one === late ? '' : '9/20/2026'}`,
    ),
    oneIsEmpty,
  ),
  client('serial-numbers-where-yes-or-no-is-expected')(
    listOf(
      ['Name', 'Email', 'Version', 'Acknowledged'],
      (one) => cells`${one.name}|${one.email}|v3|${one === late ? '' : serial('2026-09-20')}`,
    ),
    oneIsEmpty,
  ),
  client('yes-and-no')(
    listOf(
      ['Name', 'Email', 'Version', 'Acknowledged'],
      (one) => cells`${one.name}|${one.email}|v3|${one === late ? 'No' : 'Yes'}`,
    ),
    oneIsMissing,
  ),
  client('words-for-not-yet')(
    listOf(
      ['Name', 'Email', 'Version', 'Acknowledged on'],
      (one) => cells`${one.name}|${one.email}|v3|${one === late ? 'pending' : '2026-09-20'}`,
    ),
    [
      noPass('POL-03', '“pending” is no acknowledgement'),
      says('POL-03', late.name, 'the person who is pending is named'),
    ],
  ),
  client('future-day')(
    listOf(
      ['Name', 'Email', 'Version', 'Acknowledged on'],
      (one) => cells`${one.name}|${one.email}|v3|${one === late ? '2027-09-20' : '2026-09-20'}`,
    ),
    [noPass('POL-03', 'a day that lies ahead is no acknowledgement')],
  ),
  client('older-version')(
    listOf(
      ['Name', 'Email', 'Version', 'Acknowledged on'],
      (one) => cells`${one.name}|${one.email}|${one === late ? 'v2' : 'v3'}|2026-09-20`,
    ),
    oneIsMissing,
  ),
  client('older-and-current-version')(
    withList(
      `${acknowledgementsCsv(people)}${csv([[late.name, late.email, 'Claude policy v2', '2026-01-20']])}`,
    ),
    [is('POL-03', 'pass', 'an older acknowledgement beside the current one counts for nothing')],
  ),
  client('one-person-twice')(
    withList(
      `${acknowledgementsCsv(people.filter((one) => one !== late))}${csv([[unsure.name, unsure.email, 'Claude policy v3', '2026-10-20']])}`,
    ),
    oneIsMissing,
  ),
  client('no-version-column')(
    listOf(['Name', 'Email', 'Acknowledged on'], (one) => [one.name, one.email, '2026-09-20']),
    [
      silent('POL-03', /20 of 20[^.]*not acknowledged/, 'that nobody acknowledged is not what the list says'),
      ...reported(
        'POL-03',
        'cannot_read',
        'a day says nothing of what was signed on it',
        people[3]?.name ?? '',
      ),
    ],
  ),
  client('no-version-column-in-a-file-named-after-the-policy')(
    withList(
      list(['Name', 'Email', 'Acknowledged on'], (one) => [one.name, one.email, '2026-09-20']),
      'Claude policy signatures.csv',
    ),
    [is('POL-03', 'pass', 'the file says which policy was signed, and the days that it was this version')],
  ),
  client('no-version-column-before-publication')(
    listOf(['Name', 'Email', 'Acknowledged on'], (one) => [one.name, one.email, '2026-05-20']),
    [noPass('POL-03', 'the policy in force was not published when these were signed')],
  ),
  client('one-row-without-version')(
    listOf(
      ['Name', 'Email', 'Version', 'Acknowledged on'],
      (one) => cells`${one.name}|${one.email}|${one === unsure ? '' : 'v3'}|2026-09-20`,
    ),
    [
      noPass('POL-03', 'which version one person acknowledged is not written'),
      says('POL-03', unsure.name, 'the person whose version is not written is named'),
    ],
  ),
  client('under-another-name')(
    withList(
      list(
        ['Employee', 'Email address', 'Policy', 'Signed on'],
        (one) => cells`${one.name}|${one.email}|Claude policy v3|${one === late ? '' : '9/20/2026'}`,
      ),
      'sign-off sheet.csv',
    ),
    [
      ...oneIsEmpty,
      file('sign-off sheet.csv', 'taken', 'a list of signatures is a list of acknowledgements'),
    ],
  ),
  client('form-answers')(
    withList(
      list(
        ['Timestamp', 'Email Address', 'I have read and accept the Claude policy v3'],
        (one) => cells`9/20/2026 14:02:11|${one.email}|${one === late ? '' : 'I accept'}`,
      ),
      'responses.csv',
    ),
    [
      file('responses.csv', 'taken', 'answers of a form are a list of acknowledgements'),
      noPass('POL-03', 'one person has not accepted'),
    ],
  ),
  client('learning-system')(
    withList(
      list(
        ['Learner', 'Learner email', 'Course', 'Completion status', 'Completion date'],
        (one) =>
          cells`${one.name}|${one.email}|Claude policy v3|${one === late ? 'In progress' : 'Completed'}|${one === late ? '' : '2026-09-20'}`,
      ),
      'completions.csv',
    ),
    [
      noPass('POL-03', 'one person has not completed it'),
      file('completions.csv', 'taken', 'completions of the policy course are acknowledgements'),
    ],
  ),
  client('acknowledged-by-a-stranger-only')(
    withList(
      csv([
        ['Name', 'Email', 'Version', 'Acknowledged on'],
        ['A Stranger', 'a@other.example', 'v3', '2026-09-20'],
      ]),
    ),
    [is('POL-03', 'fail', 'nobody with a seat has acknowledged')],
  ),
  client('review-without-areas')(
    {
      ...base,
      'journal.yaml': journal(people, {
        reviews: [
          { kind: 'quarterly', on: '2026-10-28', by: people[0]?.name },
          { kind: 'monthly', on: '2026-11-10', by: people[0]?.name },
        ],
      }),
    },
    [
      is('OPS-01', 'pass', 'the review was done in time'),
      is('OPS-03', 'pass', 'the review was done in time'),
      says('OPS-01', /area|cover|what was (?:looked|reviewed)/i, 'that no areas are written is remarked'),
    ],
  ),
  client('review-overdue')(
    {
      ...base,
      'journal.yaml': journal(people, {
        reviews: [{ kind: 'quarterly', on: '2026-06-01', by: people[0]?.name, areas: ['connectors'] }],
      }),
    },
    [is('OPS-01', 'fail', 'the last quarterly review was half a year ago')],
  ),
  client('review-in-the-future')(
    {
      ...base,
      'journal.yaml': journal(people, {
        reviews: [{ kind: 'quarterly', on: plus(AS_OF, 20), by: people[0]?.name, areas: ['connectors'] }],
      }),
    },
    [...noPasses('a review that lies ahead was not done', 'OPS-01 OPS-03')],
  ),
  client('audit-after-consent')(
    {
      ...base,
      'charter.yaml': charter(people, {
        connectors: [
          {
            name: 'Microsoft 365 (SharePoint / OneDrive)',
            sensitivity: 'medium',
            actions: { 'Search content': 'ask', '*': 'blocked' },
          },
        ],
      }),
      'journal.yaml': journal(people, { sharePointAudit: { on: '2026-10-02', by: people[0]?.name } }),
    },
    [is('M365-08', 'fail', 'permissions were audited after consent was given')],
  ),
  client('policy-after-first-invitation')(
    {
      ...base,
      'charter.yaml': charter(people, {
        policy: {
          version: 'v3',
          published: '2026-10-12',
          contact: 'help@teasel.example.org',
          clauses: ['purpose'],
        },
      }),
      'journal.yaml': journal(people, { announcements: [] }),
    },
    [noPass('POL-01', 'the policy was published after first access')],
  ),
  client('statement-that-has-ended')(
    {
      ...base,
      'statements.yaml': yaml({
        attestations: [{ control: 'CLA-ACC-14', holds: true, seen: '2026-03-01', by: people[0]?.name }],
      }),
    },
    [noPass('ACC-14', 'a statement of nine months ago has ended')],
  ),
  client('statement-of-the-future')(
    {
      ...base,
      'statements.yaml': yaml({
        attestations: [{ control: 'CLA-ACC-14', holds: true, seen: plus(AS_OF, 9), by: people[0]?.name }],
      }),
    },
    [noPass('ACC-14', 'nobody has seen what lies ahead')],
  ),
  client('two-statements-that-disagree')(
    {
      ...base,
      'statements.yaml': yaml({
        attestations: [
          { control: 'CLA-ACC-14', holds: true, seen: '2026-11-20', by: people[0]?.name },
          { control: 'CLA-ACC-14', holds: false, seen: '2026-11-20', by: people[1]?.name },
        ],
      }),
    },
    [noPass('ACC-14', 'two people saw the opposite on one day')],
  ),
];
