import { unicodeForm } from '../text/unicode-form.ts';
import type { Finding } from './finding.ts';
import { findMails } from './mails.ts';
import type { DlpRule, RuleOf } from './rules.ts';
import { type SipKey, siphash } from './siphash.ts';

/** The values of a member in a list's index, each in a normalized form. */
export const EXACT_KINDS = ['mail', 'phone', 'member_number', 'name_and_birth'] as const;
export type ExactKind = (typeof EXACT_KINDS)[number];

/** Bytes stored of each hash: for each entry, one in 281,474,976,710,656 foreign values matches by chance. */
const BYTES = 6;
const SHARE = 2 ** (8 * BYTES);

/** The index of a member list as stored and sent: the list cannot be read from it. */
export interface ExactIndex {
  /** Sixteen bytes in hex. Whoever has them can test whether a value is in the list. */
  readonly key: string;
  /** Hashes in ascending order, six bytes each. */
  readonly hashes: Uint8Array;
}

/** An index prepared for lookups. */
export interface ExactList {
  has(kind: ExactKind, value: string): boolean;
}

/** Probability that a value matches an index with this many entries by chance. */
export const falseShare = (entries: number): number => entries / SHARE;

export const isExactKey = (key: string): boolean => /^[0-9a-f]{32}$/u.test(key);

const sipKey = (key: string): SipKey => {
  const word = (at: number) => Number.parseInt(key.slice(at * 8, at * 8 + 8), 16) | 0;
  return [word(0), word(1), word(2), word(3)];
};

/** The first six bytes of a hash as a number, which a double represents exactly. */
function hashOf(kind: ExactKind, value: string, key: SipKey): number {
  const [low, high] = siphash(`${kind}\n${value}`, key);
  return low * 2 ** 16 + (high >>> 16);
}

/** Creates the index of normalized values ({@link NORMAL}). */
export function makeExactIndex(
  values: Iterable<readonly [kind: ExactKind, value: string]>,
  key: string,
): Uint8Array {
  const secret = sipKey(key);
  const hashes = Float64Array.from(new Set([...values].map(([kind, value]) => hashOf(kind, value, secret))));
  hashes.sort();
  const bytes = new Uint8Array(hashes.length * BYTES);
  const view = new DataView(bytes.buffer);
  hashes.forEach((hash, at) => {
    view.setUint32(at * BYTES, Math.floor(hash / 2 ** 16));
    view.setUint16(at * BYTES + 4, hash % 2 ** 16);
  });
  return bytes;
}

/** Whether bytes are an index: complete hashes in strictly ascending order. */
export function isExactIndex(bytes: Uint8Array): boolean {
  if (bytes.length === 0 || bytes.length % BYTES !== 0) return false;
  const hashes = hashesOf(bytes);
  return hashes.every((hash, at) => at === 0 || hash > (hashes[at - 1] ?? 0));
}

export const exactEntries = (bytes: Uint8Array): number => bytes.length / BYTES;

function hashesOf(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from(
    { length: bytes.length / BYTES },
    (_, at) => view.getUint32(at * BYTES) * 2 ** 16 + view.getUint16(at * BYTES + 4),
  );
}

export function exactList({ key, hashes: bytes }: ExactIndex): ExactList {
  const hashes = hashesOf(bytes);
  const secret = sipKey(key);
  return {
    has(kind, value) {
      const wanted = hashOf(kind, value, secret);
      let low = 0;
      let high = hashes.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((hashes[middle] ?? 0) < wanted) low = middle + 1;
        else high = middle;
      }
      return hashes[low] === wanted;
    },
  };
}

