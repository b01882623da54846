import { sql } from 'kysely';
import type { Tx } from '../open.ts';

const KEPT_MINUTES = 10;

/**
 * Takes requests off what a parent organization has in a minute, for all clients, keys and processes together.
 * false: it is used up. Needs a scope that sees all.
 */
export async function takeRequests(
  tx: Tx,
  parent: string,
  now: Date,
  limit: number,
  wanted: number,
): Promise<boolean> {
  const minute = new Date(now.getTime() - (now.getTime() % 60_000));
  const { rows } = await sql<{ used: number }>`
    insert into "activity_source_budgets" as b (parent, minute, used) values (${parent}, ${minute}, ${wanted})
    on conflict (parent, minute) do update set used = b.used + ${wanted} where b.used + ${wanted} <= ${limit} returning used`.execute(
    tx,
  );
  if (rows[0]?.used === wanted)
    await tx
      .deleteFrom('activity_source_budgets')
      .where('minute', '<', new Date(minute.getTime() - KEPT_MINUTES * 60_000))
      .execute();
  return rows.length > 0;
}

/** What is left of a minute counts as used: the vendor said that there is no more. */
export async function exhaustRequests(tx: Tx, parent: string, now: Date, limit: number): Promise<void> {
  const minute = new Date(now.getTime() - (now.getTime() % 60_000));
  await sql`insert into "activity_source_budgets" as b (parent, minute, used) values (${parent}, ${minute}, ${limit})
    on conflict (parent, minute) do update set used = greatest(b.used, excluded.used)`.execute(tx);
}
