/**
 * Generates an association's documents with labels of what they contain. Independent of the rules and the engine:
 * numbers, check digits and sentences are implemented again here.
 */
export interface Planted {
  readonly kind: 'ssn' | 'card' | 'iban' | 'aba' | 'account' | 'credential' | 'birth' | 'phone' | 'mail';
  readonly value: string;
}
export interface Document {
  readonly text: string;
  readonly planted: readonly Planted[];
}

export type Chance = () => number;

/** Pseudorandom numbers, deterministic for a seed. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return ((state >>> 8) & 0xffffff) / 0x1000000;
  };
}

export const pick = <T>(next: Chance, list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
export const digits = (next: Chance, length: number) =>
  Array.from({ length }, () => Math.floor(next() * 10)).join('');
export const chars = (next: Chance, alphabet: string, length: number) =>
  Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]).join('');
export const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LETTERS = `${UPPER}${UPPER.toLowerCase()}`;
const ALL = `${LETTERS}0123456789`;

const FIRST = [
  'Aisha',
  'Bjarne',
  'Consuelo',
  'Dmitri',
  'Ewa',
  'Farid',
  'Grace',
  'Hiro',
  'Ingrid',
  'José',
  'Keisha',
  'Liam',
];
const LAST = [
  'Abernathy',
  'Brandt',
  'Castillo',
  'Dubois',
  'Eriksen',
  'Fontaine',
  'Gupta',
  'Hamilton',
  'Ibarra',
  'Jankowski',
];
export const person = (next: Chance) => `${pick(next, FIRST)} ${pick(next, LAST)}`;

export function ssn(next: Chance): string {
  for (;;) {
    const area = 1 + Math.floor(next() * 898);
    if (area === 666) continue;
    const group = String(1 + Math.floor(next() * 99)).padStart(2, '0');
    const serial = String(1 + Math.floor(next() * 9_999)).padStart(4, '0');
    return `${String(area).padStart(3, '0')}-${group}-${serial}`;
  }
}

/** Appends the Luhn check digit. */
export function withLastDigit(body: string): string {
  for (let last = 0; last < 10; last += 1) {
    const all = [...`${body}${last}`].reverse().map(Number);
    const sum = all.reduce((total, value, at) => {
      if (at % 2 === 0) return total + value;
      return total + (value * 2 > 9 ? value * 2 - 9 : value * 2);
    }, 0);
    if (sum % 10 === 0) return `${body}${last}`;
  }
  throw new Error('no last digit');
}

function card(next: Chance): string {
  const [start, length] = pick(next, [
    ['4', 16],
    ['4539', 16],
    ['52', 16],
    ['2345', 16],
    ['2699', 16],
    ['34', 15],
    ['37', 15],
    ['6011', 16],
    ['645', 16],
    ['3530', 16],
    ['36', 14],
  ] as const);
  const plain = withLastDigit(start + digits(next, length - start.length - 1));
  const form = Math.floor(next() * 3);
  if (form === 0) return plain;
  const separator = form === 1 ? ' ' : '-';
  return length === 15
    ? [plain.slice(0, 4), plain.slice(4, 10), plain.slice(10)].join(separator)
    : (plain.match(/.{1,4}/gu) ?? []).join(separator);
}

function iban(next: Chance): string {
  const [country, body] = pick(next, [
    ['DE', digits(next, 18)],
    ['GB', chars(next, UPPER, 4) + digits(next, 14)],
    ['FR', digits(next, 23)],
    ['ES', digits(next, 20)],
    ['NL', chars(next, UPPER, 4) + digits(next, 10)],
    ['CH', digits(next, 17)],
    ['IE', chars(next, UPPER, 4) + digits(next, 14)],
  ] as const);
  const number = [...`${body}${country}00`].map((char) => Number.parseInt(char, 36)).join('');
  const check = String(98n - (BigInt(number) % 97n)).padStart(2, '0');
  const plain = `${country}${check}${body}`;
  return next() < 0.5 ? plain : (plain.match(/.{1,4}/gu) ?? []).join(' ');
}

