import { type CompiledQuery, type QueryResult, sql } from 'kysely';
import type { PersonDay } from '#domain/detections/baseline.ts';
import { onceByDay, type ReportedDay } from '#domain/detections/reported-days.ts';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';

/** Result of {@link daysAdded}. */
export interface AddedDays {
  /** Newest day with any activity before the addition; null: none. */
  readonly before: string | null;
  /** New totals of the days added to, for every source. */
  readonly changed: readonly PersonDay[];
}

/** Statements that add to the counts per person and day. Pass their results to {@link daysAdded}. */
export function addDaysStatements(tx: Tx, clientId: string, days: readonly ReportedDay[]): CompiledQuery[] {
  if (days.length === 0) return [];
  const newest = tx
    .selectFrom('activity_person_days')
    .select('day')
    .where('client_id', '=', clientId)
    .orderBy('day', 'desc')
    .limit(1)
    .compile();
  const column = <T>(of: (day: ReportedDay) => T): T[] => days.map(of);
  const add = writing('activity_person_days')`
    insert into "activity_person_days" as d (client_id, person, day, source, surface, messages, calls, hours, uploads, upload_bytes)
    select ${clientId}, n.* from unnest(${column((d) => d.person)}::text[], ${column((d) => d.day)}::text[],
      ${column((d) => d.source)}::text[], ${column((d) => d.surface)}::text[],
      ${column((d) => d.messages)}::int[], ${column((d) => d.calls)}::int[], ${column((d) => d.hours)}::int[],
      ${column((d) => d.uploads)}::int[], ${column((d) => d.uploadBytes)}::bigint[]) as n
    on conflict (client_id, person, day, source, surface) do update set messages = d.messages + excluded.messages,
      calls = d.calls + excluded.calls, hours = d.hours | excluded.hours,
      uploads = coalesce(d.uploads, 0) + excluded.uploads,
      upload_bytes = coalesce(d.upload_bytes, 0) + excluded.upload_bytes`.compile(tx);
  const read = sql<ReportedDay>`
    select d.person, d.day, source, surface, messages, calls, hours, uploads,
      upload_bytes::float8 as "uploadBytes" from "activity_person_days" d
      join (select distinct * from unnest(${column((d) => d.person)}::text[], ${column((d) => d.day)}::text[])
        as n(person, day)) n on n.person = d.person and n.day = d.day
    where client_id = ${clientId}`.compile(tx);
  return [newest, add, read];
}

export function daysAdded([newest, , read]: readonly QueryResult<unknown>[]): AddedDays {
  const [row] = (newest?.rows ?? []) as { readonly day: string }[];
  return { before: row?.day ?? null, changed: onceByDay((read?.rows ?? []) as ReportedDay[]) };
}

/** A client's person-days in a range of days (inclusive), of the given people or, if omitted, of everyone. */
export async function personDays(
  tx: Tx,
  clientId: string,
  from: string,
  to: string,
  people?: readonly string[],
): Promise<PersonDay[]> {
  const { rows } = await sql<ReportedDay>`
    select person, day, source, surface, messages, calls, hours, uploads,
      upload_bytes::float8 as "uploadBytes" from "activity_person_days"
    where client_id = ${clientId} and day >= ${from} and day <= ${to}
      ${people === undefined ? sql`` : sql`and person = any (${people}::text[])`}`.execute(tx);
  return onceByDay(rows);
}

/** First day with any counts for a client; null: none. */
export async function firstPersonDay(tx: Tx, clientId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('activity_person_days')
    .select('day')
    .where('client_id', '=', clientId)
    .orderBy('day')
    .limit(1)
    .executeTakeFirst();
  return row?.day ?? null;
}

/** Number of people active since a day. */
export async function activePeople(tx: Tx, clientId: string, since: string): Promise<number> {
  const row = await tx
    .selectFrom('activity_person_days')
    .select((eb) => eb.fn.count<string>('person').distinct().as('people'))
    .where('client_id', '=', clientId)
    .where('day', '>=', since)
    .executeTakeFirst();
  return Number(row?.people ?? 0);
}
