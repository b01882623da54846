import { type CompiledQuery, type Insertable, type Selectable, sql } from 'kysely';
import type { StoredActivity } from '#domain/activity/activity.ts';
import { activityOf } from '../activity/row.ts';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

/** A guard's decision and its activity; null: retention has removed the activity. */
export interface StoredCheck {
  readonly reference: string;
  readonly at: Date;
  readonly guard: string;
  readonly verdict: string;
  readonly judged: {
    readonly as: string;
    readonly by: string;
    readonly at: Date;
    readonly note: string | null;
  } | null;
  readonly activity: StoredActivity | null;
}

/** Statement that records which of the added activities are decisions of a guard, to run in the same transaction. */
export function insertChecks(
  tx: Tx,
  rows: readonly Omit<
    Insertable<Database['activity_checks']>,
    'judged' | 'judged_at' | 'judged_by' | 'judged_note'
  >[],
): CompiledQuery {
  return tx
    .insertInto('activity_checks')
    .values([...rows])
    .onConflict((there) => there.columns(['client_id', 'reference']).doNothing())
    .compile();
}

/** Whether a decision with this reference exists. */
export async function hasCheck(tx: Tx, clientId: string, reference: string): Promise<boolean> {
  const row = await tx
    .selectFrom('activity_checks')
    .select('reference')
    .where('client_id', '=', clientId)
    .where('reference', '=', reference)
    .executeTakeFirst();
  return row !== undefined;
}

/** References of a guard's decisions since an instant, at most `max`. */
export async function referencesSince(
  tx: Tx,
  clientId: string,
  guard: string,
  since: Date,
  max: number,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('activity_checks')
    .select('reference')
    .where('client_id', '=', clientId)
    .where('at', '>=', since)
    .where('guard', '=', guard)
    .limit(max)
    .execute();
  return rows.map(({ reference }) => reference);
}

export interface ChecksAsked {
  readonly reference?: string | undefined;
  readonly verdicts: readonly string[];
  /** Omitted: all guards. */
  readonly guard?: string | undefined;
  /** Position in the list: returns decisions before it. */
  readonly before: { readonly at: string; readonly reference: string } | null;
  readonly limit: number;
}

/** Decisions of a client's guards, newest first. */
export async function checksOf(tx: Tx, clientId: string, asked: ChecksAsked): Promise<StoredCheck[]> {
  const { before, reference, verdicts, guard, limit } = asked;
  const rows = await tx
    .selectFrom('activity_checks')
    .selectAll()
    .where('client_id', '=', clientId)
    .$if(reference !== undefined, (query) => query.where('reference', '=', reference ?? ''))
    .$if(verdicts.length > 0, (query) => query.where('verdict', 'in', [...verdicts]))
    .$if(guard !== undefined, (query) => query.where('guard', '=', guard ?? ''))
    .$if(before !== null, (query) =>
      query.where(
        sql<boolean>`(at, reference) < (${before?.at ?? ''}::timestamptz, ${before?.reference ?? ''})`,
      ),
    )
    .orderBy('at', 'desc')
    .orderBy('reference', 'desc')
    .limit(limit)
    .execute();
  if (rows.length === 0) return [];
  const activities = await tx
    .selectFrom('activities')
    .selectAll()
    .where('client_id', '=', clientId)
    .where(
      'at',
      'in',
      rows.map(({ at }) => at),
    )
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
  const byId = new Map(activities.map((row) => [row.id, activityOf(row)]));
  return rows.map(({ id, at, guard, verdict, reference: own, ...row }) => ({
    reference: own,
    at,
    guard,
    verdict,
    judged:
      row.judged === null || row.judged_at === null
        ? null
        : { as: row.judged, by: row.judged_by ?? '', at: row.judged_at, note: row.judged_note },
    activity: byId.get(id) ?? null,
  }));
}

/** Stores a person's assessment of a decision, and returns the row as it was before; null: no such decision. */
export async function judgeCheck(
  tx: Tx,
  clientId: string,
  reference: string,
  judged: Pick<Insertable<Database['activity_checks']>, 'judged' | 'judged_at' | 'judged_by' | 'judged_note'>,
): Promise<Selectable<Database['activity_checks']> | null> {
  const of = { client_id: clientId, reference };
  const before = await tx
    .selectFrom('activity_checks')
    .selectAll()
    .where((eb) => eb.and(of))
    .forUpdate()
    .executeTakeFirst();
  if (before === undefined) return null;
  await tx
    .updateTable('activity_checks')
    .set(judged)
    .where((eb) => eb.and(of))
    .execute();
  return before;
}

