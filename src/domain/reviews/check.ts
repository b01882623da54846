import { daysBetween } from '../model/day.ts';
import type { REVIEW_AREAS } from '../model/journal.ts';
import type { ReviewItem, ReviewNeed } from '../model/review.ts';
import type { AnswerKind, DecisionKind, ItemRead, LineMark, ReviewAnswer } from './types.ts';

/** Why an answer is not accepted. */
export type Refusal =
  | { readonly code: 'needs_reading'; readonly needs: readonly ReviewNeed[] }
  | { readonly code: 'needs_note' };

/** null: accepted. If something could not be read, "fine" needs a note on what was checked instead. */
export function refusal(read: ItemRead, answer: AnswerKind, note: string | null): Refusal | null {
  if (answer === 'fine' && read.missing.length > 0) return { code: 'needs_reading', needs: read.missing };
  const asksWhy = answer === 'not_reviewed' || (answer === 'fine' && isOpen(read));
  return asksWhy && note === null ? { code: 'needs_note' } : null;
}

/**
 * Whether "fine" goes beyond what was read. What cannot be read because of plan or policy is a known gap and does not
 * count.
 */
export function isOpen({ state, signals }: ItemRead): boolean {
  return (
    state === 'met' ||
    signals.some((one) => one.escalates && (one.state === 'cannot_read' || one.state === 'pending'))
  );
}

/** Lines of an item that meet its rule, as signal and key. */
export function metKeys({ signals }: ItemRead): readonly string[] {
  return met(signals).map(({ id }) => id);
}

/** What was decided about a line that meets the rule; null: nothing yet. */
export function markOf(
  signal: string,
  key: string,
  answer: Pick<ReviewAnswer, 'answer' | 'seen' | 'explained'> | undefined,
): LineMark | null {
  const id = lineId(signal, key);
  if (answer === undefined || !answer.seen.includes(id)) return null;
  if (answer.answer === 'fine') return 'explained';
  if (answer.answer !== 'flag') return null;
  return answer.explained.includes(id) ? 'explained' : 'escalated';
}

/** What was decided about a line of a list; null: nothing yet. */
export function decisionOf(
  signal: string,
  key: string,
  answer: Pick<ReviewAnswer, 'decisions'> | undefined,
): DecisionKind | null {
  return answer?.decisions.find((one) => one.signal === signal && one.key === key)?.decision ?? null;
}

function lineId(signal: string, key: string): string {
  return `${signal} ${key}`;
}

function met(signals: ItemRead['signals']) {
  return signals
    .filter(({ escalates, state }) => escalates && state === 'fail')
    .flatMap(({ signal, entries }) => entries.map(({ key, label }) => ({ id: lineId(signal, key), label })));
}

/** Lines that met the rule only after the item was answered. */
export function metSince(read: ItemRead, { seen }: Pick<ReviewAnswer, 'seen'>): readonly string[] {
  const before = new Set(seen);
  return met(read.signals)
    .filter(({ id }) => !before.has(id))
    .map(({ label }) => label);
}

export type GapCode =
  | 'unanswered'
  | 'appeared'
  | 'needs_reading'
  | 'needs_note'
  | 'flag_without_owner'
  | 'accepted_without_end'
  | 'day_passed'
  | 'undecided'
  | 'needs_flag'
  | 'unread'
  | 'not_reviewed'
  | 'old_reading';

/** Something that is missing before sign-off. */
export interface Gap {
  readonly code: GapCode;
  readonly item: string;
  /** It prevents signing; otherwise it is only mentioned in the minutes. */
  readonly blocks: boolean;
  readonly names: readonly string[];
  /** Age in days of an old reading; null for other gaps. */
  readonly days: number | null;
}

interface Reviewed {
  readonly items: readonly ReviewItem[];
  readonly reads: readonly ItemRead[];
  readonly answers: readonly ReviewAnswer[];
  readonly today: string;
  readonly oldAfterDays: number;
}

