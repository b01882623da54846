import { type GapCause, type Span, withSpan } from '#domain/activity/completeness.ts';
import type { Tx } from '../open.ts';

/** Ledger of one source of a client. */
export async function spansOf(tx: Tx, clientId: string, source: string): Promise<Span[]> {
  return (await allSpans(tx, clientId, source)).get(source) ?? [];
}

/** Ledgers of a client by source, or of one source. */
export async function allSpans(
  tx: Tx,
  clientId: string,
  source: string | null = null,
): Promise<ReadonlyMap<string, Span[]>> {
  const rows = await tx
    .selectFrom('activity_source_spans')
    .selectAll()
    .where('client_id', '=', clientId)
    .$if(source !== null, (query) => query.where('source', '=', source ?? ''))
    .orderBy('source')
    .orderBy('from_at')
    .execute();
  const ledgers = new Map<string, Span[]>();
  for (const row of rows) {
    const span = {
      from: row.from_at.toISOString(),
      to: row.to_at.toISOString(),
      gap: row.gap as GapCause | null,
      mendable: row.mendable,
    };
    ledgers.set(row.source, [...(ledgers.get(row.source) ?? []), span]);
  }
  return ledgers;
}

/** Adds time spans to a ledger. Concurrent writers of the same ledger wait for this transaction to end. */
export async function addSpans(
  tx: Tx,
  clientId: string,
  source: string,
  added: readonly Span[],
): Promise<void> {
  if (added.length === 0) return;
  const rows = await tx
    .selectFrom('activity_source_spans')
    .select('from_at')
    .where('client_id', '=', clientId)
    .where('source', '=', source)
    .forUpdate()
    .execute();
  const before = rows.length === 0 ? [] : await spansOf(tx, clientId, source);
  const after = added.reduce<Span[]>((list, span) => withSpan(list, span), before);
  const same = (a: Span, b: Span) =>
    a.from === b.from && a.to === b.to && a.gap === b.gap && a.mendable === b.mendable;
  const gone = before.filter((span) => !after.some((one) => same(one, span)));
  const fresh = after.filter((span) => !before.some((one) => same(one, span)));
  if (gone.length > 0)
    await tx
      .deleteFrom('activity_source_spans')
      .where('client_id', '=', clientId)
      .where('source', '=', source)
      .where(
        'from_at',
        'in',
        gone.map(({ from }) => new Date(from)),
      )
      .execute();
  if (fresh.length > 0)
    await tx
      .insertInto('activity_source_spans')
      .values(
        fresh.map(({ from, to, gap, mendable }) => ({
          client_id: clientId,
          source,
          from_at: new Date(from),
          to_at: new Date(to),
          gap,
          mendable,
        })),
      )
      .execute();
}
