import { type Dice, type Part, saved } from './chance.ts';
import { AS_OF, type Person } from './client.ts';
import { membersCsv } from './documents.ts';
import { LANGUAGES, type Language } from './languages.ts';
import { counts, is, lists, noPass, type Statement, says } from './model.ts';
import { csv, plus, serial, written } from './text.ts';

/**
 * Members and roster: some people have left and kept a seat, some are on no roster, and some rosters do not show who
 * left.
 */
export function persons(chance: Dice, people: readonly Person[]): Part {
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
      noPass('CLA-ACC-07', 'who works here cannot be determined'),
      noPass('CLA-M365-17', 'who has left cannot be determined'),
      noPass('CLA-OPS-05', 'who has left cannot be determined'),
    ];
  if (which === 'unreadable') return [];
  const wrong = gone.length + missing.length > 0;
  if (!language.known) return wrong ? [noPass('CLA-ACC-07', 'someone has left or is on no roster')] : [];
  return [
    is(
      'CLA-ACC-07',
      wrong ? 'fail' : 'pass',
      wrong ? 'someone has left or is on no roster' : 'everyone with a seat works here',
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

/** A date whose day and month could be confused is written in ISO format. */
function dated(day: string, language: Language): Language['dates'] {
  return Number(day.slice(8)) > 12 ? language.dates : 'iso';
}

export function acknowledgements(chance: Dice, people: readonly Person[]): Part {
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
      ? [noPass('CLA-POL-03', 'someone has not acknowledged')]
      : []
    : late.length === 0
      ? [is('CLA-POL-03', 'pass', 'everyone has acknowledged')]
      : [
          is(
            'CLA-POL-03',
            style === 'day' || style === 'day as yes' ? ['fail', 'cannot_read'] : 'fail',
            'someone has not acknowledged',
          ),
          says(
            'CLA-POL-03',
            new RegExp(`\\b(?:${late.length}|${people.length - late.length}) of ${people.length}\\b`),
            'so many have not acknowledged',
          ),
          ...late.map((person) => says('CLA-POL-03', person.name, 'who has not acknowledged is named')),
        ];
  return { files: { 'acknowledgements.csv': saved(chance, list) }, statements };
}
