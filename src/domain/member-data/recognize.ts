import { KIND_FACTS, MEMBER_KINDS, type MemberKind, type Treatment } from './kinds.ts';

/** A table as it was read: headings, and rows of text as wide as they. */
export interface MemberTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface RecognizedColumn {
  readonly heading: string;
  /** null: not recognized, which does not mean that nobody can be told by it. */
  readonly kind: MemberKind | null;
  /** Why it was taken for that, or what was looked at. */
  readonly why: string;
  /** null: a person has to decide without one. */
  readonly suggested: Treatment | null;
  /** A few values, for the person who decides. */
  readonly examples: readonly string[];
  readonly filled: number;
}

/** By content from this share of the filled cells on. A few odd ones among them do not hide the rest. */
const SHARE = 0.3;
const LOOKED_AT = 500;
const BY_CONTENT = MEMBER_KINDS.filter((kind) => KIND_FACTS[kind].value !== null);

/** What each column holds, by its heading and by its content. Content goes first: headings lie more often. */
export function recognize({ headings, rows }: MemberTable): readonly RecognizedColumn[] {
  return headings.map((heading, at) => {
    const values = rows.map((row) => (row[at] ?? '').trim()).filter((value) => value !== '');
    const common = { heading, examples: [...new Set(values)].slice(0, 3), filled: values.length };
    const sample = spread(values);
    const content = byContent(sample);
    const named = byHeading(heading);
    // A date under "Birth date" or an amount under "Card" is what the heading says, where content says nothing against it.
    const kind = content?.kind ?? named ?? (isFreeText(sample) ? 'text' : null);
    if (kind === null)
      return {
        ...common,
        kind,
        why:
          values.length === 0
            ? 'It is empty.'
            : 'Neither the heading nor what is below it is known. Look at the examples and decide.',
        suggested: values.length === 0 ? 'drop' : null,
      };
    const why = [
      ...(named === kind ? [`the heading “${heading}”`] : []),
      ...(content?.kind === kind ? [`${content.hits} of ${sample.length} values look like it`] : []),
      ...(named !== kind && content?.kind !== kind ? ['long values of several words'] : []),
      ...(named !== null && named !== kind ? [`although the heading says otherwise`] : []),
    ].join('; ');
    return {
      ...common,
      kind,
      why: `${why[0]?.toUpperCase() ?? ''}${why.slice(1)}.`,
      suggested: KIND_FACTS[kind].suggested,
    };
  });
}

/** As many as are looked at, from all of the file and not from its top. */
function spread(values: readonly string[]): readonly string[] {
  if (values.length <= LOOKED_AT) return values;
  const step = values.length / LOOKED_AT;
  return Array.from({ length: LOOKED_AT }, (_, n) => values[Math.floor(n * step)] ?? '');
}

function byContent(sample: readonly string[]): { kind: MemberKind; hits: number } | null {
  let best: { kind: MemberKind; hits: number } | null = null;
  for (const kind of BY_CONTENT) {
    const hits = sample.filter((value) => looksLike(kind, value)).length;
    if (hits > 0 && hits >= sample.length * SHARE && hits > (best?.hits ?? 0)) best = { kind, hits };
  }
  return best;
}

/** Whether a single value looks like a kind. */
export function looksLike(kind: MemberKind, value: string): boolean {
  const { value: pattern } = KIND_FACTS[kind];
  if (pattern === null || !pattern.test(value)) return false;
  const digits = value.replace(/\D/g, '');
  if (kind === 'payment' && !/[A-Z]/i.test(value)) return luhn(digits);
  // A plain number, a day or an amount is no phone number.
  if (kind === 'phone')
    return !/^\d{1,9}$|^\d{4}-\d{2}-\d{2}|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|^\d+[.,]\d{2}$/.test(value);
  return true;
}

/** The check digit of card numbers. */
function luhn(digits: string): boolean {
  let sum = 0;
  for (let n = 0; n < digits.length; n += 1) {
    const digit = Number(digits[digits.length - 1 - n]) * (n % 2 === 0 ? 1 : 2);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return digits.length >= 13 && sum % 10 === 0;
}

function isFreeText(sample: readonly string[]): boolean {
  if (sample.length === 0) return false;
  const long = sample.filter((value) => value.length > 40 && value.split(/\s+/).length >= 6).length;
  return long >= sample.length * SHARE;
}

/** A heading in small letters, words apart: "E-Mail Address", "emailAddress" and "EMAIL_ADDRESS" are one. */
function headingWords(heading: string): string {
  return heading
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** The kind whose heading word is the longest that stands in it, so that "card expiry" goes before "card". */
function byHeading(heading: string): MemberKind | null {
  const words = ` ${headingWords(heading)} `;
  let found: { kind: MemberKind; length: number } | null = null;
  for (const kind of MEMBER_KINDS) {
    for (const word of KIND_FACTS[kind].headings)
      if (words.includes(` ${word} `) && word.length > (found?.length ?? 0))
        found = { kind, length: word.length };
  }
  if (found?.kind === 'name' && NOT_OF_PEOPLE.test(words)) return null;
  return found?.kind ?? null;
}

/** "Event name" names an event. */
const NOT_OF_PEOPLE =
  / (event|product|course|company|organi[sz]ation|employer|file|chapter|committee|session|plan|list|category|program|campaign|school|institution|group) name /;
// Guide: G3.3-07
