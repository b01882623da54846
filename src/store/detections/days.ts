import { sql } from 'kysely';
import type { PersonDay } from '#domain/detections/baseline.ts';
import type { Tx } from '../open.ts';

/** Adds to the counts of person-days, and gives those days as they stand then. */
export async function addPersonDays(
  tx: Tx,
  clientId: string,
  days: readonly PersonDay[],
): Promise<PersonDay[]> {
  if (days.length === 0) return [];
  const column = <T>(of: (day: PersonDay) => T): T[] => days.map(of);
  const { rows } = await sql<PersonDay>`
    insert into "activity_person_days" as d (client_id, person, day, messages, calls, hours)
    select ${clientId}, n.* from unnest(${column((d) => d.person)}::text[], ${column((d) => d.day)}::text[],
      ${column((d) => d.messages)}::int[], ${column((d) => d.calls)}::int[], ${column((d) => d.hours)}::int[]) as n
    on conflict (client_id, person, day) do update set messages = d.messages + excluded.messages,
      calls = d.calls + excluded.calls, hours = d.hours | excluded.hours
    returning person, day, messages, calls, hours`.execute(tx);
  return rows;
}

/** The person-days of a client from one day through another. */
export async function personDays(tx: Tx, clientId: string, from: string, to: string): Promise<PersonDay[]> {
  return tx
    .selectFrom('activity_person_days')
    .select(['person', 'day', 'messages', 'calls', 'hours'])
    .where('client_id', '=', clientId)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .execute();
}

/** The newest day on which anybody did anything, leaving given days' own new rows aside; null: none. */
export async function newestDay(tx: Tx, clientId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('activity_person_days')
    .select('day')
    .where('client_id', '=', clientId)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.day ?? null;
}

/** How many people were active since a day. */
export async function activePeople(tx: Tx, clientId: string, since: string): Promise<number> {
  const row = await tx
    .selectFrom('activity_person_days')
    .select((eb) => eb.fn.count<string>('person').distinct().as('people'))
    .where('client_id', '=', clientId)
    .where('day', '>=', since)
    .executeTakeFirst();
  return Number(row?.people ?? 0);
}
