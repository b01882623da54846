import { askedWords } from './asked.ts';
import { writtenDomains } from './written-domain.ts';

/** A value that a code is told with: what makes it another finding, never a text for people. */
export type Params = Readonly<
  Record<string, string | number | boolean | null | readonly string[] | undefined>
>;

/**
 * What is said of a control. The code names the case and stays what it is when the sentence is written better; the
 * parameters name what makes it another case, such as which person. Whatever compares, keeps, links or counts uses those.
 */
export interface Message {
  /** Unique in the product: `accounts.owner_count.too_many`. */
  readonly code: string;
  readonly params: Params;
  /** Whole sentences for a person who is not a programmer. */
  readonly text: string;
}

/** How sentences are worded. Only a test replaces it, to prove that nothing but reading hangs on words. */
export const wording: { of(text: string): string } = { of: (text) => text };

export function message(code: string, text: string, params: Params = {}): Message {
  return { code, params, text: wording.of(writtenDomains(text)) };
}

/** The same for two outcomes that say the same of the same. */
export function caseKey({ code, params }: Pick<Message, 'code' | 'params'>): string {
  return JSON.stringify([code, params]);
}

/** Where a question is answered: in a document, by a statement of what was seen, by a file or source, or by looking. */
export const ASKED_OF = ['charter', 'journal', 'profile', 'attestation', 'source', 'look'] as const;
export type AskedOf = (typeof ASKED_OF)[number];

/** A question that settles what cannot be read. */
export interface Ask {
  readonly of: AskedOf;
  /** Path in the document, kind of the file, or id of the control; of `look` what is looked at. `*`: several paths. */
  readonly field: string;
  /** Tells questions about one field from each other; empty: it is the plain one. */
  readonly detail: string;
  /** Where each of its answers goes, where it takes several. */
  readonly parts?: readonly Pick<Ask, 'of' | 'field'>[];
  /** A request that a person can act on. Of an attestation: where to look and what to see there. */
  readonly text: string;
}

export function ask(of: AskedOf, field: string, text: string, detail: string | readonly string[] = ''): Ask {
  return {
    of,
    field,
    detail: typeof detail === 'string' ? detail : detail.join(' '),
    text: writtenDomains(text),
  };
}

/** A question of a document that takes an answer at each of several paths. */
export function askOfSeveral(
  of: AskedOf,
  fields: readonly string[],
  text: string,
  detail: string | readonly string[] = '',
): Ask {
  return { ...ask(of, '*', text, detail), parts: fields.map((field) => ({ of, field })) };
}

/** The same for two questions with one answer. */
export function askKey({ of, field, detail }: Ask): string {
  return `${of} ${field} ${detail}`;
}

/** The same for two sets of questions that are settled by the same answers. */
export function asksKey(asks: readonly Ask[]): string {
  return asks.map(askKey).join(' | ');
}

/** Several questions of which each has to be answered, as one. */
export function askAll(asks: readonly Ask[]): Ask | null {
  const each = oncePerKey(asks);
  const [first, ...others] = each;
  if (first === undefined || others.length === 0) return first ?? null;
  return {
    ...first,
    detail: each.map(askKey).join(' + '),
    parts: each.flatMap((one) => one.parts ?? [{ of: one.of, field: one.field }]),
    text: each.map(({ text }) => text).join(' '),
  };
}

/** Questions of which one answer is enough, each once. */
export function oncePerKey(asks: readonly Ask[]): readonly Ask[] {
  return [...new Map(asks.map((one) => [askKey(one), one])).values()];
}

/** Where a question is shown: beside the button that answers it, or where a file is written. */
export type AskedAt = 'console' | 'file';

/** What a person reads of the questions of one control; null where there is none. */
export function questionText(asks: readonly Ask[], at: AskedAt): string | null {
  return asks.length === 0
    ? null
    : [...new Set(asks.map((one) => wording.of(askText(one, at))))].join(' Or: ');
}

/** Where a file holds an answer, which no page asks for by its key. */
const KEY = / under ["`][\w.]+["`](?= in the (?:charter|journal)\b)/g;

function askText(one: Ask, at: AskedAt): string {
  const { of, field, text } = one;
  if (at === 'file')
    return of === 'attestation'
      ? `${text} Then write what you saw under "attestations" with control ${field}.`
      : text;
  if (of === 'attestation') return `${text} Then choose “State what you saw” here.`;
  return askedWords(one) ?? text.replace(KEY, '').replace(/`([^`]+)`/g, '“$1”');
}