export function routing(next: Chance): string {
  for (;;) {
    const eight = `${pick(next, ['01', '02', '05', '06', '07', '09', '11', '12', '21', '26', '31'])}${digits(next, 6)}`;
    const weights = [3, 7, 1, 3, 7, 1, 3, 7];
    const sum = weights.reduce((total, weight, at) => total + weight * Number(eight[at]), 0);
    return `${eight}${(10 - (sum % 10)) % 10}`;
  }
}

function credential(next: Chance): { readonly sentence: (value: string) => string; readonly value: string } {
  const says =
    (before: string, after = '') =>
    (value: string) =>
      `${before}${value}${after}`;
  return pick(next, [
    { value: `ghp_${chars(next, ALL, 36)}`, sentence: says('The script uses ', ' to pull the repository.') },
    { value: `sk-ant-api03-${chars(next, `${ALL}_-`, 93)}AA`, sentence: says('ANTHROPIC_API_KEY=') },
    {
      value: `AKIA${chars(next, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`,
      sentence: says('aws_access_key_id = '),
    },
    { value: `AIza${chars(next, `${ALL}_-`, 34)}7`, sentence: says('maps key ', ' in the footer') },
    {
      value: `xoxb-${digits(next, 12)}-${digits(next, 12)}-${chars(next, ALL, 24)}`,
      sentence: says('Our bot logs in with ', '.'),
    },
    { value: `sk_live_${chars(next, ALL, 24)}`, sentence: says('STRIPE_SECRET=') },
    {
      value: `glpat-${chars(next, ALL, 20)}`,
      sentence: says('git clone https://oauth2:', '@git.alder.test/web.git'),
    },
    {
      value: `SG.${chars(next, ALL, 22)}.${chars(next, ALL, 43)}`,
      sentence: says('Mail goes out with ', ' since Monday.'),
    },
    {
      value: `${chars(next, LETTERS, 6)}${digits(next, 3)}!`,
      sentence: says('The portal password is ', ' until we change it'),
    },
    {
      value: `${pick(next, ['Autumn', 'Bylaws', 'Gavel'])}${digits(next, 4)}#`,
      sentence: says('user: events / password: ', ' (do not share)'),
    },
    { value: `${chars(next, ALL, 11)}7k${digits(next, 2)}`, sentence: says('DB_PASSWORD="', '"') },
    { value: `${chars(next, 'abcdef0123456789', 30)}7a`, sentence: says('datadog_api_key: ') },
  ]);
}

const CLEAN: readonly ((next: Chance) => string)[] = [
  (next) => `Order ${digits(next, 9)} of ${digits(next, 3)} tote bags ships on ${date(next)}.`,
  (next) => `Invoice ${4}${digits(next, 15)} for the ballroom is due; PO ${digits(next, 8)}.`,
  (next) => `Tracking 1Z${chars(next, ALL.toUpperCase(), 16)} left the warehouse, FedEx ${digits(next, 12)}.`,
  (next) => `The handbook (ISBN 978${digits(next, 10)}) has ${digits(next, 3)} pages.`,
  (next) =>
    `Motion 20${digits(next, 2)}-${digits(next, 3)} carried ${digits(next, 2)} to ${digits(next, 1)}; line ${digits(next, 4)}-${digits(next, 4)} is $${digits(next, 2)},${digits(next, 3)}.`,
  (next) =>
    `Request ${chars(next, 'abcdef0123456789', 8)}-${chars(next, 'abcdef0123456789', 4)}-4${chars(next, 'abcdef0123456789', 3)}-a${chars(next, 'abcdef0123456789', 3)}-${chars(next, 'abcdef0123456789', 12)} failed twice.`,
  (next) => `Part no. ${digits(next, 3)}-${digits(next, 2)}-${digits(next, 4)} is out of stock.`,
  () => 'Please choose a password of fourteen characters or more, and never share it.',
  () => 'Set API_KEY=<your key> in the settings and restart.',
  () => 'The treasurer will present the account of the year and the routing of the bus.',
  () => 'The society was born in 1911 and has held a birthday dinner ever since.',
  (next) =>
    `Register at https://events.alder.test/register/${digits(next, 6)}/early-bird-${digits(next, 4)} by Friday.`,
  (next) => `Write to the office at office@alder.test or call (555) 010-${digits(next, 4)}.`,
  () => 'Draft a thank-you letter to the volunteers of the spring conference.',
  () => 'Summarize the minutes and list what the board has to decide by June.',
  (next) =>
    `Version ${digits(next, 1)}.${digits(next, 2)}.${digits(next, 1)}, build ${digits(next, 10)}, ran for ${digits(next, 5)} ms.`,
  (next) => `The meeting id is ${digits(next, 3)} ${digits(next, 4)} ${digits(next, 4)}.`,
  (next) =>
    `Visit booth ${digits(next, 3)} in the hall at 700 Convention Way, Reno, NV 895${digits(next, 2)}.`,
];

