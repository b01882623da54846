import { QUESTION_AREAS } from '../charter/questions.ts';
import { AREA_WORDS } from '../labels.ts';
import type { Control } from '../model/catalogue.ts';
import { KINDS, type Kind } from '../model/kinds.ts';
import type { VerdictHead } from '../model/verdict.ts';
import { type Ask, askKey, questionText } from '../text/message.ts';
import {
  asksForCharter,
  charterQuestionsOf,
  journalWords,
  placesOf,
  profileWords,
  questionNames,
} from '../text/questions.ts';
import { count, names } from '../text/words.ts';

/** A control that cannot be read, with the questions that would settle it, the preferred one first. */
export interface Unread {
  readonly control: Control;
  readonly verdict: VerdictHead;
  readonly first: Ask;
}

/** A document, kind of file or area: what one person imports or answers at once. */
export interface OpenQuestions {
  /** Stable id, independent of how many of its questions are open. */
  readonly key: string;
  /** What to do, in the imperative, without names of keys. */
  readonly title: string;
  /** What is open; null: the title says everything. */
  readonly what: string | null;
  /** Questions of the charter to answer one after the other, by id. */
  readonly answers: readonly string[];
  readonly unread: readonly Unread[];
}

/** Maximum number of names in one line. */
const MAX_QUESTIONS = 3;

/** Groups what cannot be read by where its questions are answered, so that it is one task rather than one per key. */
export function openQuestions(all: readonly Unread[]): readonly OpenQuestions[] {
  const noCharter = all.some(({ first }) => asksForCharter(first));
  const groups = Map.groupBy(all, (one) => placeKey(one, noCharter));
  return [...groups].map(([key, unread]) => ({ key, unread, ...wordsOf(unread, noCharter) }));
}

/** Where a question is answered: the document, the kind of file, or the attested area. */
export function placeKey({ first, control }: Pick<Unread, 'first' | 'control'>, noCharter: boolean): string {
  switch (first.of) {
    case 'charter': {
      if (noCharter) return 'charter';
      const [question] = charterQuestionsOf(first);
      return question === undefined ? askKey(first) : `charter:${question.area}`;
    }
    case 'journal':
    case 'profile':
      return first.of;
    case 'attestation':
      return `attestation:${control.area}`;
    case 'source':
      return `source:${first.field}`;
    case 'look':
      return askKey(first);
  }
}

type Words = Pick<OpenQuestions, 'title' | 'what' | 'answers'>;

function wordsOf(unread: readonly Unread[], noCharter: boolean): Words {
  const [one] = unread;
  const first = one?.first;
  if (one === undefined || first === undefined) return { title: '', what: null, answers: [] };
  const words: Words = { title: questionText([first], 'console') ?? '', what: null, answers: [] };
  switch (first.of) {
    case 'charter':
      return noCharter
        ? { title: 'Get a charter approved', what: null, answers: [] }
        : (ofCharter(unread) ?? words);
    case 'journal':
      return several(unread, journalWords, 'Write down', 'Record what was done');
    case 'profile':
      return several(unread, profileWords, 'Enter', 'Complete the client’s settings');
    case 'attestation':
      return unread.length === 1
        ? { title: `State what you saw: ${one.control.title}`, what: first.text, answers: [] }
        : { title: `State what you saw: ${AREA_WORDS[one.control.area]}`, what: titles(unread), answers: [] };
    case 'source': {
      if (!Object.hasOwn(KINDS, first.field)) return words;
      const label = KINDS[first.field as Kind].label;
      // One answer settles every control that needs the file.
      const others = unread.find((each) => each.first.detail === 'other_organization');
      if (others !== undefined)
        return {
          title: `Say whether the newest ${label} is another organization’s`,
          what: questionText([others.first], 'console'),
          answers: [],
        };
      const lists = unread.find((each) => each.first.detail === 'other_list');
      if (lists !== undefined)
        return {
          title: `Say which ${label} counts`,
          what: questionText([lists.first], 'console'),
          answers: [],
        };
      const texts = [...new Set(unread.map((each) => questionText([each.first], 'console')))];
      return { title: `Import the ${label}`, what: texts[0] ?? null, answers: [] };
    }
    case 'look':
      return words;
  }
}

function ofCharter(unread: readonly Unread[]): Words | null {
  const questions = [...new Set(unread.flatMap(({ first }) => charterQuestionsOf(first)))];
  const [question] = questions;
  if (question === undefined) return null;
  const answers = questions.flatMap(({ id, page }) => (page === undefined ? [id] : []));
  if (questions.length === 1) return { title: `${question.title} in the charter`, what: null, answers };
  return {
    title: `${QUESTION_AREAS[question.area]} in the charter`,
    what: `${questionNames(questions, MAX_QUESTIONS)}.`,
    answers,
  };
}

function several(
  unread: readonly Unread[],
  wordsFor: (field: string) => string | null,
  verb: string,
  title: string,
): Words {
  const fields = unread.flatMap(({ first }) => placesOf(first).map(({ field }) => field));
  const each = [...new Set(fields.flatMap((field) => wordsFor(field) ?? []))];
  const [only] = each;
  return each.length === 1 && only !== undefined
    ? { title: `${verb} ${only}`, what: null, answers: [] }
    : { title, what: `${verb} ${names(each, MAX_QUESTIONS)}.`, answers: [] };
}

function titles(unread: readonly Unread[]): string {
  return `${count(unread.length, 'setting')} that only a person can see: ${names(
    unread.map(({ control }) => `“${control.title}”`),
    MAX_QUESTIONS,
  )}.`;
}
