/** What a column of an export can contain about a person, in order of precedence if a value matches several. */
export const COLUMN_KINDS = [
  'secret',
  'mail',
  'government_id',
  'payment',
  'online',
  'phone',
  'birth',
  'postcode',
  'address',
  'name',
  'id',
  'sensitive',
  'text',
] as const;
export type ColumnKind = (typeof COLUMN_KINDS)[number];

/**
 * How to treat a column. `letters`: keep only the start of each value; `pseudonym`: one code per distinct value in the
 * file.
 */
export const TREATMENTS = ['keep', 'drop', 'pseudonym', 'year', 'letters'] as const;
export type Treatment = (typeof TREATMENTS)[number];

export const TREATMENT_WORDS: Readonly<Record<Treatment, string>> = {
  keep: 'Keep as it is',
  drop: 'Drop the column',
  pseudonym: 'Replace by a code',
  year: 'Keep the year only',
  letters: 'Keep the first letters',
};

interface KindFacts {
  readonly words: string;
  readonly suggested: Treatment;
}

/** Name and suggested treatment of a kind. How it is recognized is defined by the catalogue's rules. */
export const KIND_FACTS: Readonly<Record<ColumnKind, KindFacts>> = {
  secret: { words: 'Password or key', suggested: 'drop' },
  mail: { words: 'Email address', suggested: 'pseudonym' },
  government_id: { words: 'Tax, passport or insurance number', suggested: 'drop' },
  payment: { words: 'Bank account or card', suggested: 'drop' },
  online: { words: 'Account, device or picture', suggested: 'drop' },
  phone: { words: 'Phone number', suggested: 'drop' },
  birth: { words: 'Birth date or age', suggested: 'year' },
  postcode: { words: 'Postal code', suggested: 'letters' },
  address: { words: 'Address', suggested: 'drop' },
  name: { words: 'Name of a person', suggested: 'pseudonym' },
  id: { words: 'Member number', suggested: 'pseudonym' },
  sensitive: { words: 'Especially sensitive', suggested: 'drop' },
  text: { words: 'Free text', suggested: 'drop' },
};

/** What is never recognized. Shown with every result. */
export const NOT_RECOGNIZED: readonly string[] = [
  'Names, places and stories inside free text. Drop such a column, or read it yourself.',
  'People who can be recognized by a few details together, for example a rare job title, a small town and a year.',
  'Anything under a heading that is not known and does not look like an email address, phone number, card, account or address.',
  'Pictures, cell comments, hidden sheets and formulas of a workbook: they are left out. Only the sheet that you chose is used.',
];
