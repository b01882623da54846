import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { ReviewItem, ReviewTemplate } from '#domain/model/review.ts';
import { changesSince, coveredAreas, decisionOf, gapsOf, markOf } from '#domain/reviews/check.ts';
import { readItem } from '#domain/reviews/signals.ts';
import type { ItemRead, ReviewAnswer } from '#domain/reviews/types.ts';
import { gapWords, missingWords } from '#domain/reviews/words.ts';
import { nextDue } from '#domain/work/cadence.ts';
import {
  type AnswerRow,
  answersOf,
  findReview,
  isOpenReview,
  lastSigned,
  type ReviewRow,
} from '#store/reviews/reviews.ts';
import { type RhythmRow, rhythmsOf } from '#store/work/cadence.ts';
import type { HandlerContext } from '../context.ts';
import { peopleNowWith, shownOwner } from '../owners/index.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { shownStamps } from '../time-stamps/index.ts';
import type { reviewShown } from './contract.ts';
import { reviewFacts, templateOf } from './facts.ts';
import { charterNow, type Signer, signersOf, signsAs, whyNotSign } from './signers.ts';

export type ReviewView = z.input<typeof reviewShown>;

/** A review with everything that it is decided by. */
export interface WholeReview {
  readonly row: ReviewRow;
  readonly template: ReviewTemplate;
  readonly reads: readonly ItemRead[];
  readonly rows: readonly AnswerRow[];
  readonly answers: readonly ReviewAnswer[];
  readonly before: ReviewRow | null;
  readonly rhythm: RhythmRow | null;
  readonly signers: readonly Signer[];
  readonly today: string;
}

/** Reads a review. Until it is signed, it is pre-filled with current facts; afterwards with those at that time. */
export async function wholeReview(context: HandlerContext, id: string): Promise<WholeReview> {
  const { client, now } = context;
  const stored = await context.read(async (tx) => {
    const row = await findReview(tx, client.id, id);
    if (row === null) throw notFound();
    const template = templateOf(context, row.kind);
    const rhythms = await rhythmsOf(tx, [client.id]);
    const rhythm = rhythms.find(({ task }) => task === template.task) ?? null;
    return {
      row,
      template,
      rhythm,
      rows: await answersOf(tx, client.id, [id]),
      before: isOpenReview(row) ? await lastSigned(tx, client.id, row.kind) : null,
      signers: signersOf(row.kind, await charterNow(tx, client.id), rhythm),
    };
  });
  const reads = stored.row.snapshot ?? (await readItems(context, stored.row));
  return {
    ...stored,
    reads,
    answers: stored.rows.map(answerOf),
    today: present(now, client.timezone).today,
  };
}

/** Current facts for each of its items. */
export async function readItems(
  context: HandlerContext,
  { items, from_on }: Pick<ReviewRow, 'items' | 'from_on'>,
): Promise<readonly ItemRead[]> {
  const facts = await reviewFacts(context, from_on, items);
  return items.map((item) => readItem(item, facts));
}

function answerOf(row: AnswerRow): ReviewAnswer {
  return {
    item: row.item,
    answer: row.answer,
    note: row.note,
    owner: row.owner_name,
    day: row.day,
    seen: row.seen,
    explained: row.explained,
    decisions: row.decisions,
  };
}

/** What is missing before it can be signed. */
export function gapsIn({ row, template, reads, answers, today }: WholeReview) {
  return isOpenReview(row)
    ? gapsOf({ items: row.items, reads, answers, today, oldAfterDays: template.oldAfterDays })
    : [];
}

