import { questionWords } from './questions.ts';
import { writtenDomains } from './written-domain.ts';

/** A parameter of a message. It distinguishes findings and is never text for people. */
export type Params = Readonly<
  Record<string, string | number | boolean | null | readonly string[] | undefined>
>;

/**
 * What is said about a control. The code identifies the case and does not change when its sentence is reworded; the
 * parameters distinguish instances of it, such as which person. Comparisons, storage, links and counts use code and
 * parameters.
 */
export interface Message {
  /** Unique in the whole product: `accounts.owner_count.too_many`. */
  readonly code: string;
  readonly params: Params;
  /** Complete sentences for a person who is not a programmer. */
  readonly text: string;
}

/** Renders sentences. Only a test replaces it, to prove that no logic depends on wording. */
export const wording: { of(text: string): string } = { of: (text) => text };

export function message(code: string, text: string, params: Params = {}): Message {
  return { code, params, text: wording.of(writtenDomains(text)) };
}

/** Identity of what an outcome says: code and parameters. */
export function caseKey({ code, params }: Pick<Message, 'code' | 'params'>): string {
  return JSON.stringify([code, params]);
}

/** Where a question is answered: in a document, by an attestation, by a file or source, or by looking. */
export const ASKED_OF = ['charter', 'journal', 'profile', 'attestation', 'source', 'look'] as const;
export type AskedOf = (typeof ASKED_OF)[number];

/** A question whose answer would settle what cannot be read. */
export interface Ask {
  readonly of: AskedOf;
  /** Path in the document, kind of the file, or id of the control; for `look`, what to look at. `*`: several paths. */
  readonly field: string;
  /** Distinguishes questions about the same field; empty: the default question. */
  readonly detail: string;
  /** Where each of its answers goes, if it takes several. */
  readonly parts?: readonly Pick<Ask, 'of' | 'field'>[];
  /** A request that a person can act on. For an attestation: where to look and what to see there. */
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

/** A question about a document that takes an answer at each of several paths. */
export function askOfSeveral(
  of: AskedOf,
  fields: readonly string[],
  text: string,
  detail: string | readonly string[] = '',
): Ask {
  return { ...ask(of, '*', text, detail), parts: fields.map((field) => ({ of, field })) };
}

/** Identity of a question: equal for two questions with the same answer. */
export function askKey({ of, field, detail }: Ask): string {
  return `${of} ${field} ${detail}`;
}

/** Identity of a set of questions: equal for two sets settled by the same answers. */
export function asksKey(asks: readonly Ask[]): string {
  return asks.map(askKey).join(' | ');
}

/** Combines several questions that all have to be answered into one. */
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

/** Alternative questions, one of which is enough, without duplicates. */
export function oncePerKey(asks: readonly Ask[]): readonly Ask[] {
  return [...new Map(asks.map((one) => [askKey(one), one])).values()];
}

/** Where a question is shown: beside the button that answers it, or in the output for a folder of files. */
export type AskedAt = 'console' | 'file';

/** The questions of one control as text; null: there are none. */
export function questionText(asks: readonly Ask[], at: AskedAt): string | null {
  return asks.length === 0
    ? null
    : [...new Set(asks.map((one) => wording.of(askText(one, at))))].join(' Or: ');
}

/** Where a file contains the answer, for keys that no page asks for. */
const KEY = / under ["`][\w.]+["`](?= in the (?:charter|journal)\b)/g;

/** What someone types who has a folder of files and no page. */
const COMMAND = /,? or on the command line(?: --map "[^"]*")+/g;

function askText(one: Ask, at: AskedAt): string {
  const { of, field, text } = one;
  if (at === 'file')
    return of === 'attestation'
      ? `${text} Then write what you saw under “attestations” with control ${field}.`
      : text;
  if (of === 'attestation') return `${text} Then choose “State what you saw”.`;
  return (
    questionWords(one) ??
    text
      .replace(KEY, '')
      .replace(COMMAND, '')
      .replace(/`([^`]+)`/g, '“$1”')
  );
}
