import { clientsOf, type Person, staff } from '../client.ts';
import { peopleFiles } from '../documents.ts';
import { file, is, noPass, noPasses, nowhere, says, silent } from '../model.ts';
import { cells, csv } from '../text.ts';

const client = clientsOf('files');
const people = staff(20);
const base: Record<string, string> = peopleFiles(people);
const heavy = people[7] as Person;

function spend(
  rows: readonly (readonly (string | number)[])[],
  headings = cells`User email|Account UUID|Product|Model|Model family|total_requests|total_prompt_tokens|total_completion_tokens|total_net_spend_usd|total_gross_spend_usd|Start date|End date`,
): string {
  return csv([headings, ...rows]);
}

const use = (person: Person, requests: number): readonly (string | number)[] => [
  person.email,
  `acct-${person.id.slice(-4)}`,
  'Chat',
  'claude-sonnet-5',
  'Sonnet',
  requests,
  requests * 900,
  requests * 310,
  requests * 0.004,
  requests * 0.004,
  '2026-10-25',
  '2026-11-22',
];
const lists = (requests: (person: Person) => number) =>
  spend(people.map((person) => use(person, requests(person))));

export const usageCases = [
  client('heavy-user')({ ...base, 'spend.csv': lists((person) => (person === heavy ? 2000 : 100)) }, [
    is('VIS-03', 'fail', 'one person is above five times the average'),
    says('VIS-03', new RegExp(`${heavy.name}|${heavy.email}`), 'the person is named'),
    is('VIS-01', 'cannot_read', 'on Team a spend report lists only use above the seats'),
  ]),
  client('even-use')({ ...base, 'spend.csv': lists(() => 100) }, [
    is('VIS-03', 'pass', 'nobody is above the average'),
  ]),
  client('use-in-two-files-of-one-period')(
    {
      ...base,
      'spend.csv': lists((person) => (person === heavy ? 2000 : 100)),
      'spend (1).csv': lists((person) => (person === heavy ? 2000 : 100)),
    },
    [
      says('VIS-03', /2,?000/, 'the same report twice is not twice the use'),
      silent('VIS-03', /4,?000/, 'the same report twice is not twice the use'),
    ],
  ),
  client('use-of-several-models')(
    {
      ...base,
      'spend.csv': spend([
        ...people.map((person) => use(person, 100)),
        ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => use(heavy, 150 + n)),
      ]),
    },
    [is('VIS-03', 'fail', 'the lines of one person together are above five times the average')],
  ),
  client('use-not-stated')(
    { ...base, 'spend.csv': spend(people.slice(0, 3).map((person) => use(person, 100))) },
    [
      nowhere(
        /never used Claude|have not used Claude|17 (?:people|members)[^"]{0,40}(?:0|no) (?:requests|use)/i,
        'on seats a spend report lists only use above the allotment',
      ),
    ],
  ),
  client('spend-without-a-period')(
    {
      ...base,
      'spend.csv': spend(
        people.map((person) => use(person, 100).slice(0, 10)),
        cells`User email|Account UUID|Product|Model|Model family|total_requests|total_prompt_tokens|total_completion_tokens|total_net_spend_usd|total_gross_spend_usd`,
      ),
    },
    [
      ...noPasses('which days the file covers is not known', 'VIS-01 VIS-08'),
      file('spend.csv', 'taken', 'the period is asked for', /period|which days|from when|dates/i),
    ],
  ),
  client('spend-in-data-form')(
    {
      ...base,
      'spend.json': JSON.stringify({
        data: people.map((person) => ({
          actor: {
            type: 'user_actor',
            user_id: `user_${person.id}`,
            email: person.email,
            name: person.name,
            deleted: false,
          },
          starting_at: '2026-10-25T00:00:00Z',
          ending_at: '2026-11-22T00:00:00Z',
          requests: person === heavy ? 2000 : 100,
          product: 'chat',
          model: 'claude-sonnet-5',
        })),
        has_more: false,
        next_page: null,
      }),
    },
    [file('spend.json', 'taken', 'a usage report in the vendor’s own envelope is one')],
  ),
  client('usage-screen-transcribed')(
    {
      ...base,
      'usage screen.csv': csv([
        ['Member', 'Messages', 'Projects', 'Last active'],
        ...people.map((person) => [person.name, person === heavy ? 900 : 40, 2, '2026-11-20']),
      ]),
    },
    [
      file(
        'usage screen.csv',
        'taken',
        'figures that someone wrote down from the screen are figures of use',
        /period|which days|from when|dates/i,
      ),
      noPass('VIS-01', 'which days the screen showed is not written'),
    ],
  ),
  client('usage-with-a-formula')(
    { ...base, 'spend.csv': lists(() => 100).replace('100,90000', '=1+99,90000') },
    [file('spend.csv', 'taken', 'a formula in place of a number is named', /=1\+99|formula/i)],
  ),
  client('usage-in-german-numbers')(
    {
      ...base,
      'spend.csv': csv(
        [
          ['User email', 'total_requests', 'total_net_spend_usd', 'Start date', 'End date'],
          ...people.map(
            (person) =>
              cells`${person.email}|${person === heavy ? '2.000' : '100'}|8,00|25.10.2026|22.11.2026`,
          ),
        ],
        { separator: ';' },
      ),
    },
    [noPass('VIS-03', 'two thousand written with a dot is not two')],
  ),
];
