import { type Expression, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export interface AuditFilter {
  /** First instant included, and first instant no longer included. */
  readonly from?: Date;
  readonly until?: Date;
  /** Id of a person, or name of an actor without one, such as Bylaw itself. */
  readonly actor?: string;
  /** `exceptions` matches `exceptions.request` and all its siblings; `exceptions.request` only itself. */
  readonly action?: string;
  readonly subjectKind?: string;
  readonly subjectId?: string;
  /** Substring of any value in the record (not of field names); case-insensitive. */
  readonly text?: string;
}

/** A stored record: the text that was hashed, and its link in the chain. */
export interface Link {
  readonly seq: number;
  readonly at: Date;
  readonly body: string;
  readonly prev: string;
  readonly hash: string;
}

/** A page of records, newest first; `before` is the seq of the last record on the previous page. */
export async function pageOf(
  tx: Tx,
  chain: string,
  filter: AuditFilter,
  { before, limit }: { before?: number; limit: number },
): Promise<Link[]> {
  const rows = await filtered(tx, chain, filter)
    .select(['seq', 'at', 'body', 'prev', 'hash'])
    .$if(before !== undefined, (query) => query.where('seq', '<', before ?? 0))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return rows.map(linkOf);
}

export async function totalOf(tx: Tx, chain: string, filter: AuditFilter): Promise<number> {
  const row = await filtered(tx, chain, filter)
    .select((eb) => eb.fn.countAll().as('n'))
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

export async function linkAt(tx: Tx, chain: string, seq: number): Promise<Link | null> {
  const row = await tx
    .selectFrom('audit_log')
    .select(['seq', 'at', 'body', 'prev', 'hash'])
    .where('client_id', '=', chain)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row === undefined ? null : linkOf(row);
}

/** Actors and actions that occur, with the number of records of each, ordered by name. */
export async function facetsOf(tx: Tx, chain: string) {
  const mine = tx.selectFrom('audit_log').where('client_id', '=', chain);
  const actors = await mine
    .select(['actor_kind', 'actor_id', (eb) => eb.fn.countAll().as('n')])
    // Use the newest name, since people may change theirs.
    .select(sql<string>`(array_agg(actor_name order by seq desc))[1]`.as('name'))
    .select(sql<string>`coalesce(actor_id, actor_name)`.as('key'))
    .groupBy(['actor_kind', 'actor_id', sql`coalesce(actor_id, actor_name)`])
    .orderBy('name')
    .execute();
  const actions = await mine
    .select(['action', (eb) => eb.fn.countAll().as('n')])
    .groupBy('action')
    .orderBy('action')
    .execute();
  const subjects = await mine
    .select(['subject_kind', (eb) => eb.fn.countAll().as('n')])
    .groupBy('subject_kind')
    .orderBy('subject_kind')
    .execute();
  return {
    actors: actors.map((row) => ({
      key: row.key,
      kind: row.actor_kind,
      name: row.name,
      records: Number(row.n),
    })),
    actions: actions.map((row) => ({ action: row.action, records: Number(row.n) })),
    subjects: subjects.map((row) => ({ kind: row.subject_kind, records: Number(row.n) })),
  };
}

/** First and last seq within a time span; null: none. */
export async function boundsOf(
  tx: Tx,
  chain: string,
  span: { from?: Date; until?: Date },
): Promise<{ first: number; last: number } | null> {
  const row = await filtered(tx, chain, span)
    .select((eb) => [eb.fn.min('seq').as('first'), eb.fn.max('seq').as('last')])
    .executeTakeFirstOrThrow();
  return row.first === null || row.last === null
    ? null
    : { first: Number(row.first), last: Number(row.last) };
}

/** Number of records from `first` to `last`, and the size of their texts in UTF-8 bytes. */
export async function sizeOf(
  tx: Tx,
  chain: string,
  first: number,
  last: number,
): Promise<{ records: number; bytes: number }> {
  const row = await tx
    .selectFrom('audit_log')
    .select((eb) => eb.fn.countAll().as('records'))
    .select(sql<string>`coalesce(sum(octet_length(body)), 0)`.as('bytes'))
    .where('client_id', '=', chain)
    .where('seq', '>=', first)
    .where('seq', '<=', last)
    .executeTakeFirstOrThrow();
  return { records: Number(row.records), bytes: Number(row.bytes) };
}

/** Records after `seq` up to `last`, oldest first, with every column, for verification and export. */
export async function linksAfter(
  tx: Tx,
  chain: string,
  { after, last, limit }: { after: number; last: number; limit: number },
) {
  const rows = await tx
    .selectFrom('audit_log')
    .selectAll()
    .where('client_id', '=', chain)
    .where('seq', '>', after)
    .where('seq', '<=', last)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** Last seq that exists, independent of the chain's head; 0: none. */
export async function lastSeq(tx: Tx, chain: string): Promise<number> {
  const row = await tx
    .selectFrom('audit_log')
    .select((eb) => eb.fn.max('seq').as('last'))
    .where('client_id', '=', chain)
    .executeTakeFirstOrThrow();
  return Number(row.last ?? 0);
}

function linkOf(row: Link): Link {
  return { ...row, seq: Number(row.seq) };
}

function filtered(
  tx: Tx,
  chain: string,
  filter: AuditFilter,
): SelectQueryBuilder<Database, 'audit_log', Record<never, never>> {
  const { from, until, actor, action, subjectKind, subjectId, text } = filter;
  return tx
    .selectFrom('audit_log')
    .where('client_id', '=', chain)
    .$if(from !== undefined, (query) => query.where('at', '>=', from ?? new Date(0)))
    .$if(until !== undefined, (query) => query.where('at', '<', until ?? new Date(0)))
    .$if(actor !== undefined, (query) => query.where(sql<SqlBool>`coalesce(actor_id, actor_name) = ${actor}`))
    .$if(action !== undefined, (query) => query.where(actionIs(action ?? '')))
    .$if(subjectKind !== undefined, (query) => query.where('subject_kind', '=', subjectKind ?? ''))
    .$if(subjectId !== undefined, (query) => query.where('subject_id', '=', subjectId ?? ''))
    .$if(text !== undefined, (query) => query.where(says(text ?? '')));
}

function actionIs(action: string): Expression<SqlBool> {
  return sql<SqlBool>`(action = ${action} or action like ${`${wild(action)}.%`})`;
}

/** Searches the values in the record's JSON text, after removing field names. */
function says(text: string): Expression<SqlBool> {
  const escaped = JSON.stringify(text).slice(1, -1);
  return sql<SqlBool>`regexp_replace(body, '"[A-Za-z_]+":', '', 'g') ilike ${`%${wild(escaped)}%`}`;
}

/** Escapes the wildcards of LIKE. */
function wild(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}
