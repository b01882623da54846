import { isComplete, type Span as LedgerSpan } from '#domain/activity/completeness.ts';
import { addDays } from '#domain/model/day.ts';
import type { Rows } from '#domain/model/kinds.ts';
import type { Tx } from '#store/open.ts';
import { type VendorAnswer, vendorAnswers } from '#store/usage/vendor.ts';

type ByDay<K extends 'analytics_users' | 'analytics_connectors'> = ReadonlyMap<string, readonly Rows[K][]>;

/** What the vendor counted, by its own days, which are those of UTC. A day that is not in here was not reported. */
export interface VendorDays {
  readonly users: ByDay<'analytics_users'>;
  readonly connectors: ByDay<'analytics_connectors'>;
  readonly summaries: ReadonlyMap<string, Rows['analytics_summaries']>;
  /** When the newest answer was stored; null: there is none. */
  readonly readAt: Date | null;
}

/**
 * @param days Every day that is asked for, in order.
 * @param ledger Of which time the vendor's figures were read whole.
 */
export async function vendorDays(
  tx: Tx,
  clientId: string,
  days: readonly string[],
  ledger: readonly LedgerSpan[],
): Promise<VendorDays> {
  const from = days[0] ?? '';
  // A day that was read whole and has no answer is one on which the vendor counted nothing.
  const quiet = days.filter((day) =>
    isComplete(ledger, { from: `${day}T00:00:00.000Z`, to: `${addDays(day, 1)}T00:00:00.000Z` }),
  );
  const users = await vendorAnswers(tx, clientId, 'analytics_users', from);
  const connectors = await vendorAnswers(tx, clientId, 'analytics_connectors', from);
  const summaries = await vendorAnswers(tx, clientId, 'analytics_summaries', from);
  const stored = [...users, ...connectors, ...summaries].map(({ storedAt }) => storedAt.getTime());
  return {
    users: byDay<'analytics_users'>(users, quiet),
    connectors: byDay<'analytics_connectors'>(connectors, quiet),
    // What was stored later says the same day again.
    summaries: new Map(summaries.flatMap(({ rows }) => rows.map((row) => [row.on, row] as const))),
    readAt: stored.length === 0 ? null : new Date(Math.max(...stored)),
  };
}

/**
 * The newest answer of each day. One that someone saved does not say of which days it is, so it is of none here; one
 * that Bylaw asked for is of the day that it asked for.
 */
function byDay<K extends 'analytics_users' | 'analytics_connectors'>(
  answers: readonly VendorAnswer<K>[],
  quiet: readonly string[],
): ByDay<K> {
  const days = new Map<string, readonly Rows[K][]>(quiet.map((day) => [day, []]));
  for (const { rows, provenance, observedOn } of answers) {
    const asked = provenance === 'api' ? observedOn : null;
    for (const [day, own] of Map.groupBy(rows, (row) => row.on ?? asked))
      if (day !== null) days.set(day, own);
  }
  return days;
}
