import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';

/** The longest time of a limit is an hour. */
const KEPT_MS = 2 * 3_600_000;

/** So many requests in so many seconds. */
export interface RequestLimit {
  readonly requests: number;
  readonly seconds: number;
}

/**
 * Takes requests off what a parent has in the time of a limit, for all clients, credentials and processes together.
 * false: it is used up. Needs a scope that sees all.
 */
export async function takeRequests(
  tx: Tx,
  parent: string,
  now: Date,
  limit: RequestLimit,
  wanted: number,
): Promise<boolean> {
  const begin = beginOf(now, limit);
  const { rows } = await writing('activity_source_budgets')<{ used: number }>`
    insert into "activity_source_budgets" as b (parent, minute, used) values (${parent}, ${begin}, ${wanted})
    on conflict (parent, minute) do update set used = b.used + ${wanted} where b.used + ${wanted} <= ${limit.requests} returning used`.execute(
    tx,
  );
  if (rows[0]?.used === wanted)
    await tx
      .deleteFrom('activity_source_budgets')
      .where('minute', '<', new Date(begin.getTime() - KEPT_MS))
      .execute();
  return rows.length > 0;
}

/** What is left of the time of a limit counts as used: the vendor said that there is no more. */
export async function exhaustRequests(tx: Tx, parent: string, now: Date, limit: RequestLimit): Promise<void> {
  const begin = beginOf(now, limit);
  await writing(
    'activity_source_budgets',
  )`insert into "activity_source_budgets" as b (parent, minute, used) values (${parent}, ${begin}, ${limit.requests})
    on conflict (parent, minute) do update set used = greatest(b.used, excluded.used)`.execute(tx);
}

/** When the time of a limit began that an instant lies in; the column is called `minute`, its usual length. */
function beginOf(now: Date, { seconds }: RequestLimit): Date {
  return new Date(now.getTime() - (now.getTime() % (seconds * 1000)));
}
