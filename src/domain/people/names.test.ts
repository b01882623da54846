import { describe, expect, it } from 'vitest';
import { leastCpu } from '../testing/cpu.ts';
import { asciiDomain } from '../text/domain-name.ts';
import { mailboxOf } from './mailbox.ts';
import {
  differentPeople,
  isEmptyReason,
  mayBeOnePerson,
  mayBeOneSigner,
  nameKey,
  namesNobody,
  namesOffice,
  nameWords,
  withoutTag,
} from './names.ts';

it.each(['Kaʻiulani', 'Kaʼiulani', "Ka'iulani", 'Ka‘iulani', 'Ka`iulani', 'Ka´iulani', 'Kaiulani'])(
  'treats %s as one name, whatever character is used for the ʻokina',
  (first) => expect(nameKey(`Kekūhaupiʻo, ${first}`)).toBe(nameKey('Kaʻiulani Kekūhaupi`o')),
);

describe('two signatures that look the same', () => {
  it.each([
    ['a Cyrillic letter', 'Olive Owner', '\u041elive Owner'],
    ['a letter that shows nothing', 'Olive Owner', 'Ol\u200bive Owner'],
    ['a filler alone', 'Olive Owner', '\u3164'],
    ['wide letters', 'Olive Owner', '\uff2flive Owner'],
    ['an I for an l', 'Olive Owner', 'OIive Owner'],
    ['a zero for an O', 'Olive Owner', '0live Owner'],
    ['an i without its dot', 'Olive Owner', 'Ol\u0131ve Owner'],
    ['no blank', 'Olive Owner', 'OliveOwner'],
    ['Greek letters', 'Tom Tate', '\u03a4om \u03a4ate'],
    ['an address with a Cyrillic letter', 'olive@alder.example.org', '\u043elive@alder.example.org'],
    ['an address with a soft hyphen', 'olive@alder.example.org', 'ol\u00adive@alder.example.org'],
    ['an address at the end of a sentence', 'olive@alder.example.org', 'By Olive@alder.example.org.'],
  ])('may be one person’s: %s', (_what, one, other) => {
    expect(mayBeOnePerson(one, other)).toBe(true);
    expect(mayBeOnePerson(other, one)).toBe(true);
  });

  it.each([
    ['Olive Owner', 'Oliver Orne'],
    [
      '\u0410\u043d\u043d\u0430 \u0418\u0432\u0430\u043d\u043e\u0432\u0430',
      '\u041e\u043b\u044c\u0433\u0430 \u041f\u0435\u0442\u0440\u043e\u0432\u0430',
    ],
    ['kim1@alder.example.org', 'kiml@alder.example.org'],
    ['j.m\u00fcller@m\u00fcller.example', 'j.muller@muller.example'],
  ])('belong to two people if they differ by more than a letter: %s, %s', (one, other) => {
    expect(mayBeOnePerson(one, other)).toBe(false);
  });
});

describe('who signs', () => {
  it.each([
    'TBD',
    'n/a',
    'vacant',
    'me',
    '[name]',
    'Jane Doe',
    'Compliance bot',
    'nightly_script',
    'Power Automate workflow',
    '???',
    '____',
    'To be announced',
    'Owner to be confirmed',
    'TBD (IT)',
    'Ann Abbot (TBC)',
    'N. N.',
    'IT: vacant',
    'Vacant position',
    'Not yet assigned',
    'new hire',
    'name@yourorg.example',
    'tbd@alder.example.org',
    'por definir',
    'Pendiente de asignar',
    'À définir',
    'poste vacant',
    'noch offen',
    'zu klären',
    'nicht besetzt',
    'da definire',
    'a definir',
    'nog te bepalen',
    '未定',
    'Max Mustermann',
    'pending board approval',
    'not yet approved',
    'to be confirmed by the Board',
    'Declined',
    'Rejected by the board',
    'Counsel declined',
    'Kim Ito declined',
    'To be ratified',
    'n/a (see IT)',
    'Board (vote failed)',
  ])('"%s" is nobody', (text) => expect(namesNobody(text)).toBe(true));
  it.each([
    'Ann Abbot',
    'Nadia Scripps',
    'Ann Lee <ann@alder.example.org>',
    'Meg Selfe',
    'John Doerr',
    'Peter Noone',
    'Maria Offen',
    'May Open',
    'Nom Personne Lee',
    'me@annlee.example',
    'Pat Test-Vakant',
  ])('"%s" is somebody', (text) => expect(namesNobody(text)).toBe(false));
});

describe('two who have to sign', () => {
  it.each([
    ['Ben Ito', 'B. Ito'],
    ['Ito, B.', 'Ben Ito'],
    ['Katherine M. Osei', 'K. Osei'],
    ['B. Ito', 'b.ito@alder.example.org'],
  ])('"%s" and "%s" may be one', (a, b) => {
    expect(mayBeOneSigner(a, b)).toBe(true);
    expect(differentPeople([a, b])).toHaveLength(1);
  });
  it.each([
    ['Ben Ito', 'A. Ito'],
    ['Ben Ito', 'B. Lee'],
    ['Ben Ito', 'Ada Ito'],
    ['b.ito@alder.example.org', 'ben.ito@alder.example.org'],
  ])('"%s" and "%s" are two', (a, b) => expect(differentPeople([a, b])).toHaveLength(2));
});

