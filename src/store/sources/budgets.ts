import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';

/** Twice the longest window of a limit, an hour. */
const KEPT_MS = 2 * 3_600_000;

/** A rate limit: `requests` per `seconds`. */
export interface RequestLimit {
  readonly requests: number;
  readonly seconds: number;
}

/**
 * Takes requests from a parent's budget in the current window, shared by all clients, credentials and processes.
 * Returns false if it is used up. Requires a scope that sees all clients.
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

/** Marks the rest of the current window as used, because the vendor reported the limit as reached. */
export async function exhaustRequests(tx: Tx, parent: string, now: Date, limit: RequestLimit): Promise<void> {
  const begin = beginOf(now, limit);
  await writing(
    'activity_source_budgets',
  )`insert into "activity_source_budgets" as b (parent, minute, used) values (${parent}, ${begin}, ${limit.requests})
    on conflict (parent, minute) do update set used = greatest(b.used, excluded.used)`.execute(tx);
}

/** Start of the window that contains an instant. The column is named `minute` after its usual length. */
function beginOf(now: Date, { seconds }: RequestLimit): Date {
  return new Date(now.getTime() - (now.getTime() % (seconds * 1000)));
}
