import { clientsOf, staff } from '../client.ts';
import { acknowledgementsCsv, charter, peopleFiles } from '../documents.ts';
import { is, never, noPass, noPasses, says } from '../model.ts';
import { acknowledgementTable } from '../tables.ts';
import { cells, csv } from '../text.ts';

const client = clientsOf('policy');
const people = staff(12);
const base = peopleFiles(people);

/** Everyone acknowledged a document of the given name. */
const called = (document: string) =>
  acknowledgementTable(people.map(({ name, email }) => [name, email, document, '2026-09-20']));
/** The list has a version column, and names its document elsewhere. */
const numbered = csv([
  ['Full name', 'Work email', 'Policy version', 'Acknowledged on'],
  ...people.map(({ name, email }) => cells`${name}|${email}|v3|2026-09-20`),
]);

const drafts = [
  ['draft', 'Claude policy v3 - DRAFT'],
  ['proposed', 'Claude policy v3 (proposed)'],
  ['board-review', 'Claude policy v3 for board review'],
  ['unsigned', 'Claude policy v3 (unsigned)'],
  ['not-approved', 'Claude policy v3, not yet approved'],
  ['superseded', 'Claude policy v3 SUPERSEDED'],
  ['german-draft', 'Claude-Richtlinie v3 (Entwurf)'],
  ['french-draft', 'Politique Claude v3 - brouillon'],
  ['spanish-draft', 'Política de Claude v3 (borrador)'],
] as const;

const notAnswered = (text: string) => [
  noPass('POL-03', 'what was acknowledged is not in force'),
  never('POL-03', ['fail'], 'it may have been adopted as it was'),
  says('POL-03', text, 'what the list calls it'),
];

/** Acknowledgments of a draft, and of the version in force. */
export const policyDraftCases = [
  ...drafts.map(([name, document]) =>
    client(`acknowledged-${name}`)(
      { ...base, 'acknowledgements.csv': called(document) },
      notAnswered(document),
    ),
  ),
  client('file-of-a-draft')(
    { ...base, 'Claude policy v3 DRAFT signatures.csv': numbered },
    notAnswered('Claude policy v3 DRAFT'),
  ),
  client('line-of-a-draft')(
    { ...base, 'acknowledgements.csv': `Claude policy v3 for board review,,,\n\n${numbered}` },
    notAnswered('for board review'),
  ),
  client('draft-and-final')(
    {
      ...base,
      'acknowledgements.csv': acknowledgementTable(
        people.flatMap(({ name, email }) => [
          [name, email, 'Claude policy v3 - DRAFT', '2026-09-05'],
          [name, email, 'Claude policy v3', '2026-09-20'],
        ]),
      ),
    },
    [is('POL-03', 'pass', 'everyone acknowledged the final text')],
  ),
  client('list-for-the-board')(
    { ...base, 'Policy acknowledgments for board review.csv': acknowledgementsCsv(people) },
    [is('POL-03', 'pass', 'the list is for the board, and the policy is in force')],
  ),
  client('charter-states-a-draft')(
    {
      ...base,
      'charter.yaml': charter(people, {
        policy: {
          version: 'v4 - DRAFT',
          published: '2026-09-12',
          approvedBy: people[0]?.name,
          contact: 'help@teasel.example.org',
        },
      }),
      'acknowledgements.csv': called('Claude policy v4 - DRAFT'),
    },
    noPasses('the charter itself calls the policy a draft', 'POL-01 POL-02 POL-03 POL-04'),
  ),
];
