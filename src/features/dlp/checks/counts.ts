import { CHECK_VERDICTS } from '#domain/dlp/decision.ts';
import { checkCounts, checkRefusals } from '#store/dlp/checks.ts';
import type { Tx } from '#store/open.ts';

/** Days that pages count what guards did. */
export const DAYS = 30;
const DAY_MS = 86_400_000;

/** What a guard of a client decided in the last days, and what it did not take, by reason. */
export async function countsOf(tx: Tx, clientId: string, guard: string, now: Date) {
  const since = new Date(now.getTime() - DAYS * DAY_MS);
  const counts = await checkCounts(tx, clientId, guard, since);
  const refused = await checkRefusals(tx, clientId, guard, since.toISOString().slice(0, 10));
  return {
    days: DAYS,
    checks: CHECK_VERDICTS.map((verdict) => {
      const found = counts.find((one) => one.verdict === verdict);
      return { verdict, checks: found?.checks ?? 0, last: found?.last.toISOString() ?? null };
    }),
    refused: refused.map(({ reason, calls, last }) => ({ reason, calls, last: last.toISOString() })),
  };
}
