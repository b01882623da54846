/** The fictional people of the Alder Society. The domain is reserved for examples. */
export const DOMAIN = 'alder.example.org';

export interface Staff {
  readonly name: string;
  readonly mail: string;
  readonly department: string;
  readonly number: string;
  readonly starts: string;
  /** Last day of work; empty: current staff. */
  readonly ends: string;
}

const FIRST =
  'Mara Ragnar Dana Soren Edda Cosmo Priya Malik Ines Teodor Yara Felix Noemi Callum Greta Omar Linnea Hugo Zuri Anton Freya Matteo Selma Rafael Ivana Desmond Thea Karim Odette Jonas Mireille Caspian Wanda Levi Amina Patrick Sunniva Nico Esther Bastian Clara Dmitri Farah Gideon Helena Idris Johanna Kofi Leonie Marcus Nadia Oskar Paloma Quentin Rosa Silvan Tamsin Viktor'.split(
    ' ',
  );
const LAST =
  'Ellingsworth Lindqvist Whitlock Vantongeren Rosencrantz-Bell Farquharson Raman Osborne Calderon Brandt Haddad Moreau Keller Sinclair Holm Nasser Bergstrom Castellan Adeyemi Petrov Nordahl Ricci Kaplan Duarte Kovac Achebe Lund Rahman Fontaine Weiss Gauthier Thorne Novak Abrams Diallo Brennan Solberg Marino Feldman Hartmann Vidal Orlov Siddiqui Rothman Lindgren Bello Frisk Mensah Baumann Quill Sorokin Ekdahl Reyes Beaumont Tallis Iversen Wyndham Zeller'.split(
    ' ',
  );
const DEPARTMENTS = [
  'Membership',
  'Certification',
  'Events',
  'Education',
  'Finance',
  'Research',
  'Communications',
  'Technology',
  'Policy',
  'Library',
];

export const mailOf = (name: string) =>
  `${name.toLowerCase().replaceAll(' ', '.').replaceAll('’', '')}@${DOMAIN}`;

/** The 58 people who are on the roster and have a seat. */
export const SEATED: readonly Staff[] = FIRST.map((first, index) => {
  const name = `${first} ${LAST[index] ?? ''}`;
  return person(
    name,
    index,
    `20${String(12 + (index % 13)).padStart(2, '0')}-${String(1 + (index % 12)).padStart(2, '0')}-01`,
    '',
  );
});

/** On the roster, without a seat under their own address. */
export const UNSEATED: readonly Staff[] = [
  { ...person('Bram Oyelaran', 2, '2026-11-16', ''), number: 'A-0901' },
  { ...person('Lotte Fairweather', 9, '2012-04-02', ''), number: 'A-0902' },
  { ...person('Katherine Osei-Hargreaves', 5, '2019-02-11', ''), number: 'A-0903' },
];

/** Left, but still in the members file. */
export const LEAVERS: readonly (Staff & { readonly role: string })[] = [
  { ...person('Tobin Achterberg', 2, '2018-05-01', '2026-10-12'), number: 'A-0904', role: 'User' },
  { ...person('Wren Castellane', 5, '2021-09-01', '2026-10-30'), number: 'A-0905', role: 'User' },
  { ...person('Ilse Marchetti', 6, '2016-01-11', '2026-11-06'), number: 'A-0906', role: 'Admin' },
];

/** Left and removed in time, so no finding may name them. */
export const FORMER: readonly Staff[] = [
  { ...person('Alma Dietrichsen', 3, '2015-03-02', '2026-06-30'), number: 'A-0907' },
  { ...person('Piers Onwuachi', 1, '2020-08-17', '2026-08-14'), number: 'A-0908' },
];

function person(name: string, index: number, starts: string, ends: string): Staff {
  return {
    name,
    mail: mailOf(name),
    department: DEPARTMENTS[index % DEPARTMENTS.length] ?? 'Membership',
    number: `A-${String(100 + index).padStart(4, '0')}`,
    starts,
    ends,
  };
}
