import { randomUUID } from 'node:crypto';
import type { ReviewDeck } from '#domain/model/review.ts';
import { metKeys, refusal } from '#domain/reviews/check.ts';
import type { AnswerKind, ItemRead, LineDecision } from '#domain/reviews/types.ts';
import { missingWords } from '#domain/reviews/words.ts';
import {
  answersOf,
  closeFlag,
  endReview,
  findReview,
  insertReview,
  lastSigned,
  openReview,
  putAnswer,
} from '#store/reviews/reviews.ts';
import type { HandlerContext } from '../context.ts';
import { resolveOwner } from '../owners/index.ts';
import { conflict, notFound, unprocessable } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { firstDay, templateOf } from './facts.ts';
import { type ReviewView, readItems, showReview, wholeReview } from './show.ts';

/** Opens a review of a kind, or returns the open one. */
export async function openOne(
  context: HandlerContext,
  { kind }: { readonly kind: ReviewDeck },
): Promise<ReviewView> {
  const { services, client, actor, now } = context;
  const template = templateOf(context, kind);
  const { today } = present(now, client.timezone);
  const id = await context.change(async (tx, recorder) => {
    const before = await lastSigned(tx, client.id, kind);
    const row = {
      client_id: client.id,
      id: randomUUID(),
      kind,
      items: JSON.stringify(template.items),
      from_on: before?.signed_on ?? firstDay(kind, today),
      opened_by: actor.userId,
      opened_by_name: actor.name,
      opened_at: now,
    };
    if (!(await insertReview(tx, row))) {
      const open = await openReview(tx, client.id, kind);
      if (open === null) throw notFound();
      recorder.unchanged();
      return open.id;
    }
    await recorder.record({
      subject: { kind: 'review', id: row.id, name: template.title },
      before: null,
      after: { kind, from: row.from_on },
    });
    return row.id;
  });
  services.events.publish({ client: client.id, topic: 'work', id });
  return showReview(context, id);
}

export interface Answered {
  readonly review: string;
  readonly item: string;
  readonly version: number;
  readonly answer: AnswerKind;
  readonly note: string | null;
  readonly owner: string | null;
  readonly day: string | null;
  readonly explained: readonly { readonly signal: string; readonly key: string }[];
  readonly decisions: readonly LineDecision[];
}

/** Answers one item as the signed-in person. Refused if the answer that they saw has changed. */
export async function answerItem(context: HandlerContext, input: Answered): Promise<ReviewView> {
  const { services, client, actor, now } = context;
  const row = await context.read((tx) => findReview(tx, client.id, input.review));
  const item = row?.items.find(({ id }) => id === input.item);
  if (row === null || item === undefined) throw notFound();
  const read = (await readItems(context, row)).find((one) => one.item === item.id);
  if (read === undefined) throw notFound();
  const note = input.note === '' ? null : input.note;
  const why = refusal(read, input.answer, note);
  if (why?.code === 'needs_reading') throw unprocessable(missingWords(why.needs) ?? '');
  if (why?.code === 'needs_note')
    throw unprocessable(
      input.answer === 'not_reviewed'
        ? `Say in the note why “${item.title}” was not reviewed.`
        : read.state === 'met'
          ? `The escalation rule of “${item.title}” is met. Say in the note why it is fine.`
          : `Not all of “${item.title}” could be read. Say in the note what you looked at.`,
    );
  const owner = input.answer === 'flag' ? await resolveOwner(services, client.id, input.owner) : null;
  const day = input.answer === 'fine' || input.answer === 'flag' ? input.day : null;
  const seen = metKeys(read);
  const ticked = new Set(input.explained.map(({ signal, key }) => `${signal} ${key}`));
  const explained = input.answer === 'flag' ? seen.filter((id) => ticked.has(id)) : [];
  const decisions = decidedIn(read, item.decides ?? [], input.decisions);
  await context.change(async (tx, recorder) => {
    const answered = async () =>
      (await answersOf(tx, client.id, [row.id])).find((one) => one.item === item.id);
    const before = await answered();
    const quicker = (theirs: typeof before) =>
      conflict('Someone else answered this item after you opened it. Look at the current answer.', {
        by: theirs?.changed_by_name ?? row.signed_by_name,
        at: theirs?.changed_at ?? row.signed_at,
        version: theirs?.version ?? 0,
      });
    if ((before?.version ?? 0) !== input.version) throw quicker(before);
    const next = {
      client_id: client.id,
      review_id: row.id,
      item: item.id,
      answer: input.answer,
      note,
      owner_user: owner?.user ?? null,
      owner_name: owner?.name ?? null,
      owner_mail: owner?.mail ?? null,
      day,
      seen: JSON.stringify(seen),
      explained: JSON.stringify(explained),
      decisions: JSON.stringify(decisions),
      changed_by: actor.userId,
      changed_by_name: actor.name,
      changed_at: now,
    };
    // The other answer has been committed by now, so it can be read.
    if (!(await putAnswer(tx, next, input.version))) throw quicker(await answered());
    await recorder.record({
      subject: { kind: 'review', id: row.id, name: item.title },
      reason: note,
      before:
        before === undefined
          ? null
          : { answer: before.answer, note: before.note, owner: before.owner_name, day: before.day },
      after: { item: item.id, answer: next.answer, note, owner: next.owner_name, day, explained, decisions },
    });
  });
  services.events.publish({ client: client.id, topic: 'work', id: row.id });
  return showReview(context, row.id);
}

