import { clientsOf, type Person, staff } from '../client.ts';
import { peopleFiles } from '../documents.ts';
import { LANGUAGES, type Language } from '../languages.ts';
import { is, noPass, noPasses, reported, type Statement, says } from '../model.ts';
import { csv, written } from '../text.ts';

const client = clientsOf('languages');
const people = staff(20);
const base = peopleFiles(people);
const leaver = people[11] as Person;
const late = people[9] as Person;

/** Other headings for the same columns in each language. */
const OTHER_HEADINGS: Readonly<Record<string, Language['roster']>> = {
  english: ['Employee name', 'E-mail', 'Team', 'Employment status', 'Termination date'],
  german: ['Mitarbeiter', 'E-Mail-Adresse', 'Bereich', 'Beschäftigungsstatus', 'Austrittsdatum'],
  french: ['Nom complet', 'Courriel', 'Direction', 'Situation', 'Date de départ'],
  spanish: ['Nombre completo', 'Correo', 'Área', 'Situación', 'Fecha de baja'],
  dutch: ['Medewerker', 'E-mail', 'Team', 'Dienstverband', 'Datum uit dienst'],
  italian: ['Nome e cognome', 'E-mail aziendale', 'Ufficio', 'Situazione', 'Data di cessazione'],
  japanese: ['社員名', 'メール', '部門', '雇用状況', '最終出勤日'],
  portuguese: ['Nome completo', 'Endereço de e-mail', 'Área', 'Estado', 'Data de saída'],
};

function roster(language: Language, headings: Language['roster'], which: 'both' | 'status' | 'day'): string {
  const chosen = [0, 1, 2, ...(which === 'day' ? [] : [3]), ...(which === 'status' ? [] : [4])];
  const row = (person: Person) => [
    person.name,
    person.email,
    person.department,
    person === leaver ? language.gone : language.here,
    person === leaver ? written('2026-10-13', language.dates) : '',
  ];
  return csv(
    [headings, ...people.map(row)].map((cells) => chosen.map((n) => cells[n] ?? '')),
    language,
  );
}

const rosters = LANGUAGES.flatMap((language) => {
  const must: Statement[] = language.known
    ? [
        ...reported('ACC-07', 'fail', 'a person who has left holds a seat', leaver.name),
        is('M365-17', 'fail', 'the Entra account of the leaver is still enabled'),
      ]
    : [is('ACC-07', ['fail', 'cannot_read'], 'a leaver holds a seat, or nobody can tell')];
  must.push(
    noPass('M365-17', 'a leaver’s account is enabled'),
    noPass('OPS-05', 'nothing was done for a leaver'),
  );
  return (
    [
      [language.roster, ''],
      [OTHER_HEADINGS[language.name] ?? language.roster, '-2'],
    ] as const
  ).flatMap(([headings, n]) =>
    (['both', 'status', 'day'] as const).map((which) =>
      client(`${language.name}-roster${n}-${which}`)(
        { ...base, 'staff.csv': roster(language, headings, which) },
        must,
      ),
    ),
  );
});

const acknowledgements = LANGUAGES.flatMap((language) => {
  // An empty day may not have been entered yet; a plain "no" means no.
  const must = (plain: boolean) =>
    language.known
      ? [
          is(
            'POL-03',
            plain ? 'fail' : ['fail', 'cannot_read'],
            'one person has not acknowledged the policy in force',
          ),
          says('POL-03', late.name, 'the person who has not acknowledged is named'),
          says('POL-03', /\b(?:1|19) of 20\b/, 'one of twenty is missing, not more and not fewer'),
        ]
      : [noPass('POL-03', 'one person has not acknowledged, or nobody can tell')];
  const [name, email, version, day, accepted] = language.acknowledgements;
  const list = (last: string, value: (person: Person) => string) =>
    csv(
      [
        [name, email, version, last],
        ...people.map((person) => [person.name, person.email, 'v3', value(person)]),
      ],
      language,
    );
  return [
    client(`${language.name}-acknowledgements-dates`)(
      {
        ...base,
        'list.csv': list(day, (person) => (person === late ? '' : written('2026-09-20', language.dates))),
      },
      must(false),
    ),
    client(`${language.name}-acknowledgements-yes-no`)(
      { ...base, 'list.csv': list(accepted, (person) => (person === late ? language.no : language.yes)) },
      must(true),
    ),
  ];
});

const connectors = LANGUAGES.map((language) =>
  client(`${language.name}-connectors`)(
    {
      ...base,
      'connectors.csv': csv(
        [
          language.connectors,
          ['Microsoft 365 Outlook', 'Search email', language.always],
          ['Microsoft 365 Outlook', 'Send email', language.always],
          ['Microsoft 365 Outlook', language.others, language.blocked],
        ],
        language,
      ),
    },
    language.known
      ? [
          ...reported(
            'CON-09',
            'fail',
            'sending mail is always allowed and the charter blocks it',
            'Send email',
          ),
          noPass('CON-10', 'an action that sends is always allowed'),
        ]
      : [...noPasses('sending mail is always allowed, or nobody can tell', 'CON-09 CON-10')],
  ),
);

/** Headings of the domain report in each language; "type of plan" is the column's name in several consoles. */
const REPORTS: Readonly<Record<string, readonly [...headings: string[]]>> = {
  german: ['E-Mail-Adresse', 'Plantyp', 'In der Organisation', 'Erstellt am'],
  french: ['Adresse e-mail', 'Type de forfait', 'Dans l’organisation', 'Créé le'],
  spanish: ['Correo electrónico', 'Tipo de suscripción', 'En la organización', 'Creado el'],
  dutch: ['E-mailadres', 'Type abonnement', 'In de organisatie', 'Aangemaakt op'],
  italian: ['Indirizzo e-mail', 'Tipo di piano', 'Nell’organizzazione', 'Creato il'],
  portuguese: ['Endereço de e-mail', 'Tipo de plano', 'Na organização', 'Criado em'],
};

const reports = LANGUAGES.flatMap((language) => {
  const headings = REPORTS[language.name];
  if (headings === undefined) return [];
  const row = (person: Person) => [
    person.email,
    person === late ? 'pro' : 'team',
    person === late ? language.no : language.yes,
    written('2026-09-14', language.dates),
  ];
  return [
    client(`${language.name}-domain-report`)(
      { ...base, 'domains.csv': csv([headings, ...people.map(row)], language) },
      [
        is('SHA-03', 'fail', 'one person has a personal account'),
        says('SHA-03', late.email, 'whose account it is'),
        says('SHA-04', late.email, 'who has to be contacted'),
      ],
    ),
  ];
});

/** "Baja" means dismissal in Mexico and sick leave in Spain. */
const baja = client('spanish-word-of-two-meanings')(
  {
    ...base,
    'staff.csv': csv(
      [
        ['Nombre', 'Correo electrónico', 'Estado'],
        ...people.map((person) => [person.name, person.email, person === leaver ? 'Baja' : 'Activo']),
      ],
      { separator: ';' },
    ),
  },
  [
    is('ACC-07', ['cannot_read', 'fail'], 'whether one person has left cannot be determined from the word'),
    says('ACC-07', leaver.name, 'the person is named'),
  ],
);

export const languageCases = [baja, ...rosters, ...acknowledgements, ...connectors, ...reports];
