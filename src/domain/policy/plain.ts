import type { PolicyTemplate } from '../model/policy-template.ts';
import { unicodeForm } from '../text/unicode-form.ts';
import { type PolicyContent, textsOf } from './content.ts';

/** Readability of a text. */
export interface Readability {
  /** Flesch-Kincaid grade level, to one decimal; null: no sentence. Designed for English. */
  readonly grade: number | null;
  readonly words: number;
  /** Reading time in whole minutes, at 220 words per minute, at least one. */
  readonly minutes: number;
  /** Jargon that staff may not know, with plainer words. */
  readonly jargon: readonly { readonly word: string; readonly better: string; readonly where: string }[];
}

const WORDS_A_MINUTE = 220;

/** Measures a filled text. */
export function readabilityOf(
  content: PolicyContent,
  { plain_words: plain }: Pick<PolicyTemplate, 'plain_words'>,
): Readability {
  const texts = textsOf(content);
  // Headings are not sentences and would make every text look easier.
  const body = texts.filter(({ where, text }) => where !== 'title' && where !== text).map(({ text }) => text);
  const sentences = body.flatMap((text) => text.split(/[.!?](?=\s|$)/u)).filter((one) => /\p{L}/u.test(one));
  const words = body.flatMap((text) => text.match(/[\p{L}’']+/gu) ?? []);
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word), 0);
  const grade =
    words.length === 0
      ? null
      : 0.39 * (words.length / Math.max(1, sentences.length)) + 11.8 * (syllables / words.length) - 15.59;
  return {
    grade: grade === null ? null : Math.max(0, Math.round(grade * 10) / 10),
    words: words.length,
    minutes: Math.max(1, Math.round(words.length / WORDS_A_MINUTE)),
    jargon: texts.flatMap(({ where, text }) =>
      plain.flatMap(({ word, better }) => (holds(text, word) ? [{ word, better, where }] : [])),
    ),
  };
}

/** Counts groups of vowels, without a silent final e; at least one. */
function syllablesIn(word: string): number {
  const plain = unicodeForm(word.toLowerCase(), 'NFKD').replace(/[^a-z]/gu, '');
  return Math.max(
    1,
    plain.replace(/(?<=[^aeiouyl])e$|(?<=[aeiouy][^aeiouy])es?$/u, '').match(/[aeiouy]+/gu)?.length ?? 1,
  );
}

function holds(text: string, word: string): boolean {
  const at = text.toLowerCase().indexOf(word.toLowerCase());
  const letter = (index: number) => /\p{L}/u.test(text.charAt(index));
  return at >= 0 && !letter(at - 1) && !letter(at + word.length);
}
// Guide: G8-01