/** Normalizes all notations of a value; null: it is not one, or too common to search for. */
export const NORMAL = {
  mail: (text: string): string | null => {
    const mail = text.trim().toLowerCase();
    return /^[^\s@]{1,64}@[^\s@]{3,200}$/u.test(mail) ? mail : null;
  },
  /** The last ten digits, so that the country code does not matter. */
  phone: (text: string): string | null => {
    const digits = text.replace(/(?:ext|x).*$/iu, '').replace(/\D/gu, '');
    return digits.length >= 10 && digits.length <= 15 ? digits.slice(-10) : null;
  },
  /** Without punctuation. Values with fewer than five characters, or three digits, are common in any text. */
  member_number: (text: string): string | null => {
    const plain = text.toUpperCase().replace(/[\s._/#-]/gu, '');
    return /^[A-Z0-9]{5,24}$/u.test(plain) && (plain.match(/\d/gu)?.length ?? 0) >= 3 ? plain : null;
  },
  name: (text: string): string | null => {
    const plain = unicodeForm(text, 'NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^\p{L}]/gu, '');
    return plain.length >= 2 ? plain : null;
  },
} as const;

/** The days that a written date can mean, as `1980-12-31`; both the American and the European reading if ambiguous. */
export function daysOf(text: string): readonly string[] {
  const [, year, month, day] = /^((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})/u.exec(text) ?? [];
  const [, first, second, later] = /^(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)/u.exec(text) ?? [];
  const readings =
    year === undefined
      ? [
          [later, first, second],
          [later, second, first],
        ]
      : [[year, month, day]];
  return [
    ...new Set(
      readings.flatMap(([y, m, d]) =>
        y !== undefined && Number(m) >= 1 && Number(m) <= 12 && Number(d) >= 1 && Number(d) <= 31
          ? [`${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`]
          : [],
      ),
    ),
  ];
}

/** First name, last name and date of birth in one form; null: one of them is missing. */
export function nameAndBirth(first: string, last: string, day: string): string | null {
  const names = [NORMAL.name(first), NORMAL.name(last)];
  return names.includes(null) ? null : `${names.join(' ')} ${day}`;
}

const DATE = /(?<!\d)(?:(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d)(?!\d)/gu;
const PHONE = /(?<![\p{L}\d])\+?\(?\d(?:[ ().-]{0,3}\d){9,14}(?![\p{L}\d])/gu;
const THREE_DIGITS = /\d{3}/gu;
const IN_NUMBER = /[A-Za-z0-9_./-]/u;
const MAX_NUMBER_LENGTH = 24;
const NAME_WORD = /\p{Lu}[\p{L}'’-]{1,24}/gu;
/** Characters around a date of birth to search for the name. */
const NAME_BEFORE = 160;
const NAME_AFTER = 60;
const MAX_NAMES = 14;

/** Everything in a text up to `to` that is in the member list, regardless of context. */
export function findExact(
  text: string,
  to: number,
  list: ExactList,
  rule: Pick<DlpRule, 'id' | 'group'>,
  add: (finding: Finding) => void,
): void {
  const found = (start: number, end: number) =>
    add({
      rule: rule.id,
      group: rule.group,
      start,
      end,
      confidence: 'high',
      because: { check: 'member_list', near: null, heading: null, distance: null },
    });
  const has = (kind: ExactKind, value: string | null) => value !== null && list.has(kind, value);
  findMails(text, to, rule as RuleOf<'mail'>, ({ start, end }) => {
    if (has('mail', NORMAL.mail(text.slice(start, end)))) found(start, end);
  });
  for (const { index, 0: value } of text.matchAll(PHONE))
    if (index < to && has('phone', NORMAL.phone(value))) found(index, index + value.length);
  memberNumbers(text, to, (start, end) => {
    if (has('member_number', NORMAL.member_number(text.slice(start, end)))) found(start, end);
  });
  for (const { index, 0: value } of text.matchAll(DATE)) {
    if (index >= to) break;
    const from = Math.max(0, index - NAME_BEFORE);
    const names = [...text.slice(from, index + value.length + NAME_AFTER).matchAll(NAME_WORD)];
    const days = daysOf(value);
    // Prefer the words closest to the date.
    const near = names.slice(
      Math.max(0, names.findLastIndex((one) => from + one.index < index) + 1 - MAX_NAMES / 2),
    );
    for (const [at, one] of near.slice(0, MAX_NAMES).entries()) {
      const other = near[at + 1];
      if (other === undefined) break;
      const pairs = days.flatMap((day) => [
        nameAndBirth(one[0], other[0], day),
        nameAndBirth(other[0], one[0], day),
      ]);
      if (!pairs.some((pair) => has('name_and_birth', pair))) continue;
      found(from + one.index, from + other.index + other[0].length);
      found(index, index + value.length);
      break;
    }
  }
}

/** Runs of letters, digits and punctuation that contain three digits, without punctuation at their ends. */
function memberNumbers(text: string, to: number, each: (start: number, end: number) => void): void {
  THREE_DIGITS.lastIndex = 0;
  for (
    let match = THREE_DIGITS.exec(text);
    match !== null && match.index < to;
    match = THREE_DIGITS.exec(text)
  ) {
    let start = match.index;
    let end = start + 3;
    while (start > 0 && match.index - start < MAX_NUMBER_LENGTH && IN_NUMBER.test(text.charAt(start - 1)))
      start -= 1;
    while (end < text.length && end - match.index < MAX_NUMBER_LENGTH && IN_NUMBER.test(text.charAt(end)))
      end += 1;
    THREE_DIGITS.lastIndex = end;
    while (start < end && /[_./-]/u.test(text.charAt(start))) start += 1;
    while (end > start && /[_./-]/u.test(text.charAt(end - 1))) end -= 1;
    each(start, end);
  }
}
