import type { Tx } from '../open.ts';

/** Number of records of a chain after a number, counted up to a limit, and the time of the first of them. */
export async function auditBehind(
  tx: Tx,
  chain: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<{ readonly count: number; readonly oldest: Date | null }> {
  const waiting = await tx
    .selectFrom('audit_log')
    .select('at')
    .where('client_id', '=', chain)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return { count: waiting.length, oldest: waiting[0]?.at ?? null };
}
