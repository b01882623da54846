import type { Tx } from '../open.ts';

/** Records that a server is running, from its start until now. */
export async function recordRun(tx: Tx, id: string, from: Date, to: Date): Promise<void> {
  await tx
    .insertInto('server_runs')
    .values({ id, from_at: from, to_at: to })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ to_at: to }))
    .execute();
}

/** Recorded uptimes of servers. */
export async function serverRuns(tx: Tx): Promise<{ from: string; to: string }[]> {
  const rows = await tx.selectFrom('server_runs').select(['from_at', 'to_at']).orderBy('from_at').execute();
  return rows.map(({ from_at, to_at }) => ({ from: from_at.toISOString(), to: to_at.toISOString() }));
}

export async function forgetRuns(tx: Tx, before: Date): Promise<void> {
  await tx.deleteFrom('server_runs').where('to_at', '<', before).execute();
}