/** The last decision on each current line that is decided individually. */
function decidedIn(
  { signals }: ItemRead,
  decides: readonly string[],
  given: readonly LineDecision[],
): readonly LineDecision[] {
  return signals
    .filter(({ signal }) => decides.includes(signal))
    .flatMap(({ signal, entries }) =>
      entries.flatMap(({ key }) => given.findLast((one) => one.signal === signal && one.key === key) ?? []),
    );
}

/** Ends an open review as the signed-in person: it stays on record and does not count as a review. */
export async function endReviewByPerson(
  context: HandlerContext,
  input: { readonly review: string; readonly version: number; readonly why: string },
): Promise<ReviewView> {
  const { services, client, actor, now } = context;
  const { row, reads, template } = await wholeReview(context, input.review);
  const editConflict = () =>
    conflict('The review changed after you opened it. Look at the current version.', {
      by: row.signed_by_name ?? row.ended_by_name,
      at: row.signed_at ?? row.ended_at,
      version: row.version,
    });
  if (row.version !== input.version) throw editConflict();
  await context.change(async (tx, recorder) => {
    const ended = await endReview(tx, row, {
      ended_by: actor.userId,
      ended_by_name: actor.name,
      ended_at: now,
      ended_why: input.why,
      snapshot: JSON.stringify(reads),
    });
    if (!ended) throw editConflict();
    await recorder.record({
      subject: { kind: 'review', id: row.id, name: template.title },
      reason: input.why,
      before: { state: 'open' },
      after: { state: 'ended', kind: row.kind },
    });
  });
  services.events.publish({ client: client.id, topic: 'work', id: row.id });
  return showReview(context, row.id);
}

/** Closes a flag of a signed review with what was done about it. */
export async function closeOne(
  context: HandlerContext,
  input: { readonly review: string; readonly item: string; readonly note: string },
): Promise<ReviewView> {
  const { services, client, actor, now } = context;
  await context.change(async (tx, recorder) => {
    const row = await findReview(tx, client.id, input.review);
    const item = row?.items.find(({ id }) => id === input.item);
    if (row === null || item === undefined || row.signed_at === null) throw notFound();
    const closed = await closeFlag(
      tx,
      { client_id: client.id, review_id: row.id, item: item.id },
      {
        closed_on: present(now, client.timezone).today,
        closed_by: actor.userId,
        closed_by_name: actor.name,
        closed_note: input.note,
      },
    );
    if (!closed)
      throw conflict('This flag is closed already, or the item was not flagged.', {
        by: null,
        at: null,
        version: null,
      });
    await recorder.record({
      subject: { kind: 'review', id: row.id, name: item.title },
      reason: input.note,
      before: { state: 'open' },
      after: { item: item.id, state: 'closed' },
    });
  });
  services.events.publish({ client: client.id, topic: 'work', id: input.review });
  return showReview(context, input.review);
}
// Guide: G5.5-01 G5.5-02 G5.5-04 G7.1-01 G7.1-04
