import type { Tx } from '../open.ts';

/** How many records of a chain come after a number, counted up to a limit, and since when the first of them is there. */
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