/** Number of a guard's decisions per verdict since an instant, and the time of the newest of each. */
export async function checkCounts(
  tx: Tx,
  clientId: string,
  guard: string,
  since: Date,
): Promise<{ readonly verdict: string; readonly checks: number; readonly last: Date }[]> {
  const rows = await tx
    .selectFrom('activity_checks')
    .select((eb) => ['verdict', eb.fn.countAll<string>().as('checks'), eb.fn.max('at').as('last')])
    .where('client_id', '=', clientId)
    .where('guard', '=', guard)
    .where('at', '>=', since)
    .groupBy('verdict')
    .execute();
  return rows.map(({ verdict, checks, last }) => ({ verdict, checks: Number(checks), last: new Date(last) }));
}

/** Purview's answers to a guard's newest decisions (at most `limit`), with the number of each. */
export async function purviewCounts(
  tx: Tx,
  clientId: string,
  guard: string,
  limit: number,
): Promise<{ readonly answer: string; readonly prompts: number }[]> {
  const newest = tx
    .selectFrom('activity_checks')
    .select(['client_id', 'at', 'id'])
    .where('client_id', '=', clientId)
    .where('guard', '=', guard)
    .orderBy('at', 'desc')
    .limit(limit);
  const rows = await tx
    .selectFrom(newest.as('c'))
    .innerJoin('activities as a', (join) =>
      join.onRef('a.client_id', '=', 'c.client_id').onRef('a.at', '=', 'c.at').onRef('a.id', '=', 'c.id'),
    )
    .select((eb) => [
      sql<string | null>`a.rest -> 'detail' ->> 'purview'`.as('answer'),
      eb.fn.countAll<string>().as('prompts'),
    ])
    .groupBy('answer')
    .execute();
  return rows.flatMap(({ answer, prompts }) =>
    answer === null ? [] : [{ answer, prompts: Number(prompts) }],
  );
}

/** Calls refused before any content was inspected. */
export interface CheckRefusals {
  readonly day: string;
  readonly guard: string;
  readonly reason: string;
  readonly calls: number;
  readonly lastAt: Date;
}

export async function countCheckRefusals(
  tx: Tx,
  clientId: string,
  refusals: readonly CheckRefusals[],
): Promise<void> {
  if (refusals.length === 0) return;
  await tx
    .insertInto('activity_check_refusals')
    .values(
      refusals.map(({ day, guard, reason, calls, lastAt }) => ({
        client_id: clientId,
        day,
        guard,
        reason,
        calls,
        last_at: lastAt,
      })),
    )
    .onConflict((there) =>
      there.columns(['client_id', 'day', 'guard', 'reason']).doUpdateSet({
        calls: sql`activity_check_refusals.calls + excluded.calls`,
        last_at: sql`greatest(activity_check_refusals.last_at, excluded.last_at)`,
      }),
    )
    .execute();
}

/** Calls that a guard refused since a day, by reason. */
export async function checkRefusals(
  tx: Tx,
  clientId: string,
  guard: string,
  since: string,
): Promise<{ readonly reason: string; readonly calls: number; readonly last: Date }[]> {
  const rows = await tx
    .selectFrom('activity_check_refusals')
    .select((eb) => ['reason', eb.fn.sum<string>('calls').as('calls'), eb.fn.max('last_at').as('last')])
    .where('client_id', '=', clientId)
    .where('guard', '=', guard)
    .where('day', '>=', since)
    .groupBy('reason')
    .orderBy('reason')
    .execute();
  return rows.map(({ reason, calls, last }) => ({ reason, calls: Number(calls), last: new Date(last) }));
}

/** Decisions assessed by a person, newest first; `rules` null: retention has removed the activity. */
export async function judgedChecks(
  tx: Tx,
  clientId: string,
  limit: number,
): Promise<{ readonly judged: string; readonly rules: Readonly<Record<string, unknown>> | null }[]> {
  const rows = await tx
    .selectFrom('activity_checks as c')
    .leftJoin('activities as a', (join) =>
      join.onRef('a.client_id', '=', 'c.client_id').onRef('a.at', '=', 'c.at').onRef('a.id', '=', 'c.id'),
    )
    .select([
      'c.judged',
      // A decision without rules (not inspected in time) must not look like one whose activity was removed.
      sql<Record<string, unknown> | null>`case when a.id is null then null
        else coalesce(a.rest -> 'detail' -> 'rules', '{}'::jsonb) end`.as('rules'),
    ])
    .where('c.client_id', '=', clientId)
    .where('c.judged', 'is not', null)
    .orderBy('c.at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ judged, rules }) => ({ judged: judged ?? '', rules }));
}