export async function showReview(context: HandlerContext, id: string): Promise<ReviewView> {
  const { services, client, can, actor } = context;
  const whole = await wholeReview(context, id);
  const { row, template, reads, rows, answers, before, rhythm, signers, today } = whole;
  const able = await peopleNowWith(services, client.id, 'work.read');
  const access = new Set(able.map(({ id: user }) => user));
  const open = isOpenReview(row);
  const pdf = row.minutes?.find(({ format }) => format === 'pdf')?.sha256;
  const stamps = pdf === undefined ? null : await context.read((tx) => shownStamps(tx, client.id));
  const maySign = open && can('work.edit') && signsAs(signers, actor) !== null;
  const task = services.catalogue.cadence.tasks.find((one) => one.id === template.task);
  return {
    ...headOf(row, template.title, rows.filter(({ answer }) => answer !== 'later').length),
    stamp: stamps?.get(pdf ?? '') ?? null,
    due: rhythm?.active === true ? rhythm.due_on : null,
    today,
    version: row.version,
    last: before?.signed_on ?? null,
    items: row.items.map((item) => itemView(item, { reads, rows, before, access })),
    gaps: gapsIn(whole).map((gap) => ({
      code: gap.code,
      item: gap.item,
      blocks: gap.blocks,
      words: gapWords(gap),
    })),
    covered: [...coveredAreas(row.items, reads, answers)],
    changed: open ? changedItems(row.items, template.items) : [],
    signers: signers.map(({ name, as }) => ({ name, as })),
    may: {
      edit: open && can('work.edit'),
      sign: maySign,
      whyNot: maySign || !open ? null : whyNotSign(row.kind, signers),
    },
    people: can('work.edit') ? able.map(({ name, email }) => ({ name, email })) : [],
    next: task === undefined ? null : nextDue(task, rhythm?.months ?? null, today),
  };
}

export function headOf(row: ReviewRow, title: string, answered: number) {
  return {
    id: row.id,
    kind: row.kind,
    title,
    from: row.from_on,
    opened: { by: row.opened_by_name, at: row.opened_at.toISOString() },
    answered,
    of: row.items.length,
    signed:
      row.signed_at === null
        ? null
        : {
            by: row.signed_by_name ?? '',
            as: row.signed_as ?? '',
            at: row.signed_at.toISOString(),
            on: row.signed_on ?? '',
            next: row.next_on,
            minutes: [...(row.minutes ?? [])],
          },
    ended:
      row.ended_at === null
        ? null
        : { by: row.ended_by_name ?? '', at: row.ended_at.toISOString(), why: row.ended_why ?? '' },
  };
}

function itemView(
  { id, area, title, question, rule, guide, decides = [] }: ReviewItem,
  {
    reads,
    rows,
    before,
    access,
  }: Pick<WholeReview, 'reads' | 'rows' | 'before'> & { readonly access: ReadonlySet<string> },
): ReviewView['items'][number] {
  const read = reads.find(({ item }) => item === id);
  if (read === undefined) throw new Error(`Nothing was read for the item ${id} of a review.`);
  const answer = rows.find(({ item }) => item === id);
  const changes = changesSince(read, before?.snapshot ?? []);
  return {
    id,
    area,
    title,
    question,
    rule,
    guide: [...guide],
    state: read.state,
    missing: [...read.missing],
    missingWords: missingWords(read.missing),
    signals: read.signals.map((signal) => ({
      ...signal,
      decides: decides.some((one) => one === signal.signal),
      entries: signal.entries.map((entry) => ({
        ...entry,
        decision: decisionOf(signal.signal, entry.key, answer),
        mark: signal.escalates && signal.state === 'fail' ? markOf(signal.signal, entry.key, answer) : null,
      })),
    })),
    changes: changes?.map((one) => ({ ...one, appeared: [...one.appeared], gone: [...one.gone] })) ?? null,
    answer:
      answer === undefined
        ? null
        : {
            answer: answer.answer,
            note: answer.note,
            owner: shownOwner(answer, access),
            day: answer.day,
            by: answer.changed_by_name,
            at: answer.changed_at.toISOString(),
            version: answer.version,
            closed:
              answer.closed_on === null
                ? null
                : {
                    on: answer.closed_on,
                    by: answer.closed_by_name ?? '',
                    note: answer.closed_note ?? '',
                  },
          },
  };
}

/** Titles of items that the catalogue has changed, removed or added since. */
function changedItems(then: readonly ReviewItem[], now: readonly ReviewItem[]): string[] {
  const current = new Map(now.map((item) => [item.id, item]));
  const known = new Set(then.map(({ id }) => id));
  return [
    // The database stores an item's fields in a different order.
    ...then.filter((item) => !isDeepStrictEqual(current.get(item.id), item)),
    ...now.filter(({ id }) => !known.has(id)),
  ].map(({ title }) => title);
}
// Guide: G5.5-01 G5.5-02 G5.5-04 G5.5-05 G7.1-01 G7.1-02 G7.1-03 G7.1-04 G7.1-07 G7.1-08