const date = (next: Chance) =>
  `${1 + Math.floor(next() * 12)}/${1 + Math.floor(next() * 28)}/20${20 + Math.floor(next() * 8)}`;

type Made = { readonly text: string; readonly planted: readonly Planted[] };
const of = (kind: Planted['kind'], value: string, text: string): Made => ({
  text,
  planted: [{ kind, value }],
});

const PLANTED: readonly ((next: Chance) => Made)[] = [
  (next) => {
    const value = ssn(next);
    const form = Math.floor(next() * 4);
    const written = form === 0 ? value.replaceAll('-', '') : form === 1 ? value.replaceAll('-', ' ') : value;
    return of(
      'ssn',
      written,
      form < 2
        ? `${person(next)}, ${pick(next, ['SSN', 'ssn:', 'Social Security number', 'soc sec'])} ${written}, starts Monday.`
        : `Payroll: ${person(next)} (${written}) starts Monday.`,
    );
  },
  (next) => {
    const value = card(next);
    return of(
      'card',
      value,
      pick(next, [
        `${person(next)} renews with card ${value}, exp 04/29.`,
        `Charge the sponsorship to ${value} please.`,
        `Visa or other: ${value}`,
      ]),
    );
  },
  (next) => {
    const value = iban(next);
    return of('iban', value, pick(next, [`Pay the speaker to ${value} this week.`, `IBAN: ${value}.`]));
  },
  (next) => {
    const [bank, account] = [routing(next), digits(next, 6 + Math.floor(next() * 6))];
    return {
      text: pick(next, [
        `Direct deposit: routing ${bank}, account ${account}.`,
        `ABA ${bank} / acct no. ${account}`,
        `Wire to routing number ${bank}; checking account: ${account}`,
      ]),
      planted: [
        { kind: 'aba', value: bank },
        { kind: 'account', value: account },
      ],
    };
  },
  (next) => {
    const { value, sentence } = credential(next);
    return of('credential', value, sentence(value));
  },
  (next) => {
    const value = `19${50 + Math.floor(next() * 49)}-0${1 + Math.floor(next() * 9)}-1${Math.floor(next() * 10)}`;
    return of('birth', value, `${person(next)}, date of birth ${value}, sat the exam.`);
  },
  (next) => {
    const area = `${2 + Math.floor(next() * 8)}${digits(next, 2)}`;
    const value = pick(next, [
      `(${area}) 555-${digits(next, 4)}`,
      `${area}-555-${digits(next, 4)}`,
      `+1 ${area} 555 ${digits(next, 4)}`,
    ]);
    return of('phone', value, `${person(next)} can be reached at ${value} after five.`);
  },
  (next) => {
    const value = `${pick(next, FIRST).normalize('NFKD').replace(/\W/gu, '').toLowerCase()}.${digits(next, 2)}@members.alder.test`;
    return of('mail', value, `${person(next)} <${value}> asked for a receipt.`);
  },
];

/** A document without sensitive values: two to five sentences. */
export const cleanDocument = (next: Chance): Document => ({
  text: Array.from({ length: 2 + Math.floor(next() * 4) }, () => pick(next, CLEAN)(next)).join('\n'),
  planted: [],
});

/** A document with one or two planted values among clean sentences. */
export function plantedDocument(next: Chance): Document {
  const parts: Made[] = [];
  for (let n = 0; n < 1 + Math.floor(next() * 2); n += 1) {
    parts.push({ text: pick(next, CLEAN)(next), planted: [] });
    parts.push(pick(next, PLANTED)(next));
  }
  return { text: parts.map(({ text }) => text).join('\n'), planted: parts.flatMap(({ planted }) => planted) };
}