describe('an office, a body or a post', () => {
  it.each([
    'Board office',
    'The Board',
    'Board of Directors',
    'Executive Committee',
    'IT',
    'IT department',
    'HR',
    'Executive Director',
    'Deputy Executive Director',
    'Finance team',
    "The board's audit committee",
    'CEO',
    'Office of the President',
    'Vorstand',
    'Junta Directiva',
    'extern',
    'External',
    'Contractor',
    'IT consultant',
    'Externer Dienstleister',
    'Lakes Dental Board',
    "Conseil d'administration, résolution 2026-14",
    'Consiglio direttivo',
    'Joint Board',
    'The full board',
    'Combined boards',
  ])('"%s" is no person', (text) => expect(namesOffice(text)).toBe(true));
  it.each([
    'Grace Board',
    'Smith, Ann Board',
    'Amy Pine, Board Chair',
    'A. Board',
    'Kim Office',
    'Will Head',
    'Maria de la Junta Pérez',
    'Ann Lee, Executive Director',
    'Chairman Lee',
    'Ada',
    'Don Secretario Ruiz',
    'Joint Lee',
  ])('"%s" may be a person', (text) => expect(namesOffice(text)).toBe(false));
});

describe('what stands for a reason', () => {
  it.each([
    '-',
    'n/a.',
    'TBD',
    'not yet!',
    'No',
    'x',
    'to be announced',
    'por definir',
    'à définir',
    'noch offen',
    'pendiente',
    'Rejected by the board',
    'Not approved',
    'No reason',
    'to be added',
    'Ask Kim',
    'Not asked',
    'Kein Grund',
  ])('"%s" gives none', (text) => expect(isEmptyReason(text)).toBe(true));
  it.each(['Noé Ruiz holds the mailbox', 'Noé', 'No: 理由は契約', 'None, по договору', 'Needed for mail'])(
    '"%s" gives one, also in letters beyond ASCII',
    (text) => expect(isEmptyReason(text)).toBe(false),
  );
});

describe('addresses of hundreds of thousands of characters', () => {
  it.each([
    ['plus signs', '+'.repeat(300_000)],
    ['plus signs and one at sign in front', `@${'+'.repeat(300_000)}`],
    ['marks that are out of order', `a${'\u0301\u0327'.repeat(150_000)}@alder.example.org`],
  ])('of %s are compared at once', async (_what, text) => {
    expect(await leastCpu(1_000, () => withoutTag(text))).toBeLessThan(1_000);
  });

  it('lose their tag as short ones do', () => {
    expect(['a+b+c@x.org', 'a+b', 'a@x.org+c', '+@x.org'].map(withoutTag)).toEqual([
      'a@x.org',
      'a+b',
      'a@x.org+c',
      '@x.org',
    ]);
  });
});

it.each([
  'kim@x.org.',
  'KIM@X.ORG.',
  ' kim@x.org',
  'kim+a+b@x.org.',
  '\uff4bim@x.org',
  'kim@x\u3002org',
  '<kim@x.org>',
])('the mailbox of “%s” is kim@x.org', (text) => expect(withoutTag(text)).toBe('kim@x.org'));

it.each([
  ['k.im+a@googlemail.com', 'kim@gmail.com'],
  ['Kim@me.com', 'kim@icloud.com'],
  ['k.i.m@me.com', 'k.i.m@icloud.com'],
  ['k_i-m@pm.me', 'kim@proton.me'],
  ['k.im@x.org', 'k.im@x.org'],
  ['Kim', 'kim'],
])('%s leads to the mailbox %s', (text, mailbox) => expect(mailboxOf(text)).toBe(mailbox));

it('does not write out signs that stand for whole words, of which no domain consists', () => {
  expect(asciiDomain('\ufdfa.org')).toBe('\ufdfa.org');
  expect(asciiDomain('b\u00fccher.org')).toBe('xn--bcher-kva.org');
});

describe('names of hundreds of thousands of characters', () => {
  const marks = `Ann Abbot${'\u0301\u0327'.repeat(20_000)}`;

  it.each([
    ['marks that are out of order', marks],
    ['blanks after a comma', `a,${' '.repeat(20_000)},`],
    ['letters without an end', 'a'.repeat(20_000)],
    ['dashes', `${'-'.repeat(40_000)}a`],
  ])('of %s are compared at once, and are nobody’s', async (_what, text) => {
    const compare = () => {
      expect([nameWords(text), nameKey(text), isEmptyReason(text)]).toEqual([[], '', false]);
      // In doubt, signatures count as one person.
      expect(mayBeOnePerson(text, 'Ann Abbot')).toBe(true);
    };
    expect(await leastCpu(500, compare)).toBeLessThan(500);
  });

  it.each(['-', '___', '', ' … ', 'TBD.', 'n/a', 'xxx'])('“%s” says nothing', (text) =>
    expect(isEmptyReason(text)).toBe(true),
  );
});