/** Everything to correct or note before a review is signed, item by item. */
export function gapsOf({ items, reads, answers, today, oldAfterDays }: Reviewed): readonly Gap[] {
  return items.flatMap(({ id, decides = [] }): Gap[] => {
    const read = reads.find(({ item }) => item === id);
    const answer = answers.find(({ item }) => item === id);
    if (read === undefined) return [];
    const gap = (
      code: GapCode,
      blocks: boolean,
      names: readonly string[] = [],
      days: number | null = null,
    ) => ({
      code,
      item: id,
      blocks,
      names,
      days,
    });
    if (answer === undefined || answer.answer === 'later') return [gap('unanswered', true)];
    const gaps: Gap[] = [];
    const why = refusal(read, answer.answer, answer.note);
    if (why !== null) gaps.push(gap(why.code, true, why.code === 'needs_reading' ? why.needs : []));
    const since = answer.answer === 'not_reviewed' ? [] : metSince(read, answer);
    if (since.length > 0) gaps.push(gap('appeared', true, since));
    if (answer.answer === 'flag' && answer.owner === null) gaps.push(gap('flag_without_owner', true));
    const accepted = answer.answer === 'fine' && read.state === 'met';
    if (accepted && answer.day === null) gaps.push(gap('accepted_without_end', true));
    if ((accepted || answer.answer === 'flag') && answer.day !== null && answer.day < today)
      gaps.push(gap('day_passed', true));
    if (answer.answer === 'not_reviewed') return [...gaps, gap('not_reviewed', false)];
    const lines = read.signals
      .filter(({ signal }) => decides.some((one) => one === signal))
      .flatMap(({ signal, entries }) =>
        entries.map(({ key, label }) => ({ label, decision: decisionOf(signal, key, answer) })),
      );
    const labels = (which: (decision: DecisionKind | null) => boolean) =>
      lines.filter(({ decision }) => which(decision)).map(({ label }) => label);
    const undecided = labels((decision) => decision === null);
    if (undecided.length > 0) gaps.push(gap('undecided', true, undecided));
    const open = labels((decision) => decision === 'remove' || decision === 'question');
    if (answer.answer === 'fine' && open.length > 0) gaps.push(gap('needs_flag', true, open));
    const unread = read.signals.filter(
      ({ escalates, state }) =>
        escalates &&
        state !== 'pass' &&
        state !== 'fail' &&
        state !== 'accepted' &&
        state !== 'not_applicable',
    );
    if (unread.length > 0)
      gaps.push(
        gap(
          'unread',
          false,
          unread.map(({ title }) => title),
        ),
      );
    for (const { title, readOn } of read.signals) {
      const age = readOn === null ? 0 : daysBetween(readOn, today);
      if (age > oldAfterDays) gaps.push(gap('old_reading', false, [title], age));
    }
    return gaps;
  });
}

type Area = (typeof REVIEW_AREAS)[number];

/** Areas that a review covers: those of items that someone answered and whose readings exist. */
export function coveredAreas(
  items: readonly ReviewItem[],
  reads: readonly ItemRead[],
  answers: readonly ReviewAnswer[],
): readonly Area[] {
  const areas = items.flatMap(({ id, area }) => {
    const answer = answers.find(({ item }) => item === id);
    const read = reads.find(({ item }) => item === id);
    const reviewed = answer?.answer === 'fine' || answer?.answer === 'flag';
    const done = reviewed && read?.missing.length === 0;
    return area !== null && done ? [area] : [];
  });
  return [...new Set(areas)];
}

/** What one part of an item lists now but did not at the last signed review, and the reverse. */
export interface Change {
  readonly signal: string;
  readonly title: string;
  readonly appeared: readonly string[];
  readonly gone: readonly string[];
}

/** null: the last review did not include this item, or there was none. */
export function changesSince(read: ItemRead, last: readonly ItemRead[]): readonly Change[] | null {
  const before = last.find(({ item }) => item === read.item);
  if (before === undefined) return null;
  return read.signals.flatMap(({ signal, title, entries }): Change[] => {
    const then = before.signals.find((one) => one.signal === signal);
    if (then === undefined) return [];
    const known = new Set(then.entries.map(({ key }) => key));
    const now = new Set(entries.map(({ key }) => key));
    const appeared = entries.filter(({ key }) => !known.has(key)).map(({ label }) => label);
    const gone = then.entries.filter(({ key }) => !now.has(key)).map(({ label }) => label);
    return appeared.length + gone.length === 0 ? [] : [{ signal, title, appeared, gone }];
  });
}
