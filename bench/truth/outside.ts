import { clientsOf, type Person, profile, staff } from './client.ts';
import { charter, journal, membersCsv, rosterCsv } from './documents.ts';
import { noPasses, type Statement } from './model.ts';

/** Creates a case written by someone who had not read a rule or an importer. */
export const outsideCase = clientsOf('outside');

export const at = (people: readonly Person[], n: number) => people[n] as Person;
export const first = ({ name }: Person) => name.split(' ')[0] ?? '';
export const last = ({ name }: Person) => name.split(' ').slice(1).join(' ');

const numbered = (area: string, numbers: readonly number[]) =>
  numbers.map((n) => `CLA-${area}-${String(n).padStart(2, '0')}`);

/** Controls that only one source can show, by source, with the source's name. */
const SHOWN_BY = {
  members: ['the members', numbered('ACC', [2, 4, 5, 6, 7, 8, 13, 20])],
  settings: [
    'the settings of the organization',
    [...numbered('ACC', [11, 12, 14, 15, 19]), ...numbered('CON', [15, 17])],
  ],
  states: ['the states of the connectors', numbered('CON', [4, 6, 9, 10, 11, 12])],
  events: ['the events of the organization', [...numbered('CON', [18, 20]), ...numbered('VIS', [4, 5, 16])]],
  domains: ['the accounts on the domain', [...numbered('SHA', [1, 2, 3, 4]), 'CLA-ACC-10']],
  policies: ['Conditional Access', numbered('M365', [9, 10, 11, 12, 13])],
  applications: ['the applications in Entra', [...numbered('M365', [2, 3, 4, 5, 6]), 'CLA-SHA-05']],
  'sign-ins': ['the sign-ins', [...numbered('M365', [16, 19]), 'CLA-VIS-10']],
  users: ['the accounts in Entra', ['CLA-M365-17']],
  use: ['the figures of use', [...numbered('VIS', [1, 3, 8, 9]), 'CLA-CON-30']],
  acknowledgments: ['the acknowledgments', numbered('POL', [3, 6, 7, 8])],
  journal: [
    'the journal',
    [
      ...numbered('CON', [1, 3, 5, 31]),
      ...numbered('OPS', [1, 3, 4, 7, 12, 13]),
      ...numbered('SHA', [6, 11, 12]),
      ...numbered('M365', [7, 8, 20, 22]),
      'CLA-VIS-02',
    ],
  ],
  charter: [
    'the charter',
    [
      ...numbered('CON', [2, 7, 16, 19, 28, 29, 32]),
      ...numbered('OPS', [2, 6, 8]),
      ...numbered('POL', [2, 4, 5]),
      'CLA-VIS-13',
    ],
  ],
  statements: ['what a person saw', [...numbered('SHA', [8, 9]), ...numbered('VIS', [11, 12])]],
} as const;

type Source = keyof typeof SHOWN_BY;

/** Statements that nothing passes for which one of these sources is needed. */
export const without = (...sources: readonly Source[]): Statement[] =>
  sources.flatMap((source) => {
    const [name, controls] = SHOWN_BY[source];
    return noPasses(`${name} were not given`, controls);
  });

/** Statements that nothing passes that needs any other source than these. */
export const onlyGiven = (...given: readonly Source[]): Statement[] =>
  without(...(Object.keys(SHOWN_BY) as Source[]).filter((source) => !given.includes(source)));

/** A client at its own domain with everything in order; cases change what they are about. */
export function association(name: string, domain: string, count = 12) {
  const people = staff(count, domain);
  const decided = (more: object = {}) =>
    charter(people, {
      inviteDomains: [domain],
      ...more,
    });
  return {
    people,
    profile: (more: object = {}) => profile({ name, domains: [domain], staffCount: count, ...more }),
    charter: decided,
    files: (more: Readonly<Record<string, string | Uint8Array>> = {}) => ({
      'members.csv': membersCsv(people),
      'staff.csv': rosterCsv(people),
      'charter.yaml': decided(),
      'journal.yaml': journal(people),
      ...more,
    }),
  };
}
