import { CHECK_VERDICTS } from '#domain/dlp/decision.ts';
import { checkCounts, checkRefusals } from '#store/dlp/checks.ts';
import type { Tx } from '#store/open.ts';

/** Days covered by the guards' counters on pages. */
export const DAYS = 30;
const DAY_MS = 86_400_000;

/** Counts of a guard's decisions in the last days, and of rejected requests by reason. */
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
