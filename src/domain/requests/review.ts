import type { Connector } from '../model/catalogue.ts';
import type {
  AnswerCounts,
  RequestReview,
  ReviewAnswer,
  ReviewKind,
  ReviewQuestion,
} from '../model/request-review.ts';
import { names } from '../text/words.ts';

export interface GivenAnswer {
  readonly answer: ReviewAnswer;
  readonly note: string | null;
}

/** A question with its answer. `counts` null: not answered. */
export interface ReviewLine {
  readonly question: ReviewQuestion;
  readonly given: GivenAnswer | null;
  readonly counts: AnswerCounts | null;
}

export interface Assessment {
  readonly lines: readonly ReviewLine[];
  /** Why it cannot be approved, in one sentence; null: the review does not prevent approval. */
  readonly blocked: string | null;
  /** Points to consider, as phrases. */
  readonly concerns: readonly string[];
}

/**
 * Which kinds a connector belongs to. One that is not in the catalogue, or is known to be in no directory, is a custom
 * server; a custom server that holds or may hold members' data counts as a membership system, as in the charter.
 */
export function reviewKinds(
  entry: Pick<Connector, 'directory' | 'category'> | null,
  memberData: boolean | null,
): readonly ReviewKind[] {
  if (entry === null) return memberData === false ? ['custom'] : ['custom', 'ams'];
  const kind = entry.directory === 'confirmed' ? 'directory' : 'custom';
  return entry.category === 'ams' ? [kind, 'ams'] : [kind];
}

/** Assesses the answers. Deterministic, including the wording. */
export function assessReview(
  { questions }: Pick<RequestReview, 'questions'>,
  kinds: readonly ReviewKind[],
  answers: Readonly<Record<string, GivenAnswer>>,
): Assessment {
  const lines = questions
    .filter(({ of }) => of.some((kind) => kinds.includes(kind)))
    .map((question): ReviewLine => {
      const given = Object.hasOwn(answers, question.id) ? (answers[question.id] ?? null) : null;
      return { question, given, counts: given === null ? null : countsAs(question, given.answer) };
    });
  return { lines, blocked: blockedBy(lines), concerns: concernsOf(lines) };
}

export function countsAs(question: ReviewQuestion, answer: ReviewAnswer): AnswerCounts {
  return answer === 'not_known' ? question.notKnown : question[answer];
}

function blockedBy(lines: readonly ReviewLine[]): string | null {
  const faults = lines.filter(({ given, counts }) => counts === 'blocks' && given?.answer !== 'not_known');
  if (faults.length > 0)
    return `It cannot be approved as it is: ${names(
      faults.map(({ question, given }) => (given?.answer === 'no' ? question.fault : question.asks)),
    )}.`;
  const missing = lines.filter(({ counts, given }) => given === null || counts === 'blocks');
  if (missing.length === 0) return null;
  return `It cannot be approved while it is not known ${names(missing.map(({ question }) => question.unknown))}.`;
}

function concernsOf(lines: readonly ReviewLine[]): readonly string[] {
  return lines.flatMap(({ question, given, counts }) =>
    counts !== 'concern'
      ? []
      : [given?.answer === 'not_known' ? `it is not known ${question.unknown}` : question.fault],
  );
}
// Guide: G3.3-06 G3.4-06
