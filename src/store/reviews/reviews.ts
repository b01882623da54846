import { type Insertable, type Selectable, sql } from 'kysely';
import type { ReviewDeck } from '#domain/model/review.ts';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type ReviewRow = Selectable<Database['reviews']>;
export type AnswerRow = Selectable<Database['review_answers']>;

/** Reviews of these clients, newest first. */
export async function reviewsOf(tx: Tx, clientIds: readonly string[]): Promise<ReviewRow[]> {
  if (clientIds.length === 0) return [];
  return tx
    .selectFrom('reviews')
    .selectAll()
    .where('client_id', 'in', clientIds)
    .orderBy('opened_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function findReview(tx: Tx, clientId: string, id: string): Promise<ReviewRow | null> {
  const row = await tx
    .selectFrom('reviews')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** The open review of a kind; null: none. */
export async function openReview(tx: Tx, clientId: string, kind: ReviewDeck): Promise<ReviewRow | null> {
  const row = await tx
    .selectFrom('reviews')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('kind', '=', kind)
    .where('signed_at', 'is', null)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

/** The last signed review of a kind; null: none. */
export async function lastSigned(tx: Tx, clientId: string, kind: ReviewDeck): Promise<ReviewRow | null> {
  const row = await tx
    .selectFrom('reviews')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('kind', '=', kind)
    .where('signed_at', 'is not', null)
    .orderBy('signed_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Opens a review; false: one of its kind is already open. */
export async function insertReview(tx: Tx, row: Insertable<Database['reviews']>): Promise<boolean> {
  const added = await tx
    .insertInto('reviews')
    .values(row)
    .onConflict((on) =>
      on
        .columns(['client_id', 'kind'])
        .where('signed_at', 'is', null)
        .where('ended_at', 'is', null)
        .doNothing(),
    )
    .executeTakeFirst();
  return Number(added.numInsertedOrUpdatedRows) === 1;
}

/** Whether a review is neither signed nor ended. */
export function isOpenReview({ signed_at, ended_at }: Pick<ReviewRow, 'signed_at' | 'ended_at'>): boolean {
  return signed_at === null && ended_at === null;
}

/** A review as shown to the person. */
type Shown = Pick<ReviewRow, 'client_id' | 'id' | 'version'>;

type Signature = Pick<
  Insertable<Database['reviews']>,
  | 'signed_by'
  | 'signed_by_name'
  | 'signed_as'
  | 'signed_at'
  | 'signed_on'
  | 'snapshot'
  | 'minutes'
  | 'record_id'
  | 'next_on'
>;

/** Signs an open review as shown at `version`; false: it has changed since. */
export async function signReview(tx: Tx, shown: Shown, signature: Signature): Promise<boolean> {
  return close(tx, shown, signature);
}

type End = Pick<
  Insertable<Database['reviews']>,
  'ended_by' | 'ended_by_name' | 'ended_at' | 'ended_why' | 'snapshot'
>;

/** Ends an open review without a signature, as shown at `version`; false: it has changed since. */
export async function endReview(tx: Tx, shown: Shown, end: End): Promise<boolean> {
  return close(tx, shown, end);
}

async function close(tx: Tx, { client_id, id, version }: Shown, values: Signature | End): Promise<boolean> {
  const changed = await tx
    .updateTable('reviews')
    .set({ ...values, version: version + 1 })
    .where('client_id', '=', client_id)
    .where('id', '=', id)
    .where('version', '=', version)
    .where('signed_at', 'is', null)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return Number(changed.numUpdatedRows) === 1;
}

export async function answersOf(
  tx: Tx,
  clientId: string,
  reviewIds: readonly string[],
): Promise<AnswerRow[]> {
  if (reviewIds.length === 0) return [];
  return tx
    .selectFrom('review_answers')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('review_id', 'in', reviewIds)
    .execute();
}

/** Number of answered items per review of these clients, by `client review`. */
export async function answeredCounts(
  tx: Tx,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (clientIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('review_answers')
    .select((eb) => ['client_id', 'review_id', eb.fn.countAll<string>().as('answered')])
    .where('client_id', 'in', clientIds)
    .where('answer', '<>', 'later')
    .groupBy(['client_id', 'review_id'])
    .execute();
  return new Map(rows.map((row) => [`${row.client_id} ${row.review_id}`, Number(row.answered)]));
}

/** Unclosed flags of signed reviews. */
export async function openFlags(tx: Tx, clientIds: readonly string[]) {
  if (clientIds.length === 0) return [];
  return tx
    .selectFrom('review_answers as a')
    .innerJoin('reviews as r', (join) =>
      join.onRef('r.client_id', '=', 'a.client_id').onRef('r.id', '=', 'a.review_id'),
    )
    .select(['a.client_id', 'a.review_id', 'a.item', 'a.note', 'a.day', 'r.kind', 'r.items', 'r.signed_on'])
    .select(['a.owner_user', 'a.owner_name', 'a.owner_mail'])
    .where('a.client_id', 'in', clientIds)
    .where('a.answer', '=', 'flag')
    .where('a.closed_on', 'is', null)
    .where('r.signed_at', 'is not', null)
    .orderBy('a.day')
    .execute();
}

/**
 * Stores an answer over `version` (0: none), and increments the review's version; false: the answer is at another
 * version, or the review was signed meanwhile.
 */
export async function putAnswer(
  tx: Tx,
  row: Omit<Insertable<Database['review_answers']>, 'version'>,
  version: number,
): Promise<boolean> {
  const open = await tx
    .updateTable('reviews')
    .set({ version: sql<number>`version + 1` })
    .where('client_id', '=', row.client_id)
    .where('id', '=', row.review_id)
    .where('signed_at', 'is', null)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (Number(open.numUpdatedRows) !== 1) return false;
  const stored = await tx
    .insertInto('review_answers')
    .values({ ...row, version: version + 1 })
    .onConflict((there) =>
      there
        .columns(['client_id', 'review_id', 'item'])
        .doUpdateSet({ ...row, version: version + 1 })
        .where('review_answers.version', '=', version),
    )
    .executeTakeFirst();
  return Number(stored.numInsertedOrUpdatedRows) === 1;
}

/** Closes a flag; false: already closed. */
export async function closeFlag(
  tx: Tx,
  which: Pick<AnswerRow, 'client_id' | 'review_id' | 'item'>,
  closed: Pick<AnswerRow, 'closed_on' | 'closed_by' | 'closed_by_name' | 'closed_note'>,
): Promise<boolean> {
  const changed = await tx
    .updateTable('review_answers')
    .set(closed)
    .where('client_id', '=', which.client_id)
    .where('review_id', '=', which.review_id)
    .where('item', '=', which.item)
    .where('answer', '=', 'flag')
    .where('closed_on', 'is', null)
    .executeTakeFirst();
  return Number(changed.numUpdatedRows) === 1;
}

/** Outcomes of calls that changed nothing. */
const NOT_DONE = ['failure', 'rejected'];

/**
 * Connector calls between two instants: their number, those without a known effect, and writing or administering ones
 * by source, connector, tool and person. Failed and refused calls are only counted.
 */
export async function callsBetween(tx: Tx, clientId: string, from: Date, until: Date) {
  const of = tx
    .selectFrom('activities')
    .where('client_id', '=', clientId)
    .where('at', '>=', from)
    .where('at', '<', until);
  const done = sql<boolean>`(outcome is null or outcome not in (${sql.join(NOT_DONE)}))`;
  const counted = await of
    .select((eb) => [
      eb.fn.countAll<string>().as('events'),
      sql<string>`count(*) filter (where category = 'tool_call' and connector is not null)`.as('calls'),
      sql<string>`count(*) filter (where category = 'tool_call' and connector is not null
        and coalesce(effect, 'unknown') = 'unknown' and ${done})`.as('unknown'),
    ])
    .executeTakeFirstOrThrow();
  const writes = await of
    .select(['source', 'connector', 'tool', 'person'])
    .select((eb) => [eb.fn.countAll<string>().as('calls'), eb.fn.max('at').as('last')])
    .where('category', '=', 'tool_call')
    .where('connector', 'is not', null)
    .where('effect', 'in', ['write', 'admin'])
    .where(done)
    .groupBy(['source', 'connector', 'tool', 'person'])
    .orderBy('last', 'desc')
    .execute();
  return {
    events: Number(counted.events),
    calls: Number(counted.calls),
    unknown: Number(counted.unknown),
    writes: writes.map((row) => ({ ...row, calls: Number(row.calls) })),
  };
}
