import { DateTime } from 'luxon';
import { STATE_WORDS } from '#domain/model/verdict.ts';
import { changesSince, decisionOf, markOf } from '#domain/reviews/check.ts';
import type { ItemRead, ReviewAnswer, SignalRead } from '#domain/reviews/types.ts';
import { ANSWER_WORDS, DECISION_WORDS, gapWords, ITEM_STATE_WORDS } from '#domain/reviews/words.ts';
import { momentWords } from '#domain/text/moments.ts';
import { count, dayWords, names, zoneWords } from '#domain/text/words.ts';
import { gapsIn, type WholeReview } from '../show.ts';

export interface MinutesOf {
  readonly client: string;
  readonly zone: string;
  readonly by: string;
  readonly as: string;
  readonly at: Date;
  readonly next: string | null;
  readonly paper: 'a4' | 'us-letter';
}

/** The minutes of a review as text, which all formats print alike. */
export interface Minutes {
  readonly title: string;
  readonly author: string;
  readonly date: readonly [year: number, month: number, day: number];
  readonly paper: string;
  readonly client: string;
  readonly headline: string;
  readonly facts: readonly { readonly term: string; readonly value: string }[];
  readonly items: readonly MinutesItem[];
  readonly limits: readonly string[];
  readonly foot: string;
}

export interface MinutesItem {
  readonly title: string;
  readonly rule: string;
  readonly answer: string;
  readonly note: string;
  readonly parts: readonly {
    readonly title: string;
    readonly words: string;
    readonly lines: readonly string[];
  }[];
  readonly changes: readonly string[];
}

/** Maximum printed lines of one list; the number of further lines is stated. */
const MAX_LINES = 50;

export function minutesOf(whole: WholeReview, made: MinutesOf): Minutes {
  const { row, template, reads, answers, before, today } = whole;
  const { client, zone, by, as, at, next, paper } = made;
  const local = DateTime.fromJSDate(at, { zone });
  const when = `${momentWords(at, zone)}, ${zoneWords(zone)}`;
  const flags = answers.filter(({ answer }) => answer === 'flag').length;
  const left = answers.filter(({ answer }) => answer === 'not_reviewed').length;
  return {
    title: `${template.title} of ${client}`,
    author: by,
    date: [local.year, local.month, local.day],
    paper,
    client,
    headline: [
      `${count(row.items.length, 'item')} reviewed against the guide, ${flags === 0 ? 'none flagged' : `${flags} flagged`}`,
      ...(left === 0 ? [] : [`${left} not reviewed`]),
    ].join(', '),
    facts: [
      { term: 'Signed by', value: `${by}, ${as}` },
      { term: 'Signed on', value: when },
      { term: 'Period', value: `${dayWords(row.from_on)} to ${dayWords(today)}` },
      {
        term: 'Previous review',
        value: before?.signed_on == null ? 'None signed here' : dayWords(before.signed_on),
      },
      { term: 'Next review', value: next === null ? 'No date set' : dayWords(next) },
    ],
    items: row.items.map((item, at) => {
      const read = reads.find((one) => one.item === item.id);
      const answer = answers.find((one) => one.item === item.id);
      return {
        title: `${at + 1}. ${item.title}`,
        rule: `Escalate if: ${item.rule} ${read === undefined ? '' : `${ITEM_STATE_WORDS[read.state]}.`}`.trim(),
        answer: answerWords(answer),
        note: answer?.note ?? '',
        parts: (read?.signals ?? []).map((signal) => partOf(signal, answer)),
        changes: read === undefined ? [] : changeWords(read, before?.snapshot ?? []),
      };
    }),
    limits: gapsIn(whole).map(
      (gap) => `${row.items.find(({ id }) => id === gap.item)?.title ?? gap.item}: ${gapWords(gap)}`,
    ),
    foot: `${client} · ${template.title} · ${when}`,
  };
}

function answerWords(answer: ReviewAnswer | undefined): string {
  if (answer === undefined) return 'Not answered.';
  const { day, owner } = answer;
  if (answer.answer === 'flag')
    return `${ANSWER_WORDS.flag}. Owner: ${owner ?? 'no one'}${day === null ? '' : `, by ${dayWords(day)}`}.`;
  if (answer.answer === 'fine' && day !== null) return `Accepted until ${dayWords(day)}.`;
  return `${ANSWER_WORDS[answer.answer]}.`;
}

function partOf(
  { signal, title, state, reason, entries, readOn }: SignalRead,
  answer: ReviewAnswer | undefined,
): MinutesItem['parts'][number] {
  const more = entries.length - MAX_LINES;
  return {
    title,
    words: `${state === null ? '' : `${STATE_WORDS[state]}. `}${reason}${readOn === null ? '' : ` Read ${dayWords(readOn)}.`}`,
    lines: [
      ...entries.slice(0, MAX_LINES).map(({ key, label, detail }) => {
        const mark = markOf(signal, key, answer);
        const decision = decisionOf(signal, key, answer);
        return `${label}: ${detail}${decision === null ? '' : ` ${DECISION_WORDS[decision]}.`}${mark === null ? '' : mark === 'explained' ? ' Explained.' : ' Escalated.'}`;
      }),
      ...(more > 0 ? [`And ${more} more, listed in Bylaw.`] : []),
    ],
  };
}

function changeWords(read: ItemRead, before: readonly ItemRead[]): string[] {
  const changes = changesSince(read, before);
  if (changes === null) return [];
  if (changes.length === 0) return ['Nothing has changed since the previous review.'];
  return changes.flatMap(({ title, appeared, gone }) => [
    ...(appeared.length === 0
      ? []
      : [`${title}: new since the previous review: ${names(appeared, MAX_LINES)}.`]),
    ...(gone.length === 0 ? [] : [`${title}: no longer listed: ${names(gone, MAX_LINES)}.`]),
  ]);
}
// Guide: G7.1-00
